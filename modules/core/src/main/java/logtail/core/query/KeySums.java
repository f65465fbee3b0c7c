package logtail.core.query;

/** A sum for each key; a key is one long or a few, the first of which is never 0. */
/*
 * Open addressing over slots of key and sum side by side, so that adding to a sum touches one place in memory. The
 * codes in a key are numbered by this process, and so nobody outside chooses which keys meet.
 */
final class KeySums {
    private static final int SLOT_BITS_AT_FIRST = 15;

    /** Up to this size a table is kept nearly empty, since a first probe that misses costs more than the memory. */
    private static final int ROOMY_SLOT_BITS = 20;

    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private final int words;
    private final int stride;
    private final int[] places = new int[Block.ROWS_MAX];
    private long[] table;
    private int slotBits = SLOT_BITS_AT_FIRST;
    private int used;
    private long lastSeen;

    KeySums(int words) {
        this.words = words;
        this.stride = words + 1;
        this.table = new long[stride << slotBits];
    }

    /**
     * Adds to the sums of many keys.
     *
     * @param keys the first words of all keys, the second words of all keys, and so on
     * @param picked which of the keys, in the first {@code size} entries
     * @param amounts what to add, by key
     */
    void add(long[][] keys, int[] picked, int size, long[] amounts) {
        while (used + size > usedMax()) {
            grow();
        }
        find(keys, picked, size);
        long[] slots = table;
        long[] first = keys[0];
        int end = slots.length;
        for (int i = 0; i < size; i++) {
            int row = picked[i];
            int at = places[i];
            while (slots[at] != first[row] || !sameRest(slots, at, keys, row)) {
                if (slots[at] == 0) {
                    place(at, keys, row);
                    break;
                }
                at += stride;
                at = at == end ? 0 : at;
            }
            slots[at + words] += amounts[row];
        }
    }

    private int usedMax() {
        int slots = slots();
        return slotBits < ROOMY_SLOT_BITS ? slots / 4 : slots / 4 * 3;
    }

    /** Where the search for each key begins. Looking there at once for all lets memory answer many at a time. */
    private void find(long[][] keys, int[] picked, int size) {
        long seen = 0;
        for (int i = 0; i < size; i++) {
            int row = picked[i];
            long hash = keys[0][row] * ODD;
            for (int w = 1; w < words; w++) {
                hash = (hash ^ hash >>> 32 ^ keys[w][row]) * ODD;
            }
            places[i] = home(hash);
            seen ^= table[places[i]];
        }
        lastSeen = seen;
    }

    private int home(long hash) {
        return (int) (hash >>> Long.SIZE - slotBits) * stride;
    }

    private boolean sameRest(long[] slots, int at, long[][] keys, int row) {
        for (int w = 1; w < words; w++) {
            if (slots[at + w] != keys[w][row]) {
                return false;
            }
        }
        return true;
    }

    private void place(int at, long[][] keys, int row) {
        for (int w = 0; w < words; w++) {
            table[at + w] = keys[w][row];
        }
        used++;
    }

    private void grow() {
        long[] old = table;
        slotBits++;
        table = new long[Math.multiplyExact(stride, slots())];
        long[] key = new long[words];
        for (int from = 0; from < old.length; from += stride) {
            if (old[from] != 0) {
                System.arraycopy(old, from, key, 0, words);
                System.arraycopy(old, from, table, find(key), stride);
            }
        }
    }

    /** Where the key is, or the empty place where it belongs. */
    private int find(long[] key) {
        long hash = key[0] * ODD;
        for (int w = 1; w < words; w++) {
            hash = (hash ^ hash >>> 32 ^ key[w]) * ODD;
        }
        int at = home(hash);
        while (table[at] != 0 && !same(at, key)) {
            at += stride;
            at = at == table.length ? 0 : at;
        }
        return at;
    }

    private boolean same(int at, long[] key) {
        for (int w = 0; w < words; w++) {
            if (table[at + w] != key[w]) {
                return false;
            }
        }
        return true;
    }

    /** The sum of a key; 0 when it was never added to. */
    long sumOf(long[] key) {
        return table[find(key) + words];
    }

    /** The slot of a key; negative when it was never added to. */
    int slotOf(long[] key) {
        int at = find(key);
        return table[at] == 0 ? -1 : at / stride;
    }

    int slots() {
        return 1 << slotBits;
    }

    /** The sum in a slot; 0 when it is empty. */
    long sum(int slot) {
        return table[slot * stride + words];
    }

    long keyWord(int slot, int word) {
        return table[slot * stride + word];
    }

    void key(int slot, long[] out) {
        System.arraycopy(table, slot * stride, out, 0, words);
    }
}
