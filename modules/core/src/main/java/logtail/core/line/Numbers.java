package logtail.core.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of a log line (D3): plain decimal digits only. */
/*
 * Up to eight digits are read as one word: the bytes in front of the field are overwritten with zeros, all eight are
 * checked at once, and three multiplications add them up. A field begins at least eight bytes into its array in any
 * line that has a version, a host and an address before it; where it does not, digit by digit will do.
 */
final class Numbers {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030303030303030L;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;
    private static final long COMMAS = ',' * ONES;
    private static final long COLONS = ':' * ONES;
    private static final long BLANKS = ' ' * ONES;

    /** Digits that cannot overflow. */
    private static final int SAFE_DIGITS = 18;

    /** What nginx writes: seconds with three decimals. */
    private static final int MILLIS_DIGITS = 3;

    private static final int MICROS_PER_MILLI = 1000;

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
        int length = to - from;
        if (length >= 5 && length <= 8 && from >= 8 && raw[to - MILLIS_DIGITS - 1] == '.') {
            long word = (long) LONG.get(raw, to - 8);
            long fraction = word & -1L << 40;
            long whole = (word & (1L << 32) - 1) << 8;
            long millis = word(fraction | whole, length - 1);
            return millis < 0 ? BAD : millis * MICROS_PER_MILLI;
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
        if (isOneEntry(raw, from, to)) {
            return from;
        }
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

    /** Whether a short field holds nothing that separates entries; false for longer ones. */
    private static boolean isOneEntry(byte[] raw, int from, int to) {
        int length = to - from;
        if (length == 0 || length > 8 || to < 8) {
            return false;
        }
        long others = (1L << (8 - length << 3)) - 1;
        long word = (long) LONG.get(raw, to - 8) | others;
        return (zeros(word ^ COMMAS) | zeros(word ^ COLONS) | zeros(word ^ BLANKS)) == 0;
    }

    /** Not zero when one of the bytes is. */
    private static long zeros(long word) {
        return word - ONES & ~word & HIGH;
    }

    private static boolean absent(byte[] raw, int from, int to) {
        return from == to || to - from == 1 && raw[from] == '-';
    }

    private static long digits(byte[] raw, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return BAD;
        }
        if (length <= 8 && to >= 8) {
            return word((long) LONG.get(raw, to - 8), length);
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = raw[i] - '0';
            boolean overflows = i - from >= SAFE_DIGITS && value > (Long.MAX_VALUE - digit) / 10;
            if (digit < 0 || digit > 9 || overflows) {
                return BAD;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The number whose last digit is the last byte of a word, 1 to 8 digits; {@link #BAD} when they are none. */
    private static long word(long bytes, int digits) {
        long field = -1L << (8 - digits << 3);
        long text = bytes & field | ZEROS & ~field;
        long above = text + 0x0606060606060606L & 0xf0f0f0f0f0f0f0f0L;
        if (((text & 0xf0f0f0f0f0f0f0f0L) ^ ZEROS | above ^ ZEROS) != 0) {
            return BAD;
        }
        long pairs = text - ZEROS;
        pairs = pairs * 10 + (pairs >>> 8);
        long low = (pairs & 0x000000ff000000ffL) * 0x000f424000000064L;
        long high = (pairs >>> 16 & 0x000000ff000000ffL) * 0x0000271000000001L;
        return low + high >>> 32;
    }
}
