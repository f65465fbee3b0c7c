package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Http;
import logtail.verify.harness.Jar;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Promtool;
import logtail.verify.harness.Tools;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics page, readiness, and what hostile labels do to them; by the case numbers of (g). */
@NeedsJar
class MetricsTest {
    /** As sent, and as it must read on the page. */
    private static final Map<byte[], String> HOSTILE = Map.ofEntries(
            label("back\\slash"),
            label("quo\"te"),
            label("\\"),
            label("\\\""),
            label("\\n"),
            label("} 1"),
            label("\",x=\"y"),
            label("# HELP x"),
            label("\u001b[31m"),
            label("\u2028"),
            label("m\u00fcnchen.example"),
            label("\ud83d\ude00"),
            label(" "),
            Map.entry(bytes("(other)"), "\\(other)"),
            Map.entry(new byte[] {(byte) 0xff, (byte) 0xfe}, "\ufffd\ufffd"),
            Map.entry(new byte[] {'a', 0, 'b'}, "a\ufffdb"),
            Map.entry(new byte[] {(byte) 0xc3}, "\ufffd"),
            Map.entry(bytes("h".repeat(5_000)), "(other)"));

    private static Collector collector;
    private static LogWriter log;
    private static int udpPort;

    private static Map.Entry<byte[], String> label(String text) {
        return Map.entry(bytes(text), text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A collector that has seen everything there is to see. */
    @BeforeAll
    static void load(@TempDir Path folder) throws IOException {
        udpPort = Udp.freePort();
        log = new LogWriter(folder.resolve("access \"odd\\\" name.log"), new Numbered("www.example.org"));
        collector = Collector.start(
                "--logs", folder + "/*.log", "--logtail-port", Integer.toString(udpPort), "--prom-series", "100000");
        log.lines(200);
        ByteArrayOutputStream hostile = new ByteArrayOutputStream();
        for (byte[] label : HOSTILE.keySet()) {
            hostile.write(line(label, label, label));
        }
        log.raw(hostile.toByteArray());
        log.raw("no line at all\n");
        log.raw("v2\ta\t192.0.2.1\tGET\t/\t200\tx\ty\tz\t0.1, 0.2\t502, 200\t0\tasn\tt\t-\t-\n");
        for (String status : List.of("099", "1000", "000")) {
            log.raw(line(bytes("g14.test"), bytes("GET"), bytes("g14"), status));
        }
        try (Udp sender = new Udp(udpPort)) {
            sender.send(new Numbered("udp.example.org").next(3) + "v9\tnot\ta\tline\n");
        }
        collector.topn("--window", "1m");
        long lines = 200 + HOSTILE.size() + 1 + 3 + 3;
        Await.until(lines + " lines", () -> collector.metrics().count("logtail_lines_total"), now -> now >= lines);
    }

    private static byte[] line(byte[] host, byte[] method, byte[] tag) {
        return line(host, method, tag, "200");
    }

    private static byte[] line(byte[] host, byte[] method, byte[] tag, String status) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(bytes("v2\t"));
        line.writeBytes(host);
        line.writeBytes(bytes("\t192.0.2.1\t"));
        line.writeBytes(method);
        line.writeBytes(bytes("\t/\t" + status + "\t100\t10\t0.001\t0.001\t200\t0\t0\t"));
        line.writeBytes(tag);
        line.writeBytes(bytes("\t-\t-\n"));
        return line.toByteArray();
    }

    @AfterAll
    static void stop() {
        log.close();
        collector.close();
    }

    private static int port() {
        return collector.process().port("prometheus", "collector");
    }

    private static String page() {
        return Http.get(port(), "/metrics").body();
    }

    private static HttpResponse<byte[]> get(String... headers) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/metrics"))
                .headers(headers)
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void g01_hostileLabelsReadBackAsTheyWereSent() {
        Metrics page = Metrics.parse(page());
        for (String label : HOSTILE.values()) {
            assertThat(page.count("nginx_http_bytes_sent_count", "host", label, "source_tag", label))
                    .as("pair of %s", label)
                    .isEqualTo(1);
            assertThat(page.count("nginx_http_requests_by_source_total", "source_tag", label))
                    .as("source tag %s", label)
                    .isPositive();
        }
        // The methods: sixteen beside the registered ones, the others are one.
        Set<String> methods = page.samples("nginx_http_requests_total")
                .map(sample -> sample.label("method"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(methods).hasSize(1 + 16 + 1).contains("GET", "(other)");
        methods.removeAll(Set.of("GET", "(other)"));
        assertThat(HOSTILE.values()).containsAll(methods);
    }

    @Test
    void g03_promtoolHasNothingToSay() {
        Tools.Result result = Promtool.checkMetrics(page());
        assertThat(result.stdout() + result.stderr()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void g05_histogramsAreCumulative() {
        Metrics page = Metrics.parse(page());
        for (String family : List.of(
                "nginx_http_bytes_sent",
                "nginx_http_request_duration_seconds",
                "nginx_http_request_bytes",
                "nginx_http_upstream_duration_seconds")) {
            List<Metrics.Sample> counts = page.samples(family + "_count").toList();
            assertThat(counts).hasSizeGreaterThan(HOSTILE.size());
            for (Metrics.Sample count : counts) {
                String host = count.label("host");
                String tag = count.label("source_tag");
                List<Double> buckets = page.samples(family + "_bucket")
                        .filter(bucket -> bucket.label("host").equals(host)
                                && bucket.label("source_tag").equals(tag))
                        .map(Metrics.Sample::value)
                        .toList();
                assertThat(buckets).hasSizeBetween(8, 12).isSorted();
                assertThat(buckets.get(buckets.size() - 1)).isEqualTo(count.value());
                assertThat(page.sum(family + "_sum", "host", host, "source_tag", tag))
                        .isFinite();
            }
        }
    }

    @Test
    void g14_statusesThatAreNoneAreOfTheClassOther() {
        Metrics page = Metrics.parse(page());
        assertThat(page.count("nginx_http_requests_by_source_total", "source_tag", "g14", "status_class", "other"))
                .isEqualTo(3);
        assertThat(page.samples("nginx_http_requests_total")
                        .filter(sample -> sample.label("host").equals("g14.test"))
                        .map(sample -> sample.label("status")))
                .containsExactlyInAnyOrder("99", "1000", "0");
    }

    @Test
    void everythingOnThePageIsDocumentedAndEverythingOfTheCollectorIsThere() throws IOException {
        String documentation = Files.readString(Jar.root().resolve("docs/metrics.md"));
        List<String> documented = documentation
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1])
                .toList();
        String page = page();
        List<String> shown = page.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .toList();
        assertThat(documented).doesNotHaveDuplicates().containsAll(shown);
        List<String> missing = new ArrayList<>(documented);
        missing.removeAll(shown);
        assertThat(missing)
                .allMatch(name -> name.startsWith("jvm_")
                        || name.equals("logtail_snapshot_age_seconds")
                        || name.equals("logtail_collector_degraded"));
        for (String family : shown) {
            assertThat(page).containsOnlyOnce("# HELP " + family + " ").containsOnlyOnce("# TYPE " + family + " ");
        }
    }

    @Test
    void pageComesAsItIsAskedFor() throws IOException {
        HttpResponse<byte[]> text = get("Accept", "text/plain");
        assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        HttpResponse<byte[]> open = get("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(open.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        String body = new String(open.body(), StandardCharsets.UTF_8);
        assertThat(body).endsWith("\n# EOF\n").contains("# TYPE nginx_http_requests counter\n");
        HttpResponse<byte[]> zipped = get("Accept-Encoding", "gzip");
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(zipped.body()).startsWith(0x1f, 0x8b).hasSizeLessThan(text.body().length / 3);
    }

    @Test
    void countersAreThoseOfWhatWasSent() {
        Metrics page = Metrics.parse(page());
        String file = page.samples("logtail_files").findFirst().orElseThrow().label("input");
        assertThat(page.count("logtail_parse_errors_total", "input", file, "reason", "version"))
                .isEqualTo(1);
        assertThat(page.count("logtail_parse_errors_total", "input", "udp", "reason", "version"))
                .isEqualTo(1);
        assertThat(page.count("logtail_field_errors_total", "field", "bytes_sent"))
                .isEqualTo(1);
        assertThat(page.count("logtail_field_errors_total", "field", "asn")).isEqualTo(1);
        assertThat(page.count("nginx_http_upstream_requests_total", "host", "a", "status_class", "2xx"))
                .isEqualTo(1);
        assertThat(page.count("logtail_udp_packets_received_total")).isEqualTo(1);
        assertThat(page.count("logtail_udp_loglines_success_total")).isEqualTo(3);
        assertThat(page.count("logtail_udp_loglines_consumed_total")).isEqualTo(3);
        assertThat(page.count("logtail_query_duration_seconds_count", "rpc", "TopN"))
                .isPositive();
        assertThat(page.count("logtail_build_info")).isEqualTo(1);
        assertThat(page.sum("process_resident_memory_bytes")).isGreaterThan(20e6);
        assertThat(page.sum("process_cpu_seconds_total")).isPositive();
        assertThat(page.samples("logtail_event_loop_lag_seconds")).isNotEmpty();
    }

    @Test
    void readyCollectorSaysSo() {
        assertThat(Http.get(port(), "/healthz").statusCode()).isEqualTo(200);
        assertThat(Http.get(port(), "/readyz").body()).isEqualTo("ready\n");
        assertThat(Metrics.parse(page()).samples("logtail_ready"))
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(sample -> sample.value() == 1);
    }
}
