package logtail.core.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.store.Bucket;
import logtail.core.store.View;
import logtail.core.traffic.StatusClass;

/**
 * Reads the rollups of some buckets by class of status: a question for each class, and one for all. Not threadsafe.
 */
final class ClassSource {
    private final RollupAnswers all;
    private final List<RollupAnswers> byClass;

    private ClassSource(RollupAnswers all, List<RollupAnswers> byClass) {
        this.all = all;
        this.byClass = byClass;
    }

    /**
     * None when no rollup holds all that the question touches, or a bucket lacks it.
     *
     * @param groupBy empty when all that matches is one group
     */
    static Optional<ClassSource> of(
            View view, Filter filter, List<Dimension> groupBy, List<Bucket> buckets, BooleanSupplier cancelled) {
        Optional<RollupAnswers> all = RollupAnswers.of(view, filter, groupBy, buckets, cancelled);
        Optional<Dimension> status = status(view);
        if (all.isEmpty() || status.isEmpty()) {
            return all.map(only -> new ClassSource(only, List.of()));
        }
        List<RollupAnswers> byClass = new ArrayList<>();
        for (StatusClass each : StatusClass.values()) {
            if (each == StatusClass.OTHER) {
                continue;
            }
            Filter ofClass = filter.and(Term.of(status.get(), FilterOp.EQ, each.label()));
            Optional<RollupAnswers> answers = RollupAnswers.of(view, ofClass, groupBy, buckets, cancelled);
            if (answers.isEmpty()) {
                return Optional.empty();
            }
            byClass.add(answers.get());
        }
        return Optional.of(new ClassSource(all.get(), byClass));
    }

    static Optional<Dimension> status(View view) {
        return view.schema().dimensions().stream()
                .filter(dimension -> dimension.kind() == ColumnKind.STATUS)
                .findFirst();
    }

    /** Whether the rollup of a bucket is the best there is: it is complete, or rows are folded too. */
    boolean isBest(Bucket bucket) {
        return !bucket.folds().isZero() || all.areComplete(List.of(bucket));
    }

    /**
     * Shows what of a bucket matches.
     *
     * @param classes whether also by class
     */
    void read(Bucket bucket, boolean classes, Tally tally) {
        all.read(bucket, tally::add);
        for (int i = 0; classes && i < byClass.size(); i++) {
            int statusClass = i;
            byClass.get(i).read(bucket, block -> tally.addOfClass(block, statusClass));
        }
    }

    /** Adds what of a bucket matches to groups, whatever its class. */
    void read(Bucket bucket, Groups groups) {
        all.sum(List.of(bucket), groups);
    }

    /** The most that a value without a row can have. */
    long missing(Bucket bucket) {
        return all.missing(List.of(bucket));
    }
}
