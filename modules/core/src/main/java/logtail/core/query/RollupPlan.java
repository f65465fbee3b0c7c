package logtail.core.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.store.Bucket;
import logtail.core.store.Column;
import logtail.core.store.Counts;
import logtail.core.store.Rollup;
import logtail.core.store.RollupDims;
import logtail.core.traffic.StatusClass;

/** Which rollup holds all that a question touches, and what of it (D10). Immutable. */
/*
 * A rollup is read as a bucket of few rows, in which everything is folded that it does not count by, and one last row
 * in which everything is: so filters and groups need to know nothing of rollups. When a filter asks for whole classes
 * of statuses, the rows count what is of those classes, and have one of their statuses.
 */
final class RollupPlan {
    private static final int STATUSES = 10_000;

    private final Schema schema;
    private final int rollup;
    private final RollupDims dims;

    /** Whether requests with a status of the class count, by ordinal; empty when the filter asks for no class. */
    private final boolean[] classes;

    /** A status that the filter lets through, and of what dimension; the dimension is negative without classes. */
    private final int status;

    private final int statusDimension;

    /** Whether at most one row of a rollup belongs to a group. */
    private final boolean grouped;

    private RollupPlan(Schema schema, int rollup, boolean[] classes, int status, int statusDimension, boolean grouped) {
        this.schema = schema;
        this.rollup = rollup;
        this.dims = RollupDims.of(schema).get(rollup);
        this.classes = classes;
        this.status = status;
        this.statusDimension = statusDimension;
        this.grouped = grouped;
    }

    /**
     * The plan for a question; none when it touches more than one rollup holds.
     *
     * @param groupBy empty when all that matches is one group
     */
    static Optional<RollupPlan> of(Schema schema, Filter filter, List<Dimension> groupBy) {
        Set<Dimension> asked = new HashSet<>(groupBy);
        filter.terms().forEach(term -> asked.add(term.dimension()));
        if (!new HashSet<>(schema.dimensions()).containsAll(asked)) {
            return Optional.empty();
        }
        int whole = smallest(schema, asked);
        if (whole >= 0) {
            boolean grouped = grouped(schema, whole, filter, groupBy);
            return Optional.of(new RollupPlan(schema, whole, new boolean[0], 0, -1, grouped));
        }
        Optional<Dimension> status = asked.stream()
                .filter(d -> d.kind() == ColumnKind.STATUS && !groupBy.contains(d))
                .findFirst();
        if (status.isEmpty()) {
            return Optional.empty();
        }
        asked.remove(status.get());
        int split = smallest(schema, asked);
        boolean[] passing = passing(filter, status.get());
        if (split < 0 || !wholeClasses(passing)) {
            return Optional.empty();
        }
        boolean[] classes = new boolean[StatusClass.values().length];
        int any = 0;
        for (int s = 0; s < STATUSES; s++) {
            classes[StatusClass.of(s).ordinal()] |= passing[s];
            any = passing[s] ? s : any;
        }
        boolean grouped = grouped(schema, split, filter, groupBy);
        return Optional.of(new RollupPlan(schema, split, classes, any, schema.indexOf(status.get()), grouped));
    }

    /** The first rollup that counts by all of the dimensions; negative when none does. */
    private static int smallest(Schema schema, Set<Dimension> asked) {
        int mask = asked.stream().mapToInt(d -> 1 << schema.indexOf(d)).sum();
        List<RollupDims> all = RollupDims.of(schema);
        for (int i = 0; i < all.size(); i++) {
            if ((mask & ~all.get(i).mask()) == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean[] passing(Filter filter, Dimension status) {
        boolean[] passing = new boolean[STATUSES];
        Arrays.fill(passing, true);
        for (Term term : filter.terms()) {
            if (term.dimension().equals(status)) {
                NumberTest test = term.numberTest();
                for (int s = 0; s < STATUSES; s++) {
                    passing[s] &= test.holds(s);
                }
            }
        }
        return passing;
    }

    /** Whether of each class all statuses pass, or none. */
    private static boolean wholeClasses(boolean[] passing) {
        int[] verdicts = new int[StatusClass.values().length];
        for (int s = 0; s < STATUSES; s++) {
            verdicts[StatusClass.of(s).ordinal()] |= passing[s] ? 1 : 2;
        }
        return Arrays.stream(verdicts).allMatch(verdict -> verdict != 3);
    }

    private static boolean grouped(Schema schema, int rollup, Filter filter, List<Dimension> groupBy) {
        RollupDims dims = RollupDims.of(schema).get(rollup);
        for (int place = 0; place < dims.size(); place++) {
            Dimension dimension = schema.get(dims.get(place));
            if (!groupBy.contains(dimension) && !isPinned(filter, dimension)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the filter lets one value only through. A prefix is not: it stands for all that lie within it. */
    private static boolean isPinned(Filter filter, Dimension dimension) {
        return dimension.kind() != ColumnKind.PREFIX
                && dimension.kind() != ColumnKind.STATUS
                && filter.terms().stream().anyMatch(t -> t.dimension().equals(dimension) && t.op() == FilterOp.EQ);
    }

    /** Whether all buckets have the rollup. */
    boolean isIn(List<Bucket> buckets) {
        return buckets.stream().allMatch(bucket -> bucket.rollups().size() > rollup);
    }

    /** Whether a bound of a row is a bound of its group: no group has two rows of one bucket. */
    boolean isGrouped() {
        return grouped;
    }

    Rollup rollup(Bucket bucket) {
        return bucket.rollups().get(rollup);
    }

    /** The requests of a bucket, as far as the rollup knows them. */
    Bucket rows(Bucket bucket) {
        Rollup from = rollup(bucket);
        Rows rows = new Rows(from);
        if (classes.length == 0) {
            from.counts().addTo(rows.counts);
            rows.add(from.rows(), from.other(), schema.allFolded());
        } else {
            addClasses(from, rows);
        }
        return rows.bucket(bucket);
    }

    private void addClasses(Rollup from, Rows rows) {
        long[] known = new long[from.rows()];
        long other = 0;
        long otherKnown = 0;
        for (int c = 0; c < classes.length; c++) {
            Counts counts = from.classCounts().get(c);
            counts.addTo(known);
            otherKnown += from.otherClassCounts().get(c);
            if (classes[c]) {
                counts.addTo(rows.counts);
                other += from.otherClassCounts().get(c);
            }
        }
        rows.add(from.rows(), other, schema.allFolded() & ~(1 << statusDimension));
        // Requests that lost their status may have had one that is asked for.
        rows.add(from.rows(), from.other() - otherKnown, schema.allFolded());
        for (int row = 0; row < known.length; row++) {
            long unknown = from.counts().get(row) - known[row];
            if (unknown > 0) {
                rows.add(row, unknown, schema.allFolded() & ~dims.mask());
            }
        }
    }

    /**
     * The same rows, with what the bound of each is more than that of a value without a row: the sum over the buckets,
     * and what {@link Rollup#missing()} says of each, bound a group.
     */
    Bucket bounds(Bucket bucket) {
        Rollup from = rollup(bucket);
        Rows rows = new Rows(from);
        from.bounds().addTo(rows.counts);
        for (int row = 0; row < from.rows(); row++) {
            rows.counts[row] -= from.missing();
        }
        return rows.bucket(bucket);
    }

    /** The rows of a rollup, and more behind them. */
    private final class Rows {
        private final Rollup from;
        private final int size;
        private final long[] counts;
        private final List<Integer> like = new ArrayList<>();
        private final List<Integer> masks = new ArrayList<>();
        private final List<Long> amounts = new ArrayList<>();

        Rows(Rollup from) {
            this.from = from;
            this.size = from.rows();
            this.counts = new long[size];
        }

        /**
         * One more row.
         *
         * @param row whose values it has; the number of rows for none
         */
        void add(int row, long count, int mask) {
            if (count > 0) {
                like.add(row);
                masks.add(mask);
                amounts.add(count);
            }
        }

        Bucket bucket(Bucket bucket) {
            int all = size + like.size();
            long[] allCounts = Arrays.copyOf(counts, all);
            int[] folds = new int[all];
            int known = statusDimension < 0 ? dims.mask() : dims.mask() | 1 << statusDimension;
            Arrays.fill(folds, schema.allFolded() & ~known);
            for (int i = size; i < all; i++) {
                allCounts[i] = amounts.get(i - size);
                folds[i] = masks.get(i - size);
            }
            List<Column> columns = new ArrayList<>(Collections.nCopies(schema.size(), Column.zeros(all)));
            for (int place = 0; place < dims.size(); place++) {
                columns.set(dims.get(place), Column.of(values(place, all)));
            }
            if (statusDimension >= 0) {
                int[] statuses = new int[all];
                Arrays.fill(statuses, status);
                columns.set(statusDimension, Column.of(statuses));
            }
            return new Bucket(
                    bucket.startSeconds(),
                    bucket.lengthSeconds(),
                    bucket.coarse(),
                    bucket.catchUp(),
                    bucket.total(),
                    columns,
                    Column.of(folds),
                    allCounts);
        }

        private int[] values(int place, int all) {
            int[] values = new int[all];
            from.values().get(place).read(0, size, values);
            for (int i = size; i < all; i++) {
                values[i] = like.get(i - size) < size ? values[like.get(i - size)] : 0;
            }
            return values;
        }
    }
}
