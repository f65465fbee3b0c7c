package logtail.core.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import logtail.core.query.Overview.Change;
import logtail.core.query.Overview.Stretch;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.store.Bucket;
import logtail.core.store.View;
import org.jspecify.annotations.Nullable;

/** Finds what changed most between two times, over all dimensions. Not threadsafe. */
/*
 * Rates are compared, since the times may differ in length. What counts is how many requests more or fewer there are,
 * not by what factor: of two values that are both ten times what they were, the one that hurts is the bigger one.
 */
final class Changes {
    /** So many are said at most. */
    static final int MOST = 6;

    /** And so many of one dimension, since one attack moves many values of some. */
    private static final int MOST_PER_DIMENSION = 2;

    /** A change is at least this part of all requests of the busier time. */
    private static final double LEAST_SHARE = 0.01;

    /** And at least this many requests, by the length of the window. */
    private static final double LEAST_REQUESTS = 10;

    /** And it is a change by this factor, up or down. */
    private static final double LEAST_FACTOR = 1.5;

    /** What had more than this part of all requests, and has, goes with the total and explains nothing. */
    private static final double MOST_SHARE = 0.5;

    private final View view;
    private final long total;
    private final long totalEarlier;
    private final List<Bucket> nowBuckets;
    private final List<Bucket> beforeBuckets;
    private final BooleanSupplier cancelled;
    private final double scale;
    private final double least;

    private record Weighed(Change change, double by, int order) {}

    /**
     * @param total requests now
     * @param earlier requests before
     */
    Changes(View view, Spans spans, long total, long earlier, BooleanSupplier cancelled) {
        this.view = view;
        this.total = total;
        this.totalEarlier = earlier;
        this.nowBuckets = spans.window().buckets();
        this.beforeBuckets = spans.beforeBuckets();
        this.cancelled = cancelled;
        Stretch now = spans.ranked();
        this.scale = (double) now.seconds() / spans.before().seconds();
        this.least = Math.max(LEAST_REQUESTS, LEAST_SHARE * Math.max(total, earlier * scale));
    }

    /** The greatest first. */
    List<Change> find() {
        List<Weighed> all = new ArrayList<>();
        List<Dimension> dimensions = view.schema().dimensions();
        for (int d = 0; d < dimensions.size(); d++) {
            if (dimensions.get(d).kind() != ColumnKind.FLAG) {
                find(dimensions.get(d), d).stream()
                        .sorted(greatestFirst())
                        .limit(MOST_PER_DIMENSION)
                        .forEach(all::add);
            }
        }
        return all.stream()
                .sorted(greatestFirst())
                .limit(MOST)
                .map(Weighed::change)
                .toList();
    }

    private static Comparator<Weighed> greatestFirst() {
        return Comparator.comparingDouble((Weighed weighed) -> -weighed.by)
                .thenComparingInt(Weighed::order)
                .thenComparing(weighed -> weighed.change.label());
    }

    private List<Weighed> find(Dimension dimension, int order) {
        Sums now = sums(dimension, nowBuckets);
        Sums before = sums(dimension, beforeBuckets);
        List<Weighed> found = new ArrayList<>();
        long[] codes = new long[1];
        for (int slot = 0; slot < now.groups.slots(); slot++) {
            if (now.groups.count(slot) > 0 && !now.groups.isFolded(slot)) {
                now.groups.readCodes(slot, codes);
                long earlier = count(before.groups, codes);
                String label = isChange(now.groups.count(slot), now.missing, earlier, before.missing)
                        ? now.groups.label(slot, 0)
                        : null;
                add(found, dimension, order, label, now.groups.count(slot), earlier);
            }
        }
        for (int slot = 0; slot < before.groups.slots(); slot++) {
            if (before.groups.count(slot) > 0 && !before.groups.isFolded(slot)) {
                before.groups.readCodes(slot, codes);
                boolean gone = count(now.groups, codes) == 0
                        && isChange(0, now.missing, before.groups.count(slot), before.missing);
                add(found, dimension, order, gone ? before.groups.label(slot, 0) : null, 0, before.groups.count(slot));
            }
        }
        return found;
    }

    private void add(
            List<Weighed> found, Dimension dimension, int order, @Nullable String label, long now, long earlier) {
        if (label != null) {
            double by = Math.abs(now - earlier * scale);
            found.add(new Weighed(new Change(dimension, label, now, earlier), by, order));
        }
    }

    private static long count(Groups groups, long[] codes) {
        int slot = groups.find(codes);
        return slot == GroupCounts.MISSING ? 0 : groups.count(slot);
    }

    /** Whether it is one even if the smaller number is as much too small as it can be. */
    private boolean isChange(long now, long missingNow, long earlier, long missingBefore) {
        boolean more = now > earlier * scale;
        double high = more ? now : earlier * scale;
        double low = more ? (earlier + missingBefore) * scale : now + missingNow;
        if (now > MOST_SHARE * total && earlier > MOST_SHARE * totalEarlier) {
            return false;
        }
        return high - low >= least && high >= LEAST_FACTOR * low;
    }

    /**
     * The requests of some time by the values of a dimension.
     *
     * @param missing the most that a value can have beyond its sum
     */
    private record Sums(Groups groups, long missing) {}

    private Sums sums(Dimension dimension, List<Bucket> buckets) {
        List<Dimension> groupBy = List.of(dimension);
        Optional<ClassSource> rollups = ClassSource.of(view, Filter.ALL, groupBy, buckets, cancelled);
        FilterProgram all = FilterProgram.of(view, Filter.ALL, cancelled);
        Groups groups = rollups.isPresent() ? Groups.ofFew(view, groupBy) : Groups.of(view, groupBy);
        Matching matching = new Matching();
        long missing = 0;
        for (Bucket bucket : buckets) {
            if (rollups.isPresent() && rollups.get().isBest(bucket)) {
                rollups.get().read(bucket, groups);
                missing += rollups.get().missing(bucket);
            } else {
                matching.count(bucket, all, cancelled, groups::add);
            }
        }
        return new Sums(groups, missing);
    }
}
