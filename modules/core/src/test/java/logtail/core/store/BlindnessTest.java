package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import logtail.core.attack.Attack;
import logtail.core.attack.AttackTraffic;
import logtail.core.attack.TrafficScale;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.query.Filter;
import logtail.core.query.Queries;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.FilterOp;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.time.Window;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bar of D10: what is biggest stays right under attacks built to blind, in fine and in coarse windows. */
class BlindnessTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int MINUTES = 5;
    private static final int TOP = 10;

    /** Rows of fewer requests are noise. */
    private static final int ROW_MIN = 100;

    private static final int WEBSITE = 0;
    private static final int PREFIX = 1;
    private static final int URI = 2;
    private static final int ASN = 5;

    private static final double WORST_ALLOWED = 0.01;
    private static final double WORST_ALLOWED_OF_THE_SITE = 0.02;

    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final KeyHash hash = new KeyHash(3, 5);
    private final StringBuilder report = new StringBuilder();

    /** Requests by number of the value. */
    private static final class Truth {
        final Map<Integer, int[]> websites = new HashMap<>();
        final Map<Integer, int[]> prefixes = new HashMap<>();
        final Map<Integer, int[]> uris = new HashMap<>();
        final Map<Integer, int[]> asns = new HashMap<>();
        final Map<Integer, int[]> sitePrefixes = new HashMap<>();
        final Map<Integer, int[]> siteUris = new HashMap<>();

        void add(AttackTraffic traffic) {
            count(websites, traffic.site());
            count(prefixes, traffic.prefix());
            count(uris, traffic.path());
            count(asns, traffic.asn(traffic.prefix()));
            if (traffic.site() == AttackTraffic.ATTACKED_SITE) {
                count(sitePrefixes, traffic.prefix());
                count(siteUris, traffic.path());
            }
        }

        private static void count(Map<Integer, int[]> counts, int value) {
            counts.computeIfAbsent(value, v -> new int[1])[0]++;
        }
    }

    @ParameterizedTest
    @EnumSource(Attack.class)
    void theTrueTopTen_areShownToTheirPercent(Attack attack) {
        // A row of the site has some thirty requests a minute then: one of them is three percent.
        noise = 2 * MINUTES;
        run(attack, 10);
    }

    @Tag("bench")
    @ParameterizedTest
    @EnumSource(Attack.class)
    void theTrueTopTen_areShownAtFullSize(Attack attack) {
        String only = System.getProperty("logtail.attack", "");
        assumeTrue(only.isEmpty() || attack.name().equals(only));
        run(attack, 1);
    }

    private void run(Attack attack, int divisor) {
        // The heads of the distributions do not shrink with the traffic, so that rollups shrink less.
        int heads = Math.min(2, divisor);
        RingLimits fine = new RingLimits(60, 50_000 / divisor, (6 << 20) / heads, 2_000 / heads);
        RingLimits coarse = new RingLimits(288, 5_000 / divisor, (1 << 20) / heads, 1_000 / heads);
        Sealer sealer = new Sealer(layout, hash, 60, fine, coarse);
        LiveTable table = new LiveTable(layout, hash, 100_000 / divisor, (32 << 20) / divisor, LiveTable.Overflow.FOLD);
        AttackTraffic traffic = new AttackTraffic(attack, TrafficScale.FULL.dividedBy(divisor), 42);
        Truth truth = new Truth();
        Batch batch = new Batch(1 << 20, new InputStats("file:test", Schema.LOGTAIL));
        LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
        long storeNs = 0;
        long sealNs = 0;
        long requests = 0;
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int second = 0; second < 60; second++) {
                int left = traffic.perSecond();
                requests += left;
                while (left > 0) {
                    left -= fill(batch, traffic, truth, second, left);
                    decoder.decode(batch);
                    long before = THREADS.getCurrentThreadCpuTime();
                    table.add(batch);
                    storeNs += THREADS.getCurrentThreadCpuTime() - before;
                }
            }
            assertThat(table.rows()).isLessThanOrEqualTo(100_000 / divisor);
            long before = THREADS.getCurrentThreadCpuTime();
            sealer.rotate(table, 60L * minute, false);
            sealNs += THREADS.getCurrentThreadCpuTime() - before;
            table.clear();
        }
        report.append("%-11s store %4d ns/request, seal %4d ms/minute%n"
                .formatted(attack, storeNs / requests, sealNs / MINUTES / 1_000_000));
        for (Window window : List.of(Window.W5M, Window.W6H)) {
            score(sealer.view(), window, truth, traffic);
        }
        System.out.print(report);
        assertThat(failures).as("%s", report).isEmpty();
    }

    private final List<String> failures = new ArrayList<>();

    /** Requests of a row of the attacked site that may be missing whatever its size. */
    private int noise;

    private static int fill(Batch batch, AttackTraffic traffic, Truth truth, int second, int most) {
        int length = 0;
        int requests = 0;
        while (requests < most && length < batch.rawCapacity() - 9_000) {
            traffic.next(second);
            truth.add(traffic);
            byte[] line = traffic.line();
            System.arraycopy(line, 0, batch.raw(), length, line.length);
            length += line.length;
            requests++;
        }
        batch.rawLength(length);
        batch.received(0, 0, null, false);
        return requests;
    }

    private void score(View view, Window window, Truth truth, AttackTraffic traffic) {
        Filter site = Filter.ALL.and(
                Term.of(Schema.LOGTAIL.get(WEBSITE), FilterOp.EQ, AttackTraffic.siteName(AttackTraffic.ATTACKED_SITE)));
        report.append("  %-3s".formatted(window.text()));
        worst(view, window, Filter.ALL, WEBSITE, truth.websites, AttackTraffic::siteName, WORST_ALLOWED);
        worst(view, window, Filter.ALL, PREFIX, truth.prefixes, traffic::prefixName, WORST_ALLOWED);
        worst(view, window, Filter.ALL, URI, truth.uris, AttackTraffic::pathName, WORST_ALLOWED);
        worst(view, window, Filter.ALL, ASN, truth.asns, Integer::toString, WORST_ALLOWED);
        worst(view, window, site, PREFIX, truth.sitePrefixes, traffic::prefixName, WORST_ALLOWED_OF_THE_SITE);
        worst(view, window, site, URI, truth.siteUris, AttackTraffic::pathName, WORST_ALLOWED_OF_THE_SITE);
        report.append("\n");
    }

    private void worst(
            View view,
            Window window,
            Filter filter,
            int dimension,
            Map<Integer, int[]> truth,
            IntFunction<String> name,
            double allowed) {
        TopNQuery query = new TopNQuery(filter, List.of(Schema.LOGTAIL.get(dimension)), 1_000, window);
        TopNAnswer answer = Queries.topN(view, query, () -> false);
        Map<String, TopNAnswer.Row> rows = new HashMap<>();
        answer.rows().forEach(row -> rows.put(row.labels().get(0), row));
        int spared = filter.terms().isEmpty() ? 0 : noise;
        double worst = 0;
        List<Map.Entry<Integer, int[]>> top = truth.entrySet().stream()
                .filter(e -> e.getValue()[0] >= ROW_MIN)
                .sorted(Comparator.comparing(e -> -e.getValue()[0]))
                .limit(TOP)
                .toList();
        for (Map.Entry<Integer, int[]> entry : top) {
            int really = entry.getValue()[0];
            TopNAnswer.Row row = rows.get(name.apply(entry.getKey()));
            long count = row == null ? 0 : row.count();
            assertThat(count).isLessThanOrEqualTo(really);
            assertThat(row == null || row.atMost() >= really).isTrue();
            worst = Math.max(worst, (double) Math.max(0, really - count - spared) / really);
        }
        String what =
                (filter.terms().isEmpty() ? "" : "site,") + query.groupBy().get(0);
        report.append(" %s %.2f%%/%d".formatted(what, 100 * worst, top.size()));
        if (worst > allowed) {
            failures.add(window.text() + " " + what + " " + worst);
        }
    }
}
