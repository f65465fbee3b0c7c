package logtail.core.store;

/**
 * Sorts items by keys that are looked up in pieces of eight bytes: items equal so far are sorted by the next piece,
 * and only for them is it looked up. No two items are equal. Not threadsafe.
 */
/*
 * A three-way quicksort by piece ("multikey quicksort", Bentley and Sedgewick). A key is a sequence of fields, a field
 * a sequence of pieces. What many items share is read once per item and piece, and not once per comparison.
 */
abstract class PieceSort {
    /** Fewer items than this are sorted by comparing whole keys. */
    private static final int FEW = 8;

    private final int fields;
    private int[] order = {};
    private long[] pieces = {};
    private int random = 1;

    PieceSort(int fields) {
        this.fields = fields;
    }

    /** The piece at an offset of a field, as a signed number that sorts likewise; offsets are multiples of eight. */
    abstract long piece(int item, int field, int offset);

    /** Whether items that share this piece of a field share all of that field that follows. */
    abstract boolean ends(int field, long piece);

    /** Sorts items in place. */
    final void sort(int[] items) {
        order = items;
        pieces = new long[items.length];
        load(0, items.length, 0, 0);
        sort(0, items.length, 0, 0);
    }

    /** Negative when {@code a} stands before {@code b}. */
    final int compare(int a, int b) {
        return compare(a, b, 0, 0);
    }

    private void load(int from, int to, int field, int offset) {
        for (int i = from; i < to; i++) {
            pieces[i] = piece(order[i], field, offset);
        }
    }

    /** Sorts [from, to), whose pieces at that place are loaded. */
    private void sort(int from, int to, int field, int offset) {
        int low = from;
        int high = to;
        int f = field;
        int o = offset;
        while (high - low > FEW) {
            long pivot = pivot(low, high);
            int less = low;
            int greater = high;
            for (int i = low; i < greater; ) {
                if (pieces[i] < pivot) {
                    swap(i++, less++);
                } else if (pieces[i] > pivot) {
                    swap(i, --greater);
                } else {
                    i++;
                }
            }
            sort(low, less, f, o);
            sort(greater, high, f, o);
            // The equal ones go on with their next piece here, not deeper: keys may have thousands of pieces.
            low = less;
            high = greater;
            o = ends(f, pivot) ? 0 : o + Long.BYTES;
            f = o == 0 ? f + 1 : f;
            if (f == fields) {
                return;
            }
            load(low, high, f, o);
        }
        insertionSort(low, high, f, o);
    }

    /** Median of three anywhere. */
    private long pivot(int low, int high) {
        long a = pieces[low + next(high - low)];
        long b = pieces[low + next(high - low)];
        long c = pieces[low + next(high - low)];
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private int next(int bound) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return (random >>> 1) % bound;
    }

    private void swap(int i, int j) {
        long piece = pieces[i];
        pieces[i] = pieces[j];
        pieces[j] = piece;
        int item = order[i];
        order[i] = order[j];
        order[j] = item;
    }

    private void insertionSort(int from, int to, int field, int offset) {
        for (int i = from + 1; i < to; i++) {
            int item = order[i];
            int at = i;
            while (at > from && compare(item, order[at - 1], field, offset) < 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = item;
        }
    }

    private int compare(int a, int b, int field, int offset) {
        int o = offset;
        for (int f = field; f < fields; ) {
            long piece = piece(a, f, o);
            int different = Long.compare(piece, piece(b, f, o));
            if (different != 0) {
                return different;
            }
            o = ends(f, piece) ? 0 : o + Long.BYTES;
            f = o == 0 ? f + 1 : f;
        }
        return 0;
    }
}
