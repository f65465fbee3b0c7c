package logtail.core.store;

import java.util.Arrays;
import java.util.BitSet;
import logtail.core.schema.KeyHash;

/**
 * Brings rows within what a ring keeps per bucket by folding the smallest (D9, D12). Requests are conserved: rows that
 * read the same afterwards are one row with their sum. The biggest half, of rows and of text, loses no field. Equal
 * input gives equal rows. Not threadsafe.
 */
/*
 * From the smallest row upwards, rows are folded at the first level of FoldLevels until the rest fits. A level that
 * would leave more folded rows than a fifth of all, or that reaches the biggest half, merges too little: then the next
 * one is tried instead, from the start. The last level always fits, as it leaves one row without text.
 */
final class TailFold {
    /** Folded rows may take one part in so many of the rows of a bucket. */
    private static final int FOLDED_SHARE = 5;

    private final RowSet rows;
    private final RowOrder order;
    private final KeyHash hash;
    private final RingLimits limits;
    private final int[] levels;

    TailFold(RowSet rows, RowOrder order, KeyHash hash, RingLimits limits) {
        this.rows = rows;
        this.order = order;
        this.hash = hash;
        this.limits = limits;
        this.levels = FoldLevels.of(rows.schema());
    }

    /**
     * Folds what is too much.
     *
     * @param ranked all rows, in order
     * @param others texts that are kept beside those of the rows
     * @return the rows that are left, in order
     */
    int[] fold(int[] ranked, TextUse others) {
        TextUse all = new TextUse(others);
        for (int row : ranked) {
            all.add(row);
        }
        if (ranked.length <= limits.top() && all.bytes() <= limits.keyBytes()) {
            return ranked;
        }
        int untouchable = biggestHalf(ranked);
        for (int level = 1; level < levels.length; level++) {
            Attempt attempt = new Attempt(ranked, levels[level], new TextUse(all));
            if (attempt.fits(untouchable, level == levels.length - 1)) {
                return attempt.apply();
            }
        }
        throw new AssertionError("one row without text is too much");
    }

    /** How many rows from the top are never folded. */
    private int biggestHalf(int[] ranked) {
        TextUse texts = new TextUse(rows);
        int most = Math.min(ranked.length, limits.top() / 2);
        for (int i = 0; i < most; i++) {
            texts.add(ranked[i]);
            if (texts.bytes() > limits.keyBytes() / 2) {
                return i;
            }
        }
        return most;
    }

    /** Folding at one level, tried without touching the rows. */
    private final class Attempt {
        private final int[] ranked;
        private final int level;
        private final TextUse texts;

        /** Fold mask per row, as tried. */
        private final int[] masks = new int[rows.size()];

        /** The row that each row is counted in; mostly itself. */
        private final int[] into = new int[rows.size()];

        private final RowIndex folded;
        private int left;
        private int made;

        Attempt(int[] ranked, int level, TextUse texts) {
            this.ranked = ranked;
            this.level = level;
            this.texts = texts;
            this.left = ranked.length;
            this.folded = new RowIndex(rows, masks, hash, ranked.length);
            for (int row : ranked) {
                masks[row] = rows.mask(row);
                into[row] = row;
                if (isFolded(row)) {
                    folded.findOrAdd(row);
                }
            }
        }

        private boolean isFolded(int row) {
            return (masks[row] & level) == level;
        }

        /** Folds until the rest fits; false when this level cannot do it. */
        boolean fits(int untouchable, boolean last) {
            int madeMax = last ? limits.top() : limits.top() / FOLDED_SHARE;
            for (int i = ranked.length - 1; i >= untouchable && !within() && made <= madeMax; i--) {
                if (!isFolded(ranked[i])) {
                    foldRow(ranked[i]);
                }
            }
            return within() && made <= madeMax;
        }

        private boolean within() {
            return left <= limits.top() && texts.bytes() <= limits.keyBytes();
        }

        private void foldRow(int row) {
            texts.remove(row, level & ~masks[row]);
            masks[row] |= level;
            int same = folded.findOrAdd(row);
            if (same == row) {
                made++;
            } else {
                // Its other texts stay in use: the row it is counted in has the same.
                into[row] = same;
                left--;
            }
        }

        /** Does what was tried; returns the rows that are left, ranked. */
        int[] apply() {
            BitSet changed = new BitSet(rows.size());
            for (int row : ranked) {
                if (into[row] != row) {
                    rows.addCount(into[row], rows.count(row));
                    changed.set(into[row]);
                } else if (masks[row] != rows.mask(row)) {
                    rows.fold(row, masks[row]);
                    changed.set(row);
                }
            }
            int[] again = changed.stream().toArray();
            order.sort(again);
            int[] same = Arrays.stream(ranked)
                    .filter(row -> into[row] == row && !changed.get(row))
                    .toArray();
            return merge(same, again);
        }

        private int[] merge(int[] a, int[] b) {
            int[] merged = new int[a.length + b.length];
            int i = 0;
            int j = 0;
            for (int k = 0; k < merged.length; k++) {
                boolean first = j == b.length || i < a.length && order.compare(a[i], b[j]) < 0;
                merged[k] = first ? a[i++] : b[j++];
            }
            return merged;
        }
    }
}
