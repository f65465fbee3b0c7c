package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import logtail.verify.harness.Answers;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Shared;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The families of FR-8 on real requests, label set by label set, to the byte and the millisecond as awk added them up. */
@NeedsJar
class MetricsAnswersTest {
    private enum Feed {
        V1("data/access/logtail_v1.log", "data/access/expected_v1"),
        V2("data/access/logtail_v2.log", "data/access/expected_v2"),
        MIXED("data/vectors/mixed.log", "data/vectors/expected_mixed"),
        DATAGRAMS("data/vectors/datagrams.bin", "data/vectors/expected_mixed"),
        NGINX_V1("data/nginx-captures/replay_v1.log", "data/nginx-captures/expected_replay_v1.log"),
        NGINX_V2("data/nginx-captures/replay_v2.log", "data/nginx-captures/expected_replay_v2.log");

        final String log;
        final Answers answers;

        Feed(String log, String answers) {
            this.log = log;
            this.answers = new Answers(answers);
        }

        boolean hasV2() {
            return this != V1 && this != NGINX_V1;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFamilyIsExact(Feed feed, @TempDir Path folder) throws IOException {
        try (Collector collector = feed == Feed.DATAGRAMS ? udp(feed) : file(feed, folder)) {
            long accepted = feed.answers.number("accepted_count");
            Await.until(
                    accepted + " lines",
                    () -> collector.metrics().count("logtail_lines_total"),
                    now -> now >= accepted);
            Metrics page = collector.metrics();
            assertThat(page.count("logtail_lines_total")).isEqualTo(accepted);
            counters(page, feed.answers);
            histograms(page, feed.answers);
            buckets(page, feed.answers);
            familiesOfV2(page, feed.hasV2());
            assertThat(page.count("logtail_prom_series_dropped_total")).isZero();
        }
    }

    private static Collector file(Feed feed, Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("access.log"));
        Collector collector = Collector.start("--logs", file.toString());
        Files.write(file, Files.readAllBytes(Shared.file(feed.log)), StandardOpenOption.APPEND);
        return collector;
    }

    private static Collector udp(Feed feed) throws IOException {
        int port = Udp.freePort();
        byte[] records = Files.readAllBytes(Shared.file(feed.log));
        Collector collector = Collector.start("--logtail-port", Integer.toString(port));
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(records));
                Udp sender = new Udp(port)) {
            while (in.available() > 0) {
                sender.send(in.readNBytes(in.readUnsignedShort()));
                LockSupport.parkNanos(1_000_000); // a receive buffer holds some hundred of these
            }
        }
        return collector;
    }

    private static void counters(Metrics page, Answers answers) {
        counter(
                page,
                answers,
                "requests_total__host_method_status",
                "nginx_http_requests_total",
                "host",
                "method",
                "status");
        counter(
                page,
                answers,
                "requests_by_source__tag_class",
                "nginx_http_requests_by_source_total",
                "source_tag",
                "status_class");
        counter(
                page,
                answers,
                "upstream_requests__host_tag_class",
                "nginx_http_upstream_requests_total",
                "host",
                "source_tag",
                "status_class");
    }

    private static void counter(Metrics page, Answers answers, String file, String family, String... labels) {
        Map<List<String>, Long> expected = new HashMap<>();
        for (List<String> row : answers.table("prom_" + file)) {
            expected.put(row.subList(0, labels.length), Long.parseLong(row.get(labels.length)));
        }
        Map<List<String>, Long> shown = new HashMap<>();
        page.samples(family).forEach(sample -> shown.put(values(sample, labels), Math.round(sample.value())));
        assertThat(shown).as(family).isEqualTo(expected);
    }

    private static void histograms(Metrics page, Answers answers) {
        histogram(page, answers, "bytes_sent__host_tag_count_sum", "nginx_http_bytes_sent", 0);
        histogram(page, answers, "request_bytes__host_tag_count_sum", "nginx_http_request_bytes", 0);
        histogram(
                page, answers, "request_duration__host_tag_count_sumMillis", "nginx_http_request_duration_seconds", 3);
        histogram(
                page,
                answers,
                "upstream_duration__host_tag_count_sumMillis",
                "nginx_http_upstream_duration_seconds",
                3);
    }

    /**
     * @param digits decimal places that the sums of the file are shifted by: they are in milliseconds, those of the
     *     page in seconds
     */
    private static void histogram(Metrics page, Answers answers, String file, String family, int digits) {
        Map<List<String>, List<BigDecimal>> expected = new HashMap<>();
        for (List<String> row : answers.table("prom_" + file)) {
            expected.put(row.subList(0, 2), List.of(decimal(row.get(2)), decimal(row.get(3))));
        }
        Map<List<String>, List<BigDecimal>> shown = new HashMap<>();
        page.samples(family + "_count").forEach(count -> {
            List<String> labels = values(count, "host", "source_tag");
            double sum = page.sum(family + "_sum", "host", labels.get(0), "source_tag", labels.get(1));
            BigDecimal shifted = new BigDecimal(Double.toString(sum)).movePointRight(digits);
            shown.put(labels, List.of(decimal(Double.toString(count.value())), decimal(shifted.toString())));
        });
        assertThat(shown).as(family).isEqualTo(expected);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }

    private static List<String> values(Metrics.Sample sample, String... labels) {
        List<String> values = new ArrayList<>();
        for (String label : labels) {
            values.add(sample.labels().get(label));
        }
        assertThat(sample.labels()).hasSize(labels.length);
        return values;
    }

    private static void buckets(Metrics page, Answers answers) {
        buckets(page, answers, "hist_bytes_sent_le", "nginx_http_bytes_sent");
        buckets(page, answers, "hist_request_time_le", "nginx_http_request_duration_seconds");
    }

    private static void buckets(Metrics page, Answers answers, String file, String family) {
        Map<Double, Long> expected = new HashMap<>();
        answers.table(file).forEach(row -> expected.put(bound(row.get(0)), Long.parseLong(row.get(1))));
        Map<Double, Long> shown = new HashMap<>();
        page.samples(family + "_bucket")
                .forEach(bucket -> shown.merge(bound(bucket.label("le")), Math.round(bucket.value()), Long::sum));
        assertThat(shown).as(family).isEqualTo(expected);
    }

    private static double bound(String le) {
        return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    }

    /** Case G13. */
    private static void familiesOfV2(Metrics page, boolean expected) {
        for (String family : List.of(
                "nginx_http_request_bytes_count",
                "nginx_http_upstream_duration_seconds_count",
                "nginx_http_upstream_requests_total")) {
            assertThat(page.has(family)).as(family).isEqualTo(expected);
        }
    }
}
