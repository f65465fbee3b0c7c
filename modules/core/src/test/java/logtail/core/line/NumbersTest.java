package logtail.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each field makes of a value is in {@code numbers.vectors}; here the arithmetic against Java's. */
class NumbersTest {
    private static final String ALPHABET = "0123456789999000.-+eENa \u0660";
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private interface Reader {
        long read(byte[] raw, int from, int to);
    }

    private static long read(Reader reader, String text) {
        byte[] padded = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        return reader.read(padded, 1, padded.length - 1);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int digits = random.nextInt(3) == 0 ? ALPHABET.length() : 16 + random.nextInt(2);
        for (int length = random.nextInt(24); length > 0; length--) {
            text.append(ALPHABET.charAt(random.nextInt(digits)));
        }
        return text.toString();
    }

    private static long whole(String text, BigInteger max) {
        if (text.isEmpty() || text.equals("-")) {
            return Numbers.NONE;
        }
        if (!text.matches("[0-9]+")) {
            return Numbers.BAD;
        }
        BigInteger value = new BigInteger(text);
        return value.compareTo(max) > 0 ? Numbers.BAD : value.longValueExact();
    }

    private static long micros(String text) {
        if (text.isEmpty() || text.equals("-")) {
            return Numbers.NONE;
        }
        if (!text.matches("[0-9]+(\\.[0-9]+)?")) {
            return Numbers.BAD;
        }
        BigInteger value = new BigDecimal(text)
                .movePointRight(6)
                .setScale(0, RoundingMode.DOWN)
                .toBigIntegerExact();
        return value.compareTo(LONG_MAX) > 0 ? Numbers.BAD : value.longValueExact();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomTexts_readAsJavaReadsThem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String text = text(random);
            assertThat(read(Numbers::whole, text)).as(text).isEqualTo(whole(text, LONG_MAX));
            assertThat(read(Numbers::unsigned32, text))
                    .as(text)
                    .isEqualTo(whole(text, BigInteger.valueOf(0xffff_ffffL)));
            long status = text.length() > 4 ? Numbers.BAD : whole(text, LONG_MAX);
            assertThat(read(Numbers::status, text)).as(text).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomTimes_readAsJavaReadsThem(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            String text = text(random);
            long expected = micros(text);
            long actual = read(Numbers::seconds, text);
            // The last second before the limit is refused as a whole.
            if (expected < Long.MAX_VALUE - 2_000_000) {
                assertThat(actual).as(text).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'0.1, 0.2', 0.2",
        "'0.1 : 0.2', 0.2",
        "'0.1, 0.2 : 0.3', 0.3",
        "0.1, 0.1",
        "'', ''",
        "'0.1,', ''",
        "'0.1 : - ', -",
        "' 0.1 ', 0.1",
        "'   ', ''"
    })
    void lastEntry_isWhatStandsBehindTheLastSeparator(String list, String entry) {
        byte[] raw = list.getBytes(StandardCharsets.US_ASCII);
        int from = Numbers.lastEntry(raw, 0, raw.length);
        int to = Numbers.entryEnd(raw, from, raw.length);

        assertThat(new String(raw, from, to - from, StandardCharsets.US_ASCII)).isEqualTo(entry);
    }
}
