package logtail.core.store;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import logtail.core.schema.KeyHash;

/**
 * Brings rows within what a ring keeps per bucket by folding the smallest (D9, D12). Requests are conserved: rows that
 * read the same afterwards are one row with their sum. The biggest half, of rows and of text, loses no field. Equal
 * input gives equal rows. Not threadsafe.
 */
/*
 * The rule is that of the live table: a row gives up the field in which it merges with the most others, a website only
 * for eight times as many. That is found in rounds. Each looks at a few more of the smallest rows than have to go,
 * counts for each direction how many of them would become the same, and folds one after the other until the rest fits.
 * A row that shares nothing gives up one field in every direction at once. Rows that others were merged with are left
 * alone as long as there are any others.
 */
final class TailFold {
    private static final int WEBSITE_WEIGHT = 8;

    /** Each round folds something; should so many not do, everything small becomes one row. */
    private static final int ROUNDS_MAX = 60;

    private final RowSet rows;
    private final RowOrder order;
    private final KeyHash hash;
    private final RingLimits limits;
    private final List<FoldDirection> directions;
    private final int allFolded;

    TailFold(RowSet rows, RowOrder order, KeyHash hash, RingLimits limits) {
        this.rows = rows;
        this.order = order;
        this.hash = hash;
        this.limits = limits;
        this.directions = FoldDirection.of(rows.schema());
        this.allFolded = rows.schema().allFolded();
    }

    /**
     * Folds what is too much.
     *
     * @param ranked all rows, in order
     * @param others texts that are kept beside those of the rows, a quarter of what may be kept at most
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
        Work work = new Work(ranked, all);
        for (int round = 0; !work.within(); round++) {
            work.fold(round < ROUNDS_MAX);
        }
        return work.apply();
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

    /** What becomes of the rows, tried without touching them. */
    private final class Work {
        private final int[] ranked;
        private final int untouchable;
        private final TextUse texts;

        /** Fold mask per row, as tried. */
        private final int[] masks = new int[rows.size()];

        /** The row that each row is counted in; mostly itself. */
        private final int[] into = new int[rows.size()];

        /** Rows that others are counted in. */
        private final BitSet merged = new BitSet();

        private int left;

        Work(int[] ranked, TextUse texts) {
            this.ranked = ranked;
            this.untouchable = biggestHalf(ranked);
            this.texts = texts;
            this.left = ranked.length;
            for (int row : ranked) {
                masks[row] = rows.mask(row);
                into[row] = row;
            }
        }

        boolean within() {
            return left <= limits.top() && texts.bytes() <= limits.keyBytes();
        }

        /** One round: rows that are whole before those that lost a field already, which others may still join. */
        void fold(boolean carefully) {
            int[] smallest = smallest();
            int[] whole = Arrays.stream(smallest).filter(row -> masks[row] == 0).toArray();
            int[] others =
                    Arrays.stream(smallest).filter(row -> masks[row] != 0).toArray();
            fold(whole, carefully);
            int[] alone = Arrays.stream(others).filter(row -> !merged.get(row)).toArray();
            fold(whole.length + alone.length > 0 ? alone : others, carefully);
            joinEqual();
        }

        private void fold(int[] some, boolean carefully) {
            if (some.length == 0 || within()) {
                return;
            }
            int[] next = carefully ? directed(some) : new int[0];
            RowIndex folded = new RowIndex(rows, masks, hash, left);
            addFolded(folded, some);
            for (int i = 0; i < some.length && !within(); i++) {
                foldRow(some[i], carefully ? next[i] : allFolded, folded);
            }
        }

        /** Adds the folded rows that are left, but those about to be folded further. */
        private void addFolded(RowIndex index, int[] but) {
            BitSet leaving = new BitSet(rows.size());
            for (int row : but) {
                leaving.set(row);
            }
            for (int row : ranked) {
                if (into[row] == row && masks[row] != 0 && !leaving.get(row)) {
                    index.findOrAdd(row);
                }
            }
        }

        /** Rows that were to be folded further but were not may read like one that was. */
        private void joinEqual() {
            RowIndex index = new RowIndex(rows, masks, hash, left);
            for (int row : ranked) {
                if (into[row] == row && masks[row] != 0) {
                    join(row, index.findOrAdd(row));
                }
            }
        }

        /** Somewhat more rows than have to go, the smallest first. */
        private int[] smallest() {
            int[] candidates = candidates(false);
            if (candidates.length == 0) {
                return candidates(true);
            }
            long excess = texts.bytes() - limits.keyBytes();
            int need = Math.max(0, left - limits.top());
            int most = need + need / 4 + 16;
            long bytes = 0;
            int size = 0;
            while (size < candidates.length && (size < most || bytes < excess + excess / 4)) {
                bytes += textBytes(candidates[size++]);
            }
            return Arrays.copyOf(candidates, size);
        }

        private long textBytes(int row) {
            long bytes = 0;
            for (int d = 0; d < rows.dimensions(); d++) {
                boolean kept = (masks[row] >>> d & 1) == 0;
                bytes += kept && rows.kind(d).isDictionary() ? rows.texts(d).length(rows.value(d, row)) : 0;
            }
            return bytes;
        }

        private int[] candidates(boolean mergedToo) {
            int[] found = new int[ranked.length - untouchable];
            int size = 0;
            for (int i = ranked.length - 1; i >= untouchable; i--) {
                int row = ranked[i];
                if (into[row] == row && masks[row] != allFolded && (mergedToo || !merged.get(row))) {
                    found[size++] = row;
                }
            }
            return Arrays.copyOf(found, size);
        }

        /** The fold mask that each of those rows should get. */
        private int[] directed(int[] some) {
            int[] best = new int[some.length];
            long[] most = new long[some.length];
            for (FoldDirection direction : directions) {
                int[] sharing = sharing(some, direction);
                for (int i = 0; i < some.length; i++) {
                    long score = direction.isWebsite() ? sharing[i] : (long) sharing[i] * WEBSITE_WEIGHT;
                    if (sharing[i] > 1 && score > most[i]) {
                        most[i] = score;
                        best[i] = direction.next(masks[some[i]]);
                    }
                }
            }
            for (int i = 0; i < some.length; i++) {
                best[i] = most[i] > 0 ? best[i] : alone(masks[some[i]]);
            }
            return best;
        }

        /** How many rows would read like each of those, itself among them, if all of those went that way. */
        private int[] sharing(int[] some, FoldDirection direction) {
            int[] there = masks.clone();
            RowIndex index = new RowIndex(rows, there, hash, left + some.length);
            addFolded(index, some);
            int[] same = new int[some.length];
            int[] sizes = new int[rows.size()];
            for (int i = 0; i < some.length; i++) {
                int row = some[i];
                int mask = direction.next(masks[row]);
                same[i] = -1;
                if (mask != masks[row]) {
                    there[row] = mask;
                    same[i] = index.findOrAdd(row);
                    sizes[same[i]] += same[i] == row || sizes[same[i]] > 0 ? 1 : 2;
                }
            }
            return Arrays.stream(same).map(row -> row < 0 ? 0 : sizes[row]).toArray();
        }

        /** What a row gives up that shares nothing. */
        private int alone(int mask) {
            int wider = mask;
            int coarsest = mask;
            for (FoldDirection direction : directions) {
                wider |= direction.next(0);
                coarsest |= direction.mask();
            }
            return wider != mask ? wider : coarsest != mask ? coarsest : allFolded;
        }

        private void foldRow(int row, int mask, RowIndex folded) {
            texts.remove(row, mask & ~masks[row]);
            masks[row] = mask;
            join(row, folded.findOrAdd(row));
        }

        private void join(int row, int same) {
            if (same != row) {
                texts.remove(row, allFolded & ~masks[row]);
                into[row] = same;
                merged.set(same);
                left--;
            }
        }

        /** Does what was tried; returns the rows that are left, ranked. */
        int[] apply() {
            BitSet changed = new BitSet(rows.size());
            for (int row : ranked) {
                int root = row;
                while (into[root] != root) {
                    root = into[root];
                }
                if (root != row) {
                    rows.addCount(root, rows.count(row));
                    changed.set(root);
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
            int[] both = new int[a.length + b.length];
            int i = 0;
            int j = 0;
            for (int k = 0; k < both.length; k++) {
                boolean first = j == b.length || i < a.length && order.compare(a[i], b[j]) < 0;
                both[k] = first ? a[i++] : b[j++];
            }
            return both;
        }
    }
}
