package logtail.core.traffic;

import java.util.Arrays;
import java.util.List;
import logtail.core.schema.KeyHash;

/**
 * Numbers for the first so many different texts; 0 is {@code (other)} for all others. Not threadsafe.
 */
final class Names {
    static final int OTHER = 0;

    private final KeyHash hash;
    private final int max;
    private final int mask;
    private final int[] slots;
    private byte[][] texts = new byte[16][];
    private int size = 1;

    /**
     * @param max texts that get a number
     */
    Names(KeyHash hash, int max) {
        this.hash = hash;
        this.max = max;
        int capacity = Integer.highestOneBit(Math.max(4, max) * 4 - 1);
        this.slots = new int[capacity];
        this.mask = capacity - 1;
        texts[OTHER] = new byte[0];
    }

    /** The number of [from, to), a new one while there are any left; the array has eight bytes behind it. */
    int idOf(byte[] bytes, int from, int to) {
        int slot = (int) hash.hash(bytes, from, to) & mask;
        while (slots[slot] != 0) {
            byte[] known = texts[slots[slot]];
            if (Arrays.equals(known, 0, known.length, bytes, from, to)) {
                return slots[slot];
            }
            slot = slot + 1 & mask;
        }
        if (size > max) {
            return OTHER;
        }
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size * 2);
        }
        texts[size] = Arrays.copyOfRange(bytes, from, to);
        slots[slot] = size;
        return size++;
    }

    /** The texts by number; that of {@link #OTHER} is empty and stands for none. */
    List<byte[]> copy() {
        return List.of(Arrays.copyOf(texts, size));
    }
}
