package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import logtail.core.query.Filter;
import logtail.core.query.Queries;
import logtail.core.query.QueryWarmUp;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.store.View;
import logtail.core.time.Window;
import logtail.verify.bench.DuckRows;
import logtail.verify.bench.FullRings;
import logtail.verify.harness.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Questions to full rings, one at a time on one thread, beside DuckDB over the same rows with one thread. Measured is the
 * CPU time of the thread that asks, which does the work in both: what else a machine does is none of their business. The
 * very first call counts, as after a start; then the answers are compared.
 */
@Tag("bench")
class QueryBenchTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 40;
    private static final int PEER_ROUNDS = 3;
    private static final int ROWS = 10;

    /** As a node takes before it is ready. */
    private static final long WARM_UP_NANOS = 1_500_000_000;

    @Test
    void realisticTraffic() throws Exception {
        measure("realistic", FullRings.of(false));
    }

    @Test
    void everythingUnique() throws Exception {
        measure("all-unique", FullRings.of(true));
    }

    /**
     * A question in both languages.
     *
     * @param by dimension; empty for a trend
     * @param compared whether it counts in the comparison
     */
    private record Question(String name, Window window, String by, String filter, String sqlFilter, boolean compared) {
        String sql() {
            String what = by.isEmpty() ? "start" : by;
            String order = by.isEmpty() ? "1" : "2 desc, 1 limit " + ROWS;
            return "select " + what + "::varchar, sum(requests)::bigint from " + (window.coarse() ? "coarse" : "fine")
                    + (sqlFilter.isEmpty() ? "" : " where " + sqlFilter) + " group by " + what + " order by " + order;
        }
    }

    private static final List<Question> QUESTIONS = List.of(
            new Question("1 h by website", Window.W60M, "website", "", "", true),
            new Question("1 h by uri", Window.W60M, "uri", "", "", true),
            new Question("1 h by prefix", Window.W60M, "prefix", "", "", true),
            new Question(
                    "1 h by website, uri regex",
                    Window.W60M,
                    "website",
                    "uri~=^/(api|blog)/.*admin",
                    "regexp_matches(uri, '^/(api|blog)/.*admin')",
                    true),
            new Question(
                    "1 h by prefix, website regex",
                    Window.W60M,
                    "prefix",
                    "website~=^h1.*example\\.(ch|nl)$",
                    "regexp_matches(website, '^h1.*example\\.(ch|nl)$')",
                    true),
            new Question("24 h by prefix", Window.W24H, "prefix", "", "", true),
            new Question("24 h by website", Window.W24H, "website", "", "", false),
            new Question("24 h by uri", Window.W24H, "uri", "", "", false),
            new Question(
                    "1 h by uri, status class and site",
                    Window.W60M,
                    "uri",
                    "status=4xx AND website!=h0.s0.index.example.ch",
                    "status between 400 and 499 and website <> 'h0.s0.index.example.ch'",
                    false),
            new Question("1 h trend", Window.W60M, "", "", "", false),
            new Question(
                    "1 h trend, website regex",
                    Window.W60M,
                    "",
                    "website~=^h1.*example\\.(ch|nl)$",
                    "regexp_matches(website, '^h1.*example\\.(ch|nl)$')",
                    false),
            new Question("1 h trend, 5xx", Window.W60M, "", "status=5xx", "status between 500 and 599", false));

    private static void measure(String traffic, View view) throws Exception {
        Figures figures = new Figures("queries " + traffic);
        long end = System.nanoTime() + WARM_UP_NANOS;
        QueryWarmUp.run(Schema.LOGTAIL, () -> System.nanoTime() - end >= 0);
        try (DuckRows peer = new DuckRows(view)) {
            double logs = 0;
            int compared = 0;
            for (Question question : QUESTIONS) {
                double first = ms(() -> ask(view, question));
                check(question, ask(view, question), peer);
                double[] ours = sorted(ROUNDS, () -> ask(view, question));
                double[] theirs = sorted(PEER_ROUNDS, () -> peer.rows(question.sql()));
                double median = ours[ROUNDS / 2];
                double ratio = theirs[PEER_ROUNDS / 2] / median;
                figures.add(
                        traffic + ", " + question.name,
                        "first %.1f ms, p50 %.2f ms, p99 %.2f ms; DuckDB p50 %.0f ms: %s times faster",
                        first,
                        median,
                        ours[ROUNDS * 99 / 100],
                        theirs[PEER_ROUNDS / 2],
                        String.format(Locale.ROOT, ratio < 10 ? "%.1f" : "%.0f", ratio));
                if (question.compared) {
                    logs += Math.log(ratio);
                    compared++;
                }
            }
            figures.add(traffic + ", geometric mean of the first six", "%.0f times faster", Math.exp(logs / compared));
        }
        figures.write();
    }

    private static Object ask(View view, Question question) throws ExpressionException {
        Filter filter = Expression.parse(question.filter, Schema.LOGTAIL);
        if (question.by.isEmpty()) {
            return Queries.trend(view, new TrendQuery(filter, question.window), () -> false);
        }
        Dimension by = Schema.LOGTAIL.named(question.by).orElseThrow();
        return Queries.topN(view, new TopNQuery(filter, List.of(by), ROWS, question.window), () -> false);
    }

    /** Both have to say the same. */
    private static void check(Question question, Object answer, DuckRows peer) throws SQLException {
        List<DuckRows.Row> expected = peer.rows(question.sql());
        if (answer instanceof TopNAnswer ranking) {
            assertThat(ranking.rows().stream()
                            .map(row -> new DuckRows.Row(row.labels().get(0), row.count())))
                    .as(question.name)
                    .isNotEmpty()
                    .containsExactlyElementsOf(expected);
        } else {
            assertThat(((TrendAnswer) answer)
                            .points().stream()
                                    .mapToLong(TrendAnswer.Point::count)
                                    .filter(count -> count > 0)
                                    .sum())
                    .as(question.name)
                    .isPositive()
                    .isEqualTo(expected.stream().mapToLong(DuckRows.Row::count).sum());
        }
    }

    private static double[] sorted(int rounds, Callable<?> question) throws Exception {
        double[] ms = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ms[i] = ms(question);
        }
        Arrays.sort(ms);
        return ms;
    }

    private static double ms(Callable<?> question) throws Exception {
        long start = THREADS.getCurrentThreadCpuTime();
        Object answer = question.call();
        double ms = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        assertThat(answer).isNotNull();
        return ms;
    }
}
