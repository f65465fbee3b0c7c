package logtail.core.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import logtail.core.query.RollupAnswers.Range;
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
        return new TopNQuestion(view, query, cancelled).answer();
    }

    /**
     * The same, with all that a first look at traffic needs: how rows and statuses went over time, what was before, and
     * what changed (FR-6).
     *
     * @param query groups by one dimension
     * @param cancelled as for {@link #topN}
     * @throws CancelledQueryException when {@code cancelled} turns true
     * @throws InvalidQueryException for several dimensions, or one that the view does not have
     */
    public static Overview overview(View view, TopNQuery query, BooleanSupplier cancelled) {
        return new OverviewQuestion(view, query, cancelled).answer();
    }

    /**
     * One point per bucket of a window (FR-5, D11, D16). Before the first bucket is complete there are none (FR-3.4).
     *
     * @param cancelled asked several times for each bucket, and while long texts are searched
     * @throws CancelledQueryException when {@code cancelled} turns true
     * @throws InvalidQueryException when the view has no such dimension
     */
    public static TrendAnswer trend(View view, TrendQuery query, BooleanSupplier cancelled) {
        Slots slots = Slots.of(view, query.window());
        FilterProgram program = FilterProgram.of(view, query.filter(), cancelled);
        Optional<RollupAnswers> rollups = RollupAnswers.of(view, query.filter(), List.of(), slots.buckets(), cancelled);
        Point[] points = new Point[slots.count()];
        Arrays.setAll(points, slot -> new Point(slots.startSeconds(slot), 0, 0));
        for (Bucket bucket : slots.buckets()) {
            CancelledQueryException.throwIf(cancelled);
            Range range = program.letsAllThrough()
                    ? new Range(bucket.total(), bucket.total())
                    : range(bucket, program, rollups, cancelled);
            points[slots.slotOf(bucket)] = new Point(bucket.startSeconds(), range.sure(), range.most() - range.sure());
        }
        return new TrendAnswer(List.of(points), slots.count());
    }

    /** The rollup first, which has fewer rows; the rows too unless it knows the truth. */
    private static Range range(
            Bucket bucket, FilterProgram program, Optional<RollupAnswers> rollups, BooleanSupplier cancelled) {
        Range known = rollups.map(answers -> answers.range(List.of(bucket))).orElse(new Range(0, bucket.total()));
        if (known.sure() == known.most()) {
            return known;
        }
        Matching matching = new Matching();
        matching.count(bucket, program, cancelled, block -> {});
        return known.and(new Range(matching.sure(), matching.sure() + matching.maybe()));
    }
}
