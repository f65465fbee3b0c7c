package logtail.core.traffic;

import java.util.Arrays;

/** A growing table of positive longs, each with a place in the order in which they came. Not threadsafe. */
final class LongCounts {
    private static final int AT_FIRST = 1024;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    static final int MISSING = -1;

    private final int max;
    private int[] slots = new int[AT_FIRST];
    private long[] keys = new long[AT_FIRST / 2];
    private int size;

    LongCounts(int max) {
        this.max = max;
    }

    /** The place of a key, a new one while there are any left, else {@link #MISSING}. */
    int placeOf(long key) {
        int slot = slot(key);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (size == max) {
            return MISSING;
        }
        if (size == keys.length) {
            grow();
            slot = slot(key);
        }
        keys[size] = key;
        slots[slot] = ++size;
        return size - 1;
    }

    private int slot(long key) {
        int mask = slots.length - 1;
        int slot = (int) (key * MIX >>> 32) & mask;
        while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        keys = Arrays.copyOf(keys, size * 2);
        slots = new int[keys.length * 2];
        for (int i = 0; i < size; i++) {
            slots[slot(keys[i])] = i + 1;
        }
    }

    int size() {
        return size;
    }

    long[] copy() {
        return Arrays.copyOf(keys, size);
    }
}
