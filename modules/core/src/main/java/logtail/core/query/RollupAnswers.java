package logtail.core.query;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import logtail.core.schema.Dimension;
import logtail.core.store.Bucket;
import logtail.core.store.Rollup;
import logtail.core.store.View;
import org.jspecify.annotations.Nullable;

/** What the rollups of some buckets know of the requests that a filter lets through. Not threadsafe. */
final class RollupAnswers {
    private final RollupPlan plan;
    private final View view;
    private final Filter filter;
    private final BooleanSupplier cancelled;
    private @Nullable FilterProgram program;

    private RollupAnswers(RollupPlan plan, View view, Filter filter, BooleanSupplier cancelled) {
        this.plan = plan;
        this.view = view;
        this.filter = filter;
        this.cancelled = cancelled;
    }

    /**
     * None when no rollup holds all that the question touches, or a bucket lacks it.
     *
     * @param groupBy empty when all that matches is one group
     */
    static Optional<RollupAnswers> of(
            View view, Filter filter, List<Dimension> groupBy, List<Bucket> buckets, BooleanSupplier cancelled) {
        return RollupPlan.of(view.schema(), filter, groupBy)
                .filter(plan -> plan.isIn(buckets))
                .map(plan -> new RollupAnswers(plan, view, filter, cancelled));
    }

    /** Whether in every bucket every value has its row and its true count. */
    boolean areComplete(List<Bucket> buckets) {
        return buckets.stream().allMatch(bucket -> plan.rollup(bucket).complete());
    }

    /** Adds what matches to groups; returns how much does. */
    Matching sum(List<Bucket> buckets, Groups groups) {
        FilterProgram program = FilterProgram.of(view, filter, cancelled);
        Matching matching = new Matching();
        for (Bucket bucket : buckets) {
            matching.count(plan.rows(bucket), program, cancelled, groups::add);
        }
        return matching;
    }

    /** Shows what of a bucket matches to {@code next}, block by block. */
    void read(Bucket bucket, Consumer<Block> next) {
        new Matching().count(plan.rows(bucket), program(), cancelled, next);
    }

    private FilterProgram program() {
        FilterProgram ready = program;
        if (ready == null) {
            ready = FilterProgram.of(view, filter, cancelled);
            program = ready;
        }
        return ready;
    }

    /** Those groups with the bounds that the rollups know of them, where they know any. */
    GroupCounts bounded(List<Bucket> buckets, Groups groups, List<Dimension> groupBy) {
        if (!plan.isGrouped()) {
            return groups;
        }
        FilterProgram program = FilterProgram.of(view, filter, cancelled);
        Groups bounds = Groups.ofFew(view, groupBy);
        Matching matching = new Matching();
        for (Bucket bucket : buckets) {
            matching.count(plan.bounds(bucket), program, cancelled, bounds::add);
        }
        return new BoundedGroups(groups, bounds, missing(buckets));
    }

    /** The most that a value can have that has no row in any of the buckets. */
    long missing(List<Bucket> buckets) {
        return buckets.stream().map(plan::rollup).mapToLong(Rollup::missing).sum();
    }

    /** How many requests match, surely and at most. */
    Range range(List<Bucket> buckets) {
        FilterProgram program = FilterProgram.of(view, filter, cancelled);
        Matching matching = new Matching();
        for (Bucket bucket : buckets) {
            matching.count(plan.rows(bucket), program, cancelled, block -> {});
        }
        Range range = new Range(matching.sure(), matching.sure() + matching.maybe());
        if (!plan.isGrouped() || matching.maybe() == 0) {
            return range;
        }
        Matching bounds = new Matching();
        for (Bucket bucket : buckets) {
            bounds.count(plan.bounds(bucket), program, cancelled, block -> {});
        }
        return range.and(new Range(range.sure(), range.sure() + bounds.sure() + missing(buckets)));
    }

    /**
     * Between how many requests the truth lies.
     *
     * @param sure so many at least
     * @param most so many at most
     */
    record Range(long sure, long most) {
        /** What is known when both are. */
        Range and(Range other) {
            long atLeast = Math.max(sure, other.sure);
            return new Range(atLeast, Math.max(atLeast, Math.min(most, other.most)));
        }
    }
}
