package logtail.core.query;

import logtail.core.store.Bucket;

/**
 * Some rows of a bucket, worked on together so that everything stays in the nearest cache; and which of them a filter
 * lets through. Row numbers count from the first row of the block.
 */
final class Block {
    static final int ROWS_MAX = 1024;

    private static final byte[] NONE = {};

    private final Bucket bucket;
    private final long[] counts = new long[ROWS_MAX];
    private final int[] masks = new int[ROWS_MAX];
    private final int[] sure = new int[ROWS_MAX];
    private final int[] maybe = new int[ROWS_MAX];
    private int from;
    private int rows;
    private int sureRows;
    private int maybeRows;
    private int allMasks = -1;

    /** What a filter says of each row; not yet sorted into {@link #sure} and {@link #maybe} while not empty. */
    private byte[] verdicts = NONE;

    /** Stands before the first block; {@link #next} moves it. */
    Block(Bucket bucket) {
        this.bucket = bucket;
    }

    /** Moves to the next rows, none of them let through yet; false behind the last. */
    boolean next() {
        from += rows;
        rows = Math.min(ROWS_MAX, bucket.rows() - from);
        sureRows = 0;
        maybeRows = 0;
        allMasks = -1;
        verdicts = NONE;
        System.arraycopy(bucket.counts(), from, counts, 0, rows);
        return rows > 0;
    }

    int rows() {
        return rows;
    }

    /** Dictionary ids or numbers of a dimension, row by row. */
    void read(int dimension, int[] out) {
        bucket.column(dimension).read(from, from + rows, out);
    }

    /** Fold masks, row by row. */
    int[] masks() {
        readMasks();
        return masks;
    }

    /** Whether some row has that bit, or one of those bits, in its fold mask. */
    boolean anyFolded(int bits) {
        readMasks();
        return (allMasks & bits) != 0;
    }

    private void readMasks() {
        if (allMasks >= 0) {
            return;
        }
        bucket.folds().read(from, from + rows, masks);
        int all = 0;
        for (int row = 0; row < rows; row++) {
            all |= masks[row];
        }
        allMasks = all;
    }

    /** Requests, row by row. */
    long[] counts() {
        return counts;
    }

    void letAllThrough() {
        for (int row = 0; row < rows; row++) {
            sure[row] = row;
        }
        sureRows = rows;
    }

    /** Takes what a filter says of each row, see {@link Verdict}; the array is read until the next block. */
    void letThrough(byte[] verdicts) {
        this.verdicts = verdicts;
    }

    /** Who asks for no more than sums does not pay for it. */
    private void sort() {
        if (verdicts == NONE) {
            return;
        }
        byte[] said = verdicts;
        verdicts = NONE;
        int all = 0;
        int size = 0;
        for (int row = 0; row < rows; row++) {
            sure[size] = row;
            size += Verdict.sure(said[row]);
            all |= said[row];
        }
        sureRows = size;
        if ((all & Verdict.MAYBE & ~Verdict.YES) != 0) {
            letMaybeThrough(said);
        }
    }

    private void letMaybeThrough(byte[] verdicts) {
        for (int row = 0; row < rows; row++) {
            maybe[maybeRows] = row;
            maybeRows += Verdict.maybe(verdicts[row]);
        }
    }

    /** Rows that surely match: the first {@link #sureRows} entries. */
    int[] sure() {
        sort();
        return sure;
    }

    int sureRows() {
        sort();
        return sureRows;
    }

    /** Rows that may match, as far as is known: the first {@link #maybeRows} entries. */
    int[] maybe() {
        sort();
        return maybe;
    }

    int maybeRows() {
        sort();
        return maybeRows;
    }

    long sureRequests() {
        if (verdicts == NONE) {
            return sureRows == rows ? sum(counts, rows) : sum(sure, sureRows);
        }
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += counts[row] & -(long) Verdict.sure(verdicts[row]);
        }
        return sum;
    }

    long maybeRequests() {
        if (verdicts == NONE) {
            return sum(maybe, maybeRows);
        }
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += counts[row] & -(long) Verdict.maybe(verdicts[row]);
        }
        return sum;
    }

    private static long sum(long[] counts, int rows) {
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += counts[row];
        }
        return sum;
    }

    private long sum(int[] picked, int size) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += counts[picked[i]];
        }
        return sum;
    }
}
