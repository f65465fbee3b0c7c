package logtail.core.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Labels;

/**
 * Numbers for the first so many different texts, from 1; 0 is {@code (other)} for all others. Not threadsafe.
 */
final class Names {
    static final int OTHER = 0;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final KeyHash hash;
    private final int max;
    private final int lengthMax;
    private final int mask;
    /** Number of a text, with the upper half of its hash in the upper half, so that others are told apart at once. */
    private final int[] slots;

    /** Each with a word of something behind it, so that texts are compared by words. */
    private byte[][] texts = new byte[16][];

    private int size = 1;

    /**
     * @param max texts that get a number
     * @param lengthMax longer texts get none
     */
    Names(KeyHash hash, int max, int lengthMax) {
        this.hash = hash;
        this.max = max;
        this.lengthMax = lengthMax;
        int capacity = Integer.highestOneBit(Math.max(16, max * 4));
        this.slots = new int[capacity];
        this.mask = capacity - 1;
        texts[OTHER] = new byte[Long.BYTES];
    }

    /** The number of [from, to), a new one while there are any left; the array has eight bytes behind it. */
    int idOf(byte[] bytes, int from, int to) {
        if (to - from > lengthMax) {
            return OTHER;
        }
        long h = hash.hash(bytes, from, to);
        int tag = (int) (h >>> 32) & ~TrafficLimits.NAMES_MAX;
        int slot = (int) h & mask;
        while (slots[slot] != 0) {
            int found = slots[slot] ^ tag;
            if ((found & ~TrafficLimits.NAMES_MAX) == 0 && isAt(found, bytes, from, to)) {
                return found;
            }
            slot = slot + 1 & mask;
        }
        if (size > max) {
            return OTHER;
        }
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size * 2);
        }
        texts[size] = Arrays.copyOfRange(bytes, from, to + Long.BYTES);
        slots[slot] = tag | size;
        return size++;
    }

    private boolean isAt(int id, byte[] bytes, int from, int to) {
        byte[] known = texts[id];
        int length = to - from;
        if (known.length != length + Long.BYTES) {
            return false;
        }
        int at = 0;
        for (; length - at >= Long.BYTES; at += Long.BYTES) {
            if ((long) LONG.get(known, at) != (long) LONG.get(bytes, from + at)) {
                return false;
            }
        }
        long difference = (long) LONG.get(known, at) ^ (long) LONG.get(bytes, from + at);
        return (difference & (1L << (length - at << 3)) - 1) == 0;
    }

    /** The texts by number, for {@link #labels}. They are never changed. */
    byte[][] copy() {
        return Arrays.copyOf(texts, size);
    }

    /** The labels of the texts of a copy (D11). */
    static List<String> labels(byte[][] texts) {
        String[] labels = new String[texts.length];
        labels[OTHER] = Labels.OTHER;
        for (int id = 1; id < texts.length; id++) {
            labels[id] = Labels.ofBytes(ColumnKind.TEXT, Arrays.copyOf(texts[id], texts[id].length - Long.BYTES));
        }
        return List.of(labels);
    }
}
