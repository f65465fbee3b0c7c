package logtail.core.traffic;

import java.util.Arrays;
import logtail.core.schema.KeyHash;

/** A growing table from long keys, none of them negative, to long values. Not threadsafe, but for a copy that is only read. */
/*
 * Open addressing with linear probing, key and value side by side so that a look-up touches one cache line. Keys are
 * stored plus one: 0 is an empty cell. At most three quarters of the cells are in use.
 */
final class LongTable {
    private static final int AT_FIRST = 1024;

    private final KeyHash hash;
    private final int max;
    private long[] cells;
    private int size;

    /**
     * @param max keys that find a place
     */
    LongTable(KeyHash hash, int max) {
        this.hash = hash;
        this.max = max;
        this.cells = new long[2 * AT_FIRST];
    }

    private LongTable(LongTable of) {
        this.hash = of.hash;
        this.max = of.max;
        this.size = of.size;
        this.cells = of.cells.clone();
    }

    /**
     * Adds to the value of a key, that of a new one being 0.
     *
     * @return false for a new key when no place is left
     */
    boolean add(long key, long more) {
        int cell = cell(key);
        if (cells[cell] == 0) {
            if (size == max) {
                return false;
            }
            if (size >= cells.length / 8 * 3) {
                grow();
                cell = cell(key);
            }
            cells[cell] = key + 1;
            size++;
        }
        cells[cell + 1] += more;
        return true;
    }

    /** Value of a key; 0 for one that has none. */
    long get(long key) {
        return cells[cell(key) + 1];
    }

    int size() {
        return size;
    }

    /** The keys in ascending order. */
    long[] sortedKeys() {
        long[] keys = new long[size];
        int n = 0;
        for (int cell = 0; cell < cells.length; cell += 2) {
            if (cells[cell] != 0) {
                keys[n++] = cells[cell] - 1;
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    LongTable copy() {
        return new LongTable(this);
    }

    private int cell(long key) {
        int mask = cells.length - 2;
        // Keyed, so that nobody outside can choose labels that crowd into one place (D13).
        int cell = (int) hash.mix(key, 0) << 1 & mask;
        while (cells[cell] != 0 && cells[cell] != key + 1) {
            cell = cell + 2 & mask;
        }
        return cell;
    }

    private void grow() {
        long[] old = cells;
        cells = new long[old.length * 2];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int cell = cell(old[i] - 1);
                cells[cell] = old[i];
                cells[cell + 1] = old[i + 1];
            }
        }
    }
}
