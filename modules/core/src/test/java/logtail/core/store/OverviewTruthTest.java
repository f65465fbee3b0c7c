package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import logtail.core.query.Filter;
import logtail.core.query.Overview;
import logtail.core.query.Overview.Change;
import logtail.core.query.Overview.Detail;
import logtail.core.query.Overview.Moment;
import logtail.core.query.Queries;
import logtail.core.query.StatusCounts;
import logtail.core.query.Term;
import logtail.core.query.TopNQuery;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.core.traffic.StatusClass;
import org.assertj.core.api.AbstractLongAssert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Overviews, from rows and from rollups, with all room and with too little, against a list of minutes that knows every
 * request: never more than is true, and all of it while nothing is folded.
 */
class OverviewTruthTest {
    private static final int MINUTE = 60;
    private static final int STATUS = 3;

    private final KeyHash hash = new KeyHash(3, 5);
    private final Tuples tuples = new Tuples(hash);
    private final List<Map<List<String>, Long>> minutes = new ArrayList<>();
    private boolean exact;

    @ParameterizedTest
    @CsvSource({
        // From rollups that hold everything; from rows, because rollups do not; and the rest with little room.
        "1, 20000, 8388608, 20000, 8388608, 20000, true",
        "2, 20000, 8388608, 20000, 8388608, 5, true",
        "3, 400, 1048576, 300, 100000, 30, false",
        "4, 400, 30000, 100, 4000, 10, false",
        "5, 20, 2000, 5, 100, 2, false"
    })
    void overview_saysWhatHappened(
            long seed, int rows, int keyBytes, int top, int textBytes, int rollupTop, boolean hasRoom) {
        exact = hasRoom;
        LiveTable table = new LiveTable(tuples.layout(), hash, rows, keyBytes, LiveTable.Overflow.FOLD);
        RingLimits limits = new RingLimits(60, top, textBytes, rollupTop);
        Sealer sealer = new Sealer(tuples.layout(), hash, MINUTE, limits, limits);
        RandomTraffic traffic = new RandomTraffic(seed);
        Random random = new Random(seed);
        for (int minute = 0; minute < 80; minute++) {
            Map<List<String>, Long> truth = new HashMap<>();
            for (int i = 50 + random.nextInt(150); i > 0; i--) {
                List<String> tuple = traffic.tuple(20 + 100 * (minute % 3));
                tuples.add(table, tuple, 1 + i % 2);
                truth.merge(escaped(tuple), 1L + i % 2, Long::sum);
            }
            minutes.add(truth);
            View view = sealer.rotate(table, (long) minute * MINUTE, false).view();
            table.clear();
            if (minute % 26 == 1) {
                ask(view, random, List.copyOf(truth.keySet()));
            }
        }
    }

    private void ask(View view, Random random, List<List<String>> known) {
        for (Window window : Window.values()) {
            for (Dimension dimension : Schema.LOGTAIL.dimensions()) {
                List<String> like = known.get(random.nextInt(known.size()));
                int any = random.nextInt(7);
                // A prefix stands for all that lie within it, which the truth below knows nothing of.
                int d = any == 1 ? 0 : any;
                boolean filtered = random.nextInt(3) > 0;
                Filter filter = filtered
                        ? Filter.ALL.and(Term.of(Schema.LOGTAIL.get(d), FilterOp.EQ, like.get(d)))
                        : Filter.ALL;
                Predicate<List<String>> matches =
                        tuple -> !filtered || tuple.get(d).equals(like.get(d));
                TopNQuery query = new TopNQuery(filter, List.of(dimension), 1 + random.nextInt(30), window);
                check(view, query, matches);
            }
        }
    }

    private void check(View view, TopNQuery query, Predicate<List<String>> matches) {
        Overview overview = Queries.overview(view, query, () -> false);
        assertThat(overview.ranking()).isEqualTo(Queries.topN(view, query, () -> false));
        Overview.Stretch window = overview.window();
        Overview.Stretch before = overview.before();
        checkTimes(query.window(), window, before);

        check("now", overview.now(), count(window.fromSeconds(), window.endSeconds(), matches));
        check("earlier", overview.earlier(), count(before.fromSeconds(), before.endSeconds(), matches));
        for (Moment moment : overview.trend()) {
            long end = moment.startSeconds() + window.bucketSeconds();
            check("trend", moment.requests(), count(moment.startSeconds(), end, matches));
        }
        assertThat(overview.details()).hasSameSizeAs(overview.ranking().rows());
        for (int i = 0; i < overview.details().size(); i++) {
            if (overview.ranking().rows().get(i).folded() == 0) {
                int column = Schema.LOGTAIL.indexOf(query.groupBy().get(0));
                String label = overview.ranking().rows().get(i).labels().get(0);
                Predicate<List<String>> own =
                        matches.and(tuple -> tuple.get(column).equals(label));
                check(overview, overview.details().get(i), own);
            }
        }
        if (exact) {
            assertThat(overview.folded()).isZero();
            assertThat(overview.changes()).isEqualTo(query.filter().equals(Filter.ALL) ? changes(overview) : List.of());
        } else {
            overview.changes().forEach(change -> checkChange(overview, change));
        }
    }

    /** The window is the newest buckets; what it is compared with ends where it begins, or less than a bucket before. */
    private void checkTimes(Window asked, Overview.Stretch window, Overview.Stretch before) {
        long end = (long) minutes.size() * MINUTE;
        long length = asked.coarse() ? 5 * MINUTE : MINUTE;
        assertThat(window.endSeconds()).isEqualTo(end / length * length);
        assertThat(window.seconds()).isEqualTo(Math.min(asked.buckets() * length, end / length * length));
        if (before.seconds() > 0) {
            assertThat(window.fromSeconds() - before.endSeconds()).isBetween(0L, before.bucketSeconds() - 1L);
            assertThat(before.seconds()).isLessThanOrEqualTo(window.seconds());
        } else {
            assertThat(window.fromSeconds()).isLessThan(asked == Window.W60M ? 5 * MINUTE : 1);
        }
    }

    private void check(Overview overview, Detail detail, Predicate<List<String>> own) {
        Overview.Stretch window = overview.window();
        Overview.Stretch before = overview.before();
        check("row", detail.now(), count(window.fromSeconds(), window.endSeconds(), own));
        atMost(
                "row before",
                detail.earlier(),
                count(before.fromSeconds(), before.endSeconds(), own).total());
        assertThat(detail.points()).hasSameSizeAs(overview.trend());
        for (int slot = 0; slot < detail.points().size(); slot++) {
            long start = overview.trend().get(slot).startSeconds();
            long truth = count(start, start + window.bucketSeconds(), own).total();
            atMost("point", detail.points().get(slot), truth);
        }
    }

    private void check(String what, StatusCounts counts, StatusCounts truth) {
        atMost(what, counts.total(), truth.total());
        atMost(what + " 2xx", counts.c2xx(), truth.c2xx());
        atMost(what + " 3xx", counts.c3xx(), truth.c3xx());
        atMost(what + " 4xx", counts.c4xx(), truth.c4xx());
        atMost(what + " 5xx", counts.c5xx(), truth.c5xx());
    }

    private void atMost(String what, long count, long truth) {
        AbstractLongAssert<?> check = assertThat(count).as(what);
        if (exact) {
            check.isEqualTo(truth);
        } else {
            check.isBetween(0L, truth);
        }
    }

    private StatusCounts count(long fromSeconds, long endSeconds, Predicate<List<String>> matches) {
        long[] sums = new long[StatusClass.values().length];
        for (long minute = fromSeconds / MINUTE; minute < endSeconds / MINUTE; minute++) {
            minutes.get((int) minute).forEach((tuple, count) -> {
                if (matches.test(tuple)) {
                    sums[StatusClass.of(Integer.parseInt(tuple.get(STATUS))).ordinal()] += count;
                }
            });
        }
        return new StatusCounts(sums[0] + sums[1] + sums[2] + sums[3] + sums[4], sums[0], sums[1], sums[2], sums[3]);
    }

    private void checkChange(Overview overview, Change change) {
        int column = Schema.LOGTAIL.indexOf(change.dimension());
        Predicate<List<String>> own = tuple -> tuple.get(column).equals(change.label());
        Overview.Stretch window = overview.window();
        Overview.Stretch before = overview.before();
        assertThat(change.now())
                .isBetween(
                        0L,
                        count(window.fromSeconds(), window.endSeconds(), own).total());
        assertThat(change.earlier())
                .isBetween(
                        0L,
                        count(before.fromSeconds(), before.endSeconds(), own).total());
    }

    /** The rules once more: a hundredth of all, ten at least, half as much again, not what is most of all anyway; two per dimension, six in all. */
    private List<Change> changes(Overview overview) {
        Overview.Stretch window = overview.window();
        Overview.Stretch before = overview.before();
        if (before.seconds() == 0) {
            return List.of();
        }
        double scale = (double) window.seconds() / before.seconds();
        double least = Math.max(
                10, 0.01 * Math.max(overview.now().total(), overview.earlier().total() * scale));
        Comparator<Change> greatest =
                Comparator.comparingDouble(change -> -Math.abs(change.now() - change.earlier() * scale));
        greatest = greatest.thenComparing(change -> Schema.LOGTAIL.indexOf(change.dimension()))
                .thenComparing(Change::label);
        List<Change> all = new ArrayList<>();
        for (Dimension dimension : Schema.LOGTAIL.dimensions()) {
            if (dimension.kind() == ColumnKind.FLAG) {
                continue;
            }
            int column = Schema.LOGTAIL.indexOf(dimension);
            Set<String> labels = new HashSet<>();
            minutes.forEach(minute -> minute.keySet().forEach(tuple -> labels.add(tuple.get(column))));
            labels.stream()
                    .map(label -> new Change(
                            dimension,
                            label,
                            count(window.fromSeconds(), window.endSeconds(), t -> t.get(column)
                                            .equals(label))
                                    .total(),
                            count(before.fromSeconds(), before.endSeconds(), t -> t.get(column)
                                            .equals(label))
                                    .total()))
                    .filter(change -> isOne(change.now(), change.earlier() * scale, least))
                    .filter(change -> change.now() * 2 <= overview.now().total()
                            || change.earlier() * 2 <= overview.earlier().total())
                    .sorted(greatest)
                    .limit(2)
                    .forEach(all::add);
        }
        return all.stream().sorted(greatest).limit(6).toList();
    }

    private static boolean isOne(double now, double earlier, double least) {
        return Math.abs(now - earlier) >= least && Math.max(now, earlier) >= 1.5 * Math.min(now, earlier);
    }

    private static List<String> escaped(List<String> tuple) {
        return tuple.stream()
                .map(text -> text.endsWith("(other)") ? "\\" + text : text)
                .toList();
    }
}
