package logtail.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static byte[] copied(byte[] in) {
        byte[] out = new byte[in.length * Utf8.GROWTH_MAX + 1];
        int length = Utf8.copy(in, 0, in.length, out, 1);
        return Arrays.copyOfRange(out, 1, 1 + length);
    }

    private static byte[] java(byte[] in) {
        return new String(in, StandardCharsets.UTF_8).replace('\0', '\ufffd').getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomBytes_areReplacedAsJavasDecoderDoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            byte[] in = new byte[random.nextInt(12)];
            random.nextBytes(in);
            if (random.nextBoolean()) {
                for (int k = 0; k < in.length; k++) {
                    in[k] |= (byte) 0x80;
                }
            }
            byte[] expected = java(in);
            if (!Arrays.equals(copied(in), expected)) {
                assertThat(copied(in)).as("%s", Arrays.toString(in)).isEqualTo(expected);
            }
        }
    }

    /** Every pair and the awkward thirds and fourths: all edges of the table of well-formed sequences. */
    @Test
    void everyBeginningOfASequence_isReplacedAsJavasDecoderDoes() {
        int[] edges = {0, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xe0, 0xed, 0xf0, 0xf4, 0xff};
        for (int a = 0; a < 256; a++) {
            for (int b : edges) {
                for (int c : edges) {
                    for (int d : edges) {
                        byte[] in = {(byte) a, (byte) b, (byte) c, (byte) d};
                        if (!Arrays.equals(copied(in), java(in))) {
                            assertThat(copied(in)).as("%x %x %x %x", a, b, c, d).isEqualTo(java(in));
                        }
                    }
                }
            }
        }
    }

    @Test
    void validText_isUntouched() {
        byte[] text = "aä日😀\u007f\u0001".getBytes(StandardCharsets.UTF_8);

        assertThat(copied(text)).isEqualTo(text);
    }

    @Test
    void cut_neverSplitsACharacter() {
        byte[] text = "xaä日😀".getBytes(StandardCharsets.UTF_8);
        for (int max = 0; max < text.length + 2; max++) {
            int length = Utf8.cut(text, 1, text.length - 1, max);
            String kept = new String(text, 1, length, StandardCharsets.UTF_8);

            assertThat(length).isLessThanOrEqualTo(max);
            assertThat("aä日😀").startsWith(kept);
            assertThat(max - length).isLessThan(4);
        }
        assertThat(Utf8.cut(text, 1, text.length - 1, 100)).isEqualTo(text.length - 1);
    }
}
