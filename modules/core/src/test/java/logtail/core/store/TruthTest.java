package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import logtail.core.query.Filter;
import logtail.core.query.Queries;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Prefix;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * From requests to answers, with every limit far too small, against a map that knows every request (D11): whatever was
 * folded, by the live table, when a bucket was cut, or when five were merged, no answer says more than is true.
 */
class TruthTest {
    private static final List<Window> WINDOWS = List.of(Window.W1M, Window.W5M, Window.W15M, Window.W60M, Window.W6H);

    private final KeyHash hash = new KeyHash(3, 5);
    private final Tuples tuples = new Tuples(hash);
    private final List<Map<List<String>, Long>> minutes = new ArrayList<>();

    private record Question(Filter filter, Predicate<List<String>> matches, List<Dimension> groupBy) {}

    private static Dimension dimension(int index) {
        return Schema.LOGTAIL.get(index);
    }

    private Map<List<String>, Long> truth(Window window, View view) {
        int end = minutes.size();
        int buckets = window.buckets() * (window.coarse() ? 5 : 1);
        end = window.coarse() ? end / 5 * 5 : end;
        Map<List<String>, Long> sums = new HashMap<>();
        for (Map<List<String>, Long> minute : minutes.subList(Math.max(0, end - buckets), end)) {
            minute.forEach((tuple, count) -> sums.merge(tuple, count, Long::sum));
        }
        assertThat(view.fine()).isNotEmpty();
        return sums;
    }

    private Question question(Random random, List<String> like) {
        List<Dimension> groupBy = new ArrayList<>();
        int places = 1 + random.nextInt(10) / 4;
        while (groupBy.size() < places) {
            Dimension dimension = dimension(random.nextInt(4) == 0 ? random.nextInt(7) : random.nextInt(3));
            if (!groupBy.contains(dimension)) {
                groupBy.add(dimension);
            }
        }
        Filter filter = Filter.ALL;
        Predicate<List<String>> matches = tuple -> true;
        for (int i = random.nextInt(3); i > 0; i--) {
            int d = random.nextInt(3) == 0 ? random.nextInt(7) : random.nextInt(2) * 2;
            boolean equal = random.nextInt(3) > 0;
            String operand = like.get(d);
            filter = filter.and(Term.of(dimension(d), equal ? FilterOp.EQ : FilterOp.NE, operand));
            matches = matches.and(tuple -> isOrLiesIn(tuple.get(d), operand, dimension(d)) == equal);
        }
        if (random.nextInt(3) == 0) {
            int hundred = 1 + random.nextInt(6);
            filter = filter.and(Term.of(dimension(3), FilterOp.GE, hundred + "00"))
                    .and(Term.of(dimension(3), FilterOp.LT, hundred + 1 + "00"));
            matches = matches.and(tuple -> Integer.parseInt(tuple.get(3)) / 100 == hundred);
        }
        return new Question(filter, matches, List.copyOf(groupBy));
    }

    private static boolean isOrLiesIn(String value, String operand, Dimension dimension) {
        if (dimension.kind() != ColumnKind.PREFIX) {
            return value.equals(operand);
        }
        byte[] outer = Objects.requireNonNull(Prefix.parse(operand));
        return Prefix.contains(outer, Objects.requireNonNull(Prefix.parse(value)));
    }

    private static void check(View view, Question question, Window window, int n, Map<List<String>, Long> truth) {
        Map<List<String>, Long> groups = new HashMap<>();
        long all = 0;
        for (Map.Entry<List<String>, Long> entry : truth.entrySet()) {
            if (question.matches.test(entry.getKey())) {
                List<String> labels = question.groupBy.stream()
                        .map(d -> entry.getKey().get(Schema.LOGTAIL.indexOf(d)))
                        .toList();
                groups.merge(labels, entry.getValue(), Long::sum);
                all += entry.getValue();
            }
        }
        TopNAnswer answer =
                Queries.topN(view, new TopNQuery(question.filter, question.groupBy, n, window), () -> false);

        assertThat(all).as("%s", question).isBetween(answer.total(), answer.total() + answer.unknown());
        long listed = 0;
        Set<List<String>> seen = new HashSet<>();
        for (TopNAnswer.Row row : answer.rows()) {
            listed += row.count();
            assertThat(row.count()).isPositive();
            if (row.folded() == 0) {
                assertThat(seen.add(row.labels())).isTrue();
                assertThat(groups.getOrDefault(row.labels(), 0L))
                        .as("%s of %s", row, question)
                        .isBetween(row.count(), row.atMost());
            }
        }
        assertThat(listed).isLessThanOrEqualTo(answer.total());
        if (answer.rows().size() < n) {
            assertThat(listed).as("%s", question).isEqualTo(answer.total());
        }
        if (answer.exact()) {
            assertThat(answer.total()).isEqualTo(all);
            assertThat(answer.rows()).hasSize(Math.min(n, groups.size())).allMatch(row -> row.atMost() == row.count());
        }
        checkTrend(view, question, window, all);
    }

    private static void checkTrend(View view, Question question, Window window, long all) {
        TrendAnswer trend = Queries.trend(view, new TrendQuery(question.filter, window), () -> false);
        long sure = trend.points().stream().mapToLong(TrendAnswer.Point::count).sum();
        long unknown =
                trend.points().stream().mapToLong(TrendAnswer.Point::unknown).sum();
        assertThat(all).as("%s", question).isBetween(sure, sure + unknown);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5000, 1048576, 1000, 100000, 300",
        "2, 400, 1048576, 300, 100000, 30",
        "3, 400, 30000, 100, 4000, 10",
        "4, 50, 100000, 20, 1000, 5",
        "5, 20, 2000, 5, 100, 2",
        "6, 1, 1000, 1, 1, 1",
        "7, 3000, 1048576, 50, 100000, 300",
        "8, 300, 1048576, 3000, 1048576, 3",
        "9, 800, 1048576, 400, 20000, 60"
    })
    void everyAnswer_saysWhatIsSureAndWhatIsPossible(
            long seed, int rows, int keyBytes, int top, int textBytes, int rollupTop) {
        LiveTable table = new LiveTable(tuples.layout(), hash, rows, keyBytes, LiveTable.Overflow.FOLD);
        RingLimits limits = new RingLimits(60, top, textBytes, rollupTop);
        RingLimits coarse = new RingLimits(60, Math.max(1, top / 3), textBytes, Math.max(1, rollupTop / 2));
        Sealer sealer = new Sealer(tuples.layout(), hash, 60, limits, coarse);
        RandomTraffic traffic = new RandomTraffic(seed);
        Random random = new Random(seed);
        for (int minute = 0; minute < 17; minute++) {
            Map<List<String>, Long> truth = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                List<String> tuple = traffic.tuple(50 + 400 * (minute % 3));
                tuples.add(table, tuple, 1 + i % 2);
                truth.merge(escaped(tuple), 1L + i % 2, Long::sum);
            }
            minutes.add(truth);
            View view = sealer.rotate(table, minute * 60L, false).view();
            table.clear();
            if (minute % 4 != 0) {
                continue;
            }
            List<List<String>> known = List.copyOf(truth.keySet());
            for (int i = 0; i < 25; i++) {
                Question question = question(random, known.get(random.nextInt(known.size())));
                Window window = WINDOWS.get(random.nextInt(WINDOWS.size()));
                int n = random.nextInt(3) == 0 ? 2_000 : 1 + random.nextInt(20);
                check(view, question, window, n, truth(window, view));
            }
        }
    }

    private static List<String> escaped(List<String> tuple) {
        return tuple.stream()
                .map(text -> text.endsWith("(other)") ? "\\" + text : text)
                .toList();
    }
}
