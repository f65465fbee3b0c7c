package logtail.core.store;

import logtail.core.schema.KeyHash;

/** Finds rows of a {@link RowSet} by their tuple, read under the fold masks given. Not threadsafe. */
final class RowIndex {
    private final RowSet rows;
    private final int[] masks;
    private final KeyHash hash;

    /** Row plus one; 0 is empty. */
    private final int[] slots;

    /**
     * @param masks per row, may be more than what the row itself has folded; may change for rows not yet added
     * @param capacity most rows that will be added
     */
    RowIndex(RowSet rows, int[] masks, KeyHash hash, int capacity) {
        this.rows = rows;
        this.masks = masks;
        this.hash = hash;
        this.slots = new int[Integer.highestOneBit(Math.max(capacity, 4)) * 4];
    }

    /** The row of the same tuple that was added before, else this one. */
    int findOrAdd(int row) {
        int at = (int) hashOf(row) & slots.length - 1;
        while (slots[at] != 0) {
            if (same(slots[at] - 1, row)) {
                return slots[at] - 1;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = row + 1;
        return row;
    }

    private long hashOf(int row) {
        int mask = masks[row];
        long h = hash.mix(0, mask);
        for (int d = 0; d < rows.dimensions(); d++) {
            if ((mask >>> d & 1) == 0) {
                h = hash.mix(h, rows.value(d, row));
            }
        }
        return h;
    }

    private boolean same(int a, int b) {
        if (masks[a] != masks[b]) {
            return false;
        }
        for (int d = 0; d < rows.dimensions(); d++) {
            if ((masks[a] >>> d & 1) == 0 && rows.value(d, a) != rows.value(d, b)) {
                return false;
            }
        }
        return true;
    }
}
