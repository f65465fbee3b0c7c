package logtail.core.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import logtail.core.query.Overview.Change;
import logtail.core.query.Overview.Moment;
import logtail.core.store.Bucket;
import logtail.core.store.View;
import logtail.core.traffic.StatusClass;

/** One question for an overview, answered once. Not threadsafe. */
/*
 * The ranking comes first, the way it always does; then every bucket that anything is said about is read once more, for
 * the groups that are ranked. It is read from its rollup when one holds all that is asked and knows no less than the
 * rows, else from its rows.
 */
final class OverviewQuestion {
    /** So many rows have details; nobody looks at more, and each takes a number per bucket. */
    static final int DETAILS_MAX = 250;

    private final View view;
    private final TopNQuery query;
    private final BooleanSupplier cancelled;
    private final Spans spans;
    private final TotalTally total = new TotalTally();
    private final StatusSums now = new StatusSums();
    private final StatusSums earlier = new StatusSums();
    private final FilterProgram program;
    private final int[] classes = new int[Block.ROWS_MAX];
    private final int status;

    /**
     * @throws InvalidQueryException for several dimensions, or one that the view does not have
     */
    OverviewQuestion(View view, TopNQuery query, BooleanSupplier cancelled) {
        if (query.groupBy().size() != 1) {
            throw new InvalidQueryException("overview: groups by one dimension only");
        }
        this.view = view;
        this.query = query;
        this.cancelled = cancelled;
        this.spans = Spans.of(view, query.window());
        this.program = FilterProgram.of(view, query.filter(), cancelled);
        this.status = ClassSource.status(view).map(view.schema()::indexOf).orElse(-1);
    }

    Overview answer() {
        TopNQuestion question = new TopNQuestion(view, query, cancelled);
        TopNAnswer ranking = question.answer();
        long[] codes = question.ranked().stream()
                .limit(DETAILS_MAX)
                .mapToLong(ranked -> ranked.codes()[0])
                .toArray();
        CodedDimension dimension = new CodedDimension(view, query.groupBy().get(0));
        RankTally ranks = new RankTally(dimension, codes, spans.trend().count());
        List<Moment> trend = read(ranks);
        return new Overview(
                ranking,
                ranks.details(),
                spans.ranked(),
                spans.before(),
                now.counts(),
                earlier.counts(),
                trend,
                changes(),
                folded(),
                spans.window().buckets().stream().anyMatch(Bucket::catchUp),
                sinceSeconds());
    }

    private List<Moment> read(RankTally ranks) {
        Slots trend = spans.trend();
        List<Bucket> before = spans.beforeBuckets();
        List<Bucket> all = Stream.concat(trend.buckets().stream(), before.stream())
                .distinct()
                .toList();
        Optional<ClassSource> totals = ClassSource.of(view, query.filter(), List.of(), all, cancelled);
        Optional<ClassSource> groups = ClassSource.of(view, query.filter(), query.groupBy(), all, cancelled);
        StatusCounts[] drawn = new StatusCounts[trend.count()];
        for (Bucket bucket : all) {
            boolean isDrawn = trend.buckets().contains(bucket);
            int slot = isDrawn ? trend.slotOf(bucket) : -1;
            boolean inWindow =
                    isDrawn && bucket.startSeconds() >= spans.window().fromSeconds();
            boolean isBefore = before.contains(bucket);
            ranks.at(slot, inWindow, isBefore);
            read(bucket, inWindow, totals, groups, ranks);
            StatusSums sums = total.take();
            if (inWindow) {
                now.add(sums);
            }
            if (isBefore) {
                earlier.add(sums);
            }
            if (isDrawn) {
                drawn[slot] = sums.counts();
            }
        }
        List<Moment> moments = new ArrayList<>(drawn.length);
        for (int slot = 0; slot < drawn.length; slot++) {
            StatusCounts counts = drawn[slot];
            moments.add(new Moment(trend.startSeconds(slot), counts == null ? StatusCounts.NONE : counts));
        }
        return moments;
    }

    private void read(
            Bucket bucket,
            boolean inWindow,
            Optional<ClassSource> totals,
            Optional<ClassSource> groups,
            RankTally ranks) {
        boolean totalKnown = totals.isPresent() && totals.get().isBest(bucket);
        boolean groupsKnown = groups.isPresent() && groups.get().isBest(bucket);
        if (totalKnown) {
            totals.get().read(bucket, true, total);
        }
        if (groupsKnown) {
            groups.get().read(bucket, inWindow, ranks);
        }
        if (!totalKnown || !groupsKnown) {
            new Matching().count(bucket, program, cancelled, block -> {
                readClasses(block);
                if (!totalKnown) {
                    total.addByClass(block, classes);
                }
                if (!groupsKnown) {
                    ranks.addByClass(block, classes);
                }
            });
        }
    }

    private void readClasses(Block block) {
        if (status < 0) {
            Arrays.fill(classes, Tally.UNKNOWN);
            return;
        }
        block.read(status, classes);
        boolean folded = block.anyFolded(1 << status);
        int[] masks = block.masks();
        for (int row = 0; row < block.rows(); row++) {
            classes[row] = folded && (masks[row] >>> status & 1) != 0
                    ? Tally.UNKNOWN
                    : StatusClass.of(classes[row]).ordinal();
        }
    }

    private List<Change> changes() {
        boolean comparable = query.filter().terms().isEmpty() && spans.before().seconds() > 0;
        if (!comparable) {
            return List.of();
        }
        long all = now.counts().total();
        return new Changes(view, spans, all, earlier.counts().total(), cancelled).find();
    }

    private long folded() {
        long folded = 0;
        for (Bucket bucket : spans.window().buckets()) {
            if (bucket.folds().isZero()) {
                continue;
            }
            CancelledQueryException.throwIf(cancelled);
            Block block = new Block(bucket);
            while (block.next()) {
                int[] masks = block.masks();
                for (int row = 0; row < block.rows(); row++) {
                    folded += masks[row] == 0 ? 0 : block.counts()[row];
                }
            }
        }
        return folded;
    }

    private long sinceSeconds() {
        long since = view.firstSeconds();
        for (List<Bucket> ring : List.of(view.fine(), view.coarse())) {
            for (Bucket bucket : ring) {
                since = Math.min(since, bucket.startSeconds());
            }
        }
        return since == Long.MAX_VALUE ? 0 : since;
    }
}
