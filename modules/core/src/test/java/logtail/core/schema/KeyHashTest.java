package logtail.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashTest {
    private final KeyHash hash = new KeyHash(0x1234_5678_9abc_def0L, 42);

    private long of(KeyHash h, byte[] bytes) {
        return h.hash(Arrays.copyOf(bytes, bytes.length + 8), 0, bytes.length);
    }

    @Test
    void shouldNotDependOnWhereTheBytesStandNorOnWhatFollows() {
        Random random = new Random(1);
        for (int length = 0; length < 200; length++) {
            byte[] text = new byte[length];
            random.nextBytes(text);
            byte[] elsewhere = new byte[length + 100];
            random.nextBytes(elsewhere);
            int at = random.nextInt(50);
            System.arraycopy(text, 0, elsewhere, at, length);

            assertThat(hash.hash(elsewhere, at, at + length))
                    .as("length %d", length)
                    .isEqualTo(of(hash, text));
        }
    }

    @Test
    void eightSpareBytes_areEnough() {
        for (int length = 0; length < 64; length++) {
            assertThat(of(hash, new byte[length])).isEqualTo(of(hash, new byte[length]));
        }
    }

    @Test
    void obviousFamilies_doNotCollide() {
        Set<Long> seen = new HashSet<>();
        int inputs = 0;
        for (int length = 0; length < 300; length++) {
            seen.add(of(hash, new byte[length]));
            inputs++;
            for (int bit = 0; bit < length * 8; bit += 3) {
                byte[] one = new byte[length];
                one[bit / 8] = (byte) (1 << bit % 8);
                seen.add(of(hash, one));
                inputs++;
            }
        }
        for (int i = 0; i < 200_000; i++) {
            seen.add(of(hash, ("/search?page=" + i).getBytes(StandardCharsets.US_ASCII)));
            inputs++;
        }
        assertThat(seen).hasSize(inputs);
    }

    /** The lower bits choose the slot, the upper ones tell keys apart within it: both must be spread. */
    @ParameterizedTest
    @ValueSource(ints = {0, 16, 32, 48})
    void everyPartOfTheHash_isSpread(int shift) {
        int[] hits = new int[1 << 10];
        for (int i = 0; i < hits.length * 100; i++) {
            long h = of(hash, ("/item/" + i).getBytes(StandardCharsets.US_ASCII));
            hits[(int) (h >>> shift) & hits.length - 1]++;
        }
        // 100 expected each; the deviation of a fair one is 10.
        assertThat(Arrays.stream(hits).min().orElse(0)).isGreaterThan(50);
        assertThat(Arrays.stream(hits).max().orElse(0)).isLessThan(150);
    }

    @Test
    void everySecret_isAnotherHash() {
        Set<Long> hashes = new HashSet<>();
        byte[] text = "www.example.org".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 1_000; i++) {
            hashes.add(of(new KeyHash(i, 0), text));
            hashes.add(of(new KeyHash(0, i + 1), text));
        }
        assertThat(hashes).hasSize(2_000);
    }

    @Test
    void keysThatCollideUnderOneSecret_doNotUnderAnother() {
        int slots = 1 << 10;
        KeyHash other = new KeyHash(99, 42);
        Set<Long> underOther = new HashSet<>();
        int colliding = 0;
        for (int i = 0; colliding < 100; i++) {
            byte[] text = ("/attack/" + i).getBytes(StandardCharsets.US_ASCII);
            if ((of(hash, text) & slots - 1) == 0) {
                colliding++;
                underOther.add(of(other, text) & slots - 1);
            }
        }
        assertThat(underOther).hasSizeGreaterThan(80);
    }

    @Test
    void sequencesOfNumbers_areToldApartByOrderAndLength() {
        Set<Long> seen = new HashSet<>();
        int inputs = 0;
        for (int a = 0; a < 60; a++) {
            seen.add(hash.mix(0, a));
            inputs++;
            for (int b = 0; b < 60; b++) {
                seen.add(hash.mix(hash.mix(0, a), b));
                inputs++;
                for (int c = 0; c < 20; c++) {
                    seen.add(hash.mix(hash.mix(hash.mix(0, a), b), c));
                    inputs++;
                }
            }
        }
        assertThat(seen).hasSize(inputs);
    }
}
