package logtail.core.query;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import logtail.core.query.TrendAnswer.Point;
import logtail.core.store.Bucket;
import logtail.core.store.View;

/** Answers questions from one immutable view (FR-5.5); stateless and threadsafe. */
public final class Queries {
    private Queries() {}

    /**
     * The biggest groups of a window (FR-5, D11, D16). Before the first bucket is complete there are none (FR-3.4).
     *
     * @param cancelled asked several times for each bucket, and while long texts are searched
     * @throws CancelledQueryException when {@code cancelled} turns true
     * @throws InvalidQueryException when the view has no such dimension
     */
    public static TopNAnswer topN(View view, TopNQuery query, BooleanSupplier cancelled) {
        FilterProgram program = FilterProgram.of(view, query.filter(), cancelled);
        Groups groups = Groups.of(view, query.groupBy());
        Slots slots = Slots.of(view, query.window());
        Matching matching = new Matching();
        for (Bucket bucket : slots.buckets()) {
            matching.count(bucket, program, cancelled, groups::add);
        }
        boolean exact = matching.maybe() == 0 && !groups.anyFolded();
        List<TopNAnswer.Row> rows = Ranking.top(groups, query.n());
        return new TopNAnswer(rows, matching.sure(), matching.maybe(), exact, slots.count());
    }

    /**
     * One point per bucket of a window (FR-5, D11, D16). Before the first bucket is complete there are none (FR-3.4).
     *
     * @param cancelled asked several times for each bucket, and while long texts are searched
     * @throws CancelledQueryException when {@code cancelled} turns true
     * @throws InvalidQueryException when the view has no such dimension
     */
    public static TrendAnswer trend(View view, TrendQuery query, BooleanSupplier cancelled) {
        FilterProgram program = FilterProgram.of(view, query.filter(), cancelled);
        Slots slots = Slots.of(view, query.window());
        Point[] points = new Point[slots.count()];
        Arrays.setAll(points, slot -> new Point(slots.startSeconds(slot), 0, 0));
        for (Bucket bucket : slots.buckets()) {
            CancelledQueryException.throwIf(cancelled);
            points[slots.slotOf(bucket)] = point(bucket, program, cancelled);
        }
        return new TrendAnswer(List.of(points), slots.count());
    }

    private static Point point(Bucket bucket, FilterProgram program, BooleanSupplier cancelled) {
        if (program.letsAllThrough()) {
            return new Point(bucket.startSeconds(), bucket.total(), 0);
        }
        Matching matching = new Matching();
        matching.count(bucket, program, cancelled, block -> {});
        return new Point(bucket.startSeconds(), matching.sure(), matching.maybe());
    }
}
