package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import logtail.core.schema.Prefix;
import org.junit.jupiter.api.Test;

class LabelHeadTest {
    @Test
    void headsThatDiffer_areInTheOrderOfTheLabels() {
        List<byte[]> prefixes = new ArrayList<>();
        Random random = new Random(5);
        for (int i = 0; i < 600; i++) {
            byte[] address = new byte[i % 3 == 0 ? 16 : 4];
            random.nextBytes(address);
            address[random.nextInt(3)] = (byte) random.nextInt(12);
            byte[] prefix = new byte[Prefix.BYTES_MAX];
            int bits = random.nextInt(address.length * 8 + 1);
            prefixes.add(Arrays.copyOf(prefix, Prefix.write(address, 0, address.length, bits, prefix, 0)));
        }
        prefixes.add(Objects.requireNonNull(Prefix.parse("1.2.3.0/24")));
        prefixes.add(Objects.requireNonNull(Prefix.parse("1.2.3.0/25")));
        prefixes.add(Objects.requireNonNull(Prefix.parse("1.2.30.0/24")));
        LabelHead heads = new LabelHead();
        int equal = 0;
        for (byte[] a : prefixes) {
            for (byte[] b : prefixes) {
                int byHead = Long.compareUnsigned(heads.ofPrefix(a), heads.ofPrefix(b));
                int byLabel = Prefix.text(a).compareTo(Prefix.text(b));
                equal += byHead == 0 ? 1 : 0;
                assertThat(byHead == 0 || Integer.signum(byHead) == Integer.signum(byLabel))
                        .as("%s and %s", Prefix.text(a), Prefix.text(b))
                        .isTrue();
            }
        }
        assertThat(equal).as("they tell most apart").isLessThan(prefixes.size() * 6);
    }

    @Test
    void headOfAShortText_isBeforeThoseThatBeginWithIt() {
        assertThat(Long.compareUnsigned(head("ab"), head("ab!"))).isNegative();
        assertThat(Long.compareUnsigned(head(""), head("a"))).isNegative();
        assertThat(Long.compareUnsigned(head("zzzzzzzz"), head("\u00fc"))).isNegative();
        assertThat(head("12345678")).isEqualTo(head("123456789")).isEqualTo(0x3132333435363738L);
    }

    private static long head(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return LabelHead.of(bytes, bytes.length);
    }
}
