package logtail.runtime.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as text: one whole number and one unit. */
public final class Units {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,40})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,40})(B|KiB|MiB|GiB|)");
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Units() {}

    /** Milliseconds of {@code 500ms}, {@code 5s}, {@code 1m}, {@code 1h}; empty for anything else. */
    public static Optional<BigInteger> millis(String text) {
        return product(DURATION.matcher(text), MILLIS);
    }

    /** Bytes of {@code 4096}, {@code 4096B}, {@code 64KiB}, {@code 32MiB}, {@code 1GiB}; empty for anything else. */
    static Optional<BigInteger> bytes(String text) {
        return product(SIZE.matcher(text), BYTES);
    }

    private static Optional<BigInteger> product(Matcher matcher, Map<String, Long> units) {
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = units.getOrDefault(matcher.group(2), 1L);
        return Optional.of(new BigInteger(matcher.group(1)).multiply(BigInteger.valueOf(unit)));
    }

    /** In the biggest unit that leaves a whole number. */
    static String durationText(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : new String[] {"h", "m", "s"}) {
            long length = MILLIS.getOrDefault(unit, 1L);
            if (millis != 0 && millis % length == 0) {
                return millis / length + unit;
            }
        }
        return millis == 0 ? "0" : millis + "ms";
    }

    /** In the biggest unit that leaves a whole number. */
    static String sizeText(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            long length = BYTES.getOrDefault(unit, 1L);
            if (bytes != 0 && bytes % length == 0) {
                return bytes / length + unit;
            }
        }
        return bytes + "B";
    }
}
