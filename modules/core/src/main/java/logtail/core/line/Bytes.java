package logtail.core.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches in arrays that have {@link Batch#SLACK} bytes behind what is searched: eight bytes at a time. */
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;

    private Bytes() {}

    /** The first such byte in [from, to), or -1. */
    static int indexOf(byte[] bytes, int from, int to, int wanted) {
        long pattern = wanted * ONES;
        for (int at = from; at < to; at += 8) {
            long x = (long) LONG.get(bytes, at) ^ pattern;
            long found = x - ONES & ~x & HIGH;
            if (found != 0) {
                int index = at + (Long.numberOfTrailingZeros(found) >>> 3);
                return index < to ? index : -1;
            }
        }
        return -1;
    }

    /** The first place in [from, to) at which a text stands whole, or -1. */
    static int indexOf(byte[] bytes, int from, int to, byte[] text) {
        int last = to - text.length;
        for (int at = from; at <= last; at++) {
            at = indexOf(bytes, at, last + 1, text[0]);
            if (at < 0) {
                return -1;
            }
            if (matches(bytes, at, to, text) == text.length) {
                return at;
            }
        }
        return -1;
    }

    /** How many bytes of a text stand at a place before {@code to}. */
    static int matches(byte[] bytes, int at, int to, byte[] text) {
        int n = Math.min(text.length, to - at);
        for (int i = 0; i < n; i++) {
            if (bytes[at + i] != text[i]) {
                return i;
            }
        }
        return n;
    }

    /** The first double quote in [from, to) without an odd number of backslashes in front, or -1. */
    static int quote(byte[] bytes, int from, int to) {
        int at = from;
        while (true) {
            at = indexOf(bytes, at, to, '"');
            if (at < 0) {
                return -1;
            }
            int slashes = at;
            while (slashes > from && bytes[slashes - 1] == '\\') {
                slashes--;
            }
            if ((at - slashes & 1) == 0) {
                return at;
            }
            at++;
        }
    }

    /** Copies [from, to) in whole words: up to seven bytes behind the copy are overwritten. */
    static void copy(byte[] bytes, int from, int to, byte[] out, int at) {
        for (int i = 0; from + i < to; i += 8) {
            LONG.set(out, at + i, (long) LONG.get(bytes, from + i));
        }
    }

    /** Whether one of the eight bytes from {@code at} on is neither ASCII nor anything but NUL. */
    static boolean isOdd(byte[] bytes, int at) {
        long word = (long) LONG.get(bytes, at);
        return ((word | word - ONES & ~word) & HIGH) != 0;
    }
}
