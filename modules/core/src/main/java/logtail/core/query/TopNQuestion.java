package logtail.core.query;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import logtail.core.query.RollupAnswers.Range;
import logtail.core.schema.Dimension;
import logtail.core.store.Bucket;
import logtail.core.store.View;

/** One question for the biggest groups of a window, answered once. Not threadsafe. */
/*
 * Rows know every tuple that was not folded, rollups the biggest values whatever was. So rows answer when none of them
 * is folded, and what no rollup holds; a rollup answers when it is complete, and for the biggest values of all
 * requests. Otherwise both are asked, and of each group the better of two counts is taken, and of two bounds.
 */
final class TopNQuestion {
    /** Who asks for more rows wants values that rollups may have cut off. */
    private static final int ROLLUP_ROWS_MAX = 1_000;

    private final View view;
    private final TopNQuery query;
    private final BooleanSupplier cancelled;
    private final Slots slots;
    private final List<Bucket> buckets;
    private List<Ranking.Ranked> ranked = List.of();

    TopNQuestion(View view, TopNQuery query, BooleanSupplier cancelled) {
        this.view = view;
        this.query = query;
        this.cancelled = cancelled;
        this.slots = Slots.of(view, query.window());
        this.buckets = slots.buckets();
    }

    TopNAnswer answer() {
        Optional<RollupAnswers> rollups = RollupAnswers.of(view, query.filter(), query.groupBy(), buckets, cancelled);
        if (rollups.isEmpty()) {
            return fromRows();
        }
        boolean complete = rollups.get().areComplete(buckets);
        return !complete && buckets.stream().allMatch(b -> b.folds().isZero())
                ? fromRows()
                : fromRollups(rollups.get(), complete);
    }

    private TopNAnswer fromRows() {
        Groups groups = Groups.of(view, query.groupBy());
        Matching matching = sumRows(groups);
        boolean exact = matching.maybe() == 0 && !groups.anyFolded();
        return answer(groups, matching.sure(), matching.maybe(), exact);
    }

    private Matching sumRows(Groups groups) {
        FilterProgram program = FilterProgram.of(view, query.filter(), cancelled);
        Matching matching = new Matching();
        for (Bucket bucket : buckets) {
            matching.count(bucket, program, cancelled, groups::add);
        }
        return matching;
    }

    private TopNAnswer fromRollups(RollupAnswers rollups, boolean complete) {
        List<Dimension> groupBy = query.groupBy();
        Groups groups = Groups.ofFew(view, groupBy);
        Matching matching = rollups.sum(buckets, groups);
        if (complete) {
            return answer(groups, matching.sure(), matching.maybe(), matching.maybe() == 0 && !groups.anyFolded());
        }
        GroupCounts bounded = rollups.bounded(buckets, groups, groupBy);
        if (query.filter().terms().isEmpty() && query.n() <= ROLLUP_ROWS_MAX) {
            return answer(bounded, matching.sure(), matching.maybe(), false);
        }
        Groups byRows = Groups.of(view, groupBy);
        Matching inRows = sumRows(byRows);
        Range range = new Range(matching.sure(), matching.sure() + matching.maybe())
                .and(new Range(inRows.sure(), inRows.sure() + inRows.maybe()));
        Optional<RollupAnswers> total = RollupAnswers.of(view, query.filter(), List.of(), buckets, cancelled);
        range = total.isPresent() ? range.and(total.get().range(buckets)) : range;
        long missing = bounded instanceof BoundedGroups known ? known.missing() : Long.MAX_VALUE;
        MergedGroups merged = new MergedGroups(bounded, byRows, missing, range.sure());
        boolean exact = inRows.maybe() == 0 && !byRows.anyFolded();
        return answer(merged, merged.total(), Math.max(0, range.most() - merged.total()), exact);
    }

    private TopNAnswer answer(GroupCounts groups, long total, long unknown, boolean exact) {
        ranked = Ranking.top(groups, query.n());
        List<TopNAnswer.Row> rows = ranked.stream().map(Ranking.Ranked::row).toList();
        return new TopNAnswer(rows, total, unknown, exact, slots.count());
    }

    /** The groups of the answer, once there is one. */
    List<Ranking.Ranked> ranked() {
        return ranked;
    }
}
