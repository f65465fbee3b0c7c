package logtail.frontend.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and times for people; the same in every locale and time zone. */
final class Numbers {
    /** Between groups of three digits, and before units: never breaks a line. */
    static final char SPACE = '\u00a0';

    private static final List<String> BYTE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Numbers() {}

    /** {@code 1 234 567}. */
    static String count(long count) {
        String digits = Long.toString(count);
        StringBuilder grouped = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > (count < 0 ? 1 : 0); i -= 3) {
            grouped.insert(i, SPACE);
        }
        return grouped.toString();
    }

    /** {@code 1 536}, {@code 25.6}, {@code 0.07}: three digits that count, and no more. */
    static String rate(double perSecond) {
        if (perSecond == 0 || perSecond >= 99.95) {
            return count(Math.round(perSecond));
        }
        return perSecond < 0.005 ? "<0.01" : decimal(perSecond, perSecond < 9.995 ? 2 : 1);
    }

    /** {@code 62 %}, {@code 6.2 %}, {@code 0.06 %}. */
    static String percent(double part, double whole) {
        double percent = whole <= 0 ? 0 : 100 * part / whole;
        String number;
        if (percent == 0 || percent >= 9.95) {
            number = Long.toString(Math.round(percent));
        } else {
            number = percent < 0.005 ? "<0.01" : decimal(percent, percent < 0.995 ? 2 : 1);
        }
        return number + SPACE + "%";
    }

    /** The same as a width: {@code 0} to {@code 100}. */
    static String width(double part, double whole) {
        return whole <= 0 ? "0" : decimal(Math.min(100.0, 100.0 * part / whole), 1);
    }

    /** {@code 512 B}, {@code 1.5 KiB}, {@code 32 MiB}. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1_024 && unit < BYTE_UNITS.size() - 1) {
            value /= 1_024;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : rate(value)) + SPACE + BYTE_UNITS.get(unit);
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** {@code 45 s}, {@code 5 min}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    static String duration(long seconds) {
        if (seconds < 120) {
            return seconds + "" + SPACE + "s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 172_800
                ? two(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        String text = big + "" + SPACE + bigUnit;
        return small == 0 ? text : text + SPACE + small + SPACE + smallUnit;
    }

    /** Time of day, UTC. */
    static String time(long unixSeconds) {
        return TIME.format(Instant.ofEpochSecond(unixSeconds));
    }

    /** Day and minute, UTC. */
    static String dayAndTime(long unixSeconds) {
        return DAY_AND_TIME.format(Instant.ofEpochSecond(unixSeconds));
    }
}
