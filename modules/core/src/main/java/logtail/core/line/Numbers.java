package logtail.core.line;

/** Numbers of a log line (D3): plain decimal digits only. */
final class Numbers {
    /** The field is {@code -} or empty. */
    static final long NONE = -1;

    /** The field is neither a number nor {@code -} nor empty. */
    static final long BAD = -2;

    private static final int MICROS_DIGITS = 6;
    private static final long MICROS = 1_000_000;

    private Numbers() {}

    /** A whole number below 2^63. */
    static long whole(byte[] raw, int from, int to) {
        if (absent(raw, from, to)) {
            return NONE;
        }
        return digits(raw, from, to);
    }

    /** A status: 1 to 4 digits. */
    static long status(byte[] raw, int from, int to) {
        if (to - from == 3) {
            int a = raw[from] - '0';
            int b = raw[from + 1] - '0';
            int c = raw[from + 2] - '0';
            return (a | b | c | 9 - a | 9 - b | 9 - c) >= 0 ? a * 100 + b * 10 + c : BAD;
        }
        if (absent(raw, from, to)) {
            return NONE;
        }
        return to - from > 4 ? BAD : digits(raw, from, to);
    }

    /** An unsigned 32-bit number. */
    static long unsigned32(byte[] raw, int from, int to) {
        long value = whole(raw, from, to);
        return value > 0xffff_ffffL ? BAD : value;
    }

    /** Seconds with an optional fraction, as microseconds; what is finer is cut. */
    static long seconds(byte[] raw, int from, int to) {
        if (absent(raw, from, to)) {
            return NONE;
        }
        int point = from;
        while (point < to && raw[point] != '.') {
            point++;
        }
        long seconds = digits(raw, from, point);
        if (seconds < 0 || seconds > Long.MAX_VALUE / MICROS - 1) {
            return BAD;
        }
        if (point == to) {
            return seconds * MICROS;
        }
        if (point + 1 == to) {
            return BAD;
        }
        long micros = 0;
        for (int i = point + 1, place = 0; i < to; i++, place++) {
            int digit = raw[i] - '0';
            if (digit < 0 || digit > 9) {
                return BAD;
            }
            micros = place < MICROS_DIGITS ? micros * 10 + digit : micros;
        }
        for (int place = to - point - 1; place < MICROS_DIGITS; place++) {
            micros *= 10;
        }
        return seconds * MICROS + micros;
    }

    /**
     * Where the last entry of an upstream list begins: attempts are separated by {@code ,}, internal redirects by
     * {@code :}, and blanks around an entry do not count (D5).
     */
    static int lastEntry(byte[] raw, int from, int to) {
        int start = to;
        while (start > from && raw[start - 1] != ',' && raw[start - 1] != ':') {
            start--;
        }
        while (start < to && raw[start] == ' ') {
            start++;
        }
        return start;
    }

    /** End of the entry that begins at {@code from}, blanks left out. */
    static int entryEnd(byte[] raw, int from, int to) {
        int end = to;
        while (end > from && raw[end - 1] == ' ') {
            end--;
        }
        return end;
    }

    private static boolean absent(byte[] raw, int from, int to) {
        return from == to || to - from == 1 && raw[from] == '-';
    }

    private static long digits(byte[] raw, int from, int to) {
        if (from == to) {
            return BAD;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = raw[i] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return BAD;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
