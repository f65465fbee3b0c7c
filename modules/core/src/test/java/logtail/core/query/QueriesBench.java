package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Prefix;
import logtail.core.schema.Schema;
import logtail.core.store.Bucket;
import logtail.core.store.Column;
import logtail.core.store.Texts;
import logtail.core.store.View;
import logtail.core.time.Window;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long questions take over a full fine ring: 60 buckets of 50 000 rows, in calm traffic and when every request has
 * a path of its own. Prints the CPU time of the thread, median and slowest of nine runs; nothing is asserted but the answers, since
 * time depends on the machine.
 */
@Tag("bench")
class QueriesBench {
    private static final int BUCKETS = 60;
    private static final int ROWS = 50_000;
    private static final int RUNS = 9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Test
    void calmTraffic() {
        run("calm", view(5_000, 200_000, 60_000, 2_000));
    }

    @Test
    void pathsThatNeverRepeat() {
        run("unique paths", view(5_000, BUCKETS * ROWS, 400_000, 20_000));
    }

    private static void run(String traffic, View view) {
        Filter all = Filter.ALL;
        Filter errors = all.and(Term.of(Dims.STATUS, FilterOp.GE, "400"));
        Filter site = all.and(Term.of(Dims.WEBSITE, FilterOp.EQ, "site7.example.org"));
        for (Dimension dimension : Schema.LOGTAIL.dimensions()) {
            topN(traffic, view, all, dimension);
        }
        topN(traffic, view, errors, Dims.PREFIX);
        topN(traffic, view, site, Dims.URI);
        topN(traffic, view, regex(Dims.WEBSITE, "site1.*"), Dims.PREFIX);
        topN(traffic, view, regex(Dims.URI, "^/shop/1"), Dims.WEBSITE);
        topN(traffic, view, regex(Dims.URI, "page-7.*html$"), Dims.WEBSITE);
        topN(traffic, view, regex(Dims.URI, "(?i)PAGE-77"), Dims.WEBSITE);
        topN(traffic, view, all.and(Term.of(Dims.URI, FilterOp.EQ, "/nowhere")), Dims.WEBSITE);
        topN(traffic, view, all, Dims.WEBSITE, Dims.STATUS);
        topN(traffic, view, all, Dims.WEBSITE, Dims.PREFIX);
        topN(traffic, view, all, Dims.WEBSITE, Dims.URI);
        topN(traffic, view, all, Schema.LOGTAIL.dimensions().toArray(new Dimension[0]));
        trend(traffic, view, all);
        trend(traffic, view, errors);
        trend(traffic, view, regex(Dims.WEBSITE, "site1.*"));
        measure(traffic + ": 50 000 rows by prefix", () -> {
            TopNQuery query = new TopNQuery(all, List.of(Dims.PREFIX), TopNQuery.ROWS_MAX, Window.W60M);
            assertThat(Queries.topN(view, query, () -> false).rows()).hasSize(TopNQuery.ROWS_MAX);
        });
    }

    private static Filter regex(Dimension dimension, String pattern) {
        return Filter.ALL.and(Term.of(dimension, FilterOp.MATCH, pattern));
    }

    private static void topN(String traffic, View view, Filter filter, Dimension... groupBy) {
        TopNQuery query = new TopNQuery(filter, List.of(groupBy), 25, Window.W60M);
        long total = Queries.trend(view, new TrendQuery(filter, Window.W60M), () -> false).points().stream()
                .mapToLong(TrendAnswer.Point::count)
                .sum();
        measure(
                traffic + ": 1 h by " + Arrays.toString(groupBy) + " " + filter.terms(),
                () -> assertThat(Queries.topN(view, query, () -> false).total()).isEqualTo(total));
    }

    private static void trend(String traffic, View view, Filter filter) {
        TrendQuery query = new TrendQuery(filter, Window.W60M);
        measure(traffic + ": 1 h trend " + filter.terms(), () -> assertThat(
                        Queries.trend(view, query, () -> false).buckets())
                .isEqualTo(BUCKETS));
    }

    private static void measure(String what, Runnable question) {
        double[] millis = new double[RUNS];
        question.run();
        for (int i = 0; i < RUNS; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            question.run();
            millis[i] = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("%8.1f ms median %8.1f ms slowest  %s%n", millis[RUNS / 2], millis[RUNS - 1], what);
    }

    private static View view(int websites, int uris, int prefixes, int asns) {
        Random random = new Random(7);
        List<Texts> texts = List.of(
                texts(websites, i -> ("site" + i + ".example.org").getBytes(StandardCharsets.UTF_8)),
                texts(prefixes, QueriesBench::prefix),
                texts(uris, i -> ("/shop/" + i % 97 + "/page-" + i + ".html").getBytes(StandardCharsets.UTF_8)),
                texts(0, i -> new byte[0]),
                texts(0, i -> new byte[0]),
                texts(0, i -> new byte[0]),
                texts(6, i -> ("tag" + i).getBytes(StandardCharsets.UTF_8)));
        List<Bucket> buckets = new ArrayList<>();
        int[] statuses = {200, 200, 200, 200, 200, 200, 200, 301, 304, 404, 429, 503};
        for (int b = 0; b < BUCKETS; b++) {
            int[][] cells = new int[7][ROWS];
            long[] counts = new long[ROWS];
            for (int row = 0; row < ROWS; row++) {
                cells[0][row] = skewed(random, websites);
                cells[1][row] = skewed(random, prefixes);
                cells[2][row] = uris < BUCKETS * ROWS ? skewed(random, uris) : b * ROWS + row + 1;
                cells[3][row] = statuses[random.nextInt(statuses.length)];
                cells[4][row] = random.nextInt(50) == 0 ? 1 : 0;
                cells[5][row] = 64_512 + skewed(random, asns) * 17;
                cells[6][row] = 1 + random.nextInt(6);
                counts[row] = 1 + 40_000 / (row + 1);
            }
            List<Column> columns = Arrays.stream(cells).map(Column::of).toList();
            long total = Arrays.stream(counts).sum();
            buckets.add(new Bucket(b * 60L, 60, false, false, total, columns, Column.of(new int[ROWS]), counts));
        }
        return new View(Schema.LOGTAIL, buckets, List.of(), texts, 60, 0, BUCKETS * 60L);
    }

    /** Ids from 1 on; small ones are far more frequent. */
    private static int skewed(Random random, int ids) {
        return (int) Math.pow(ids, random.nextDouble());
    }

    private static byte[] prefix(int i) {
        String cidr = "10." + i / 256 % 256 + "." + i % 256 + "." + i / 65_536 % 256 + "/32";
        return Objects.requireNonNull(Prefix.parse(cidr));
    }

    private static Texts texts(int size, java.util.function.IntFunction<byte[]> text) {
        byte[][] values = new byte[size + 1][];
        for (int id = 1; id <= size; id++) {
            values[id] = text.apply(id);
        }
        return new Texts() {
            @Override
            public byte[] get(int id) {
                return values[id];
            }

            @Override
            public int limit() {
                return values.length;
            }
        };
    }
}
