package logtail.collector.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import logtail.core.traffic.TrafficCopy;
import logtail.core.traffic.TrafficLimits;
import logtail.runtime.telemetry.Metric;
import logtail.runtime.telemetry.PageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrafficPageTest {
    /** What an attacker may send as a host or a method, and how it must read between quotes. */
    private static final List<String> HOSTILE = List.of(
            "back\\slash",
            "quo\"te",
            "both\\\"",
            "\\",
            "\"",
            "\\n",
            "brace}",
            "{host=\"x\"} 1",
            " ",
            "",
            "\u0001\u007f\u001b[31m",
            "\u2028line",
            "m\u00fcnchen",
            "\ud83d\ude00",
            "(other)",
            "\\(other)",
            "# HELP x");

    private static String lines(TrafficPage page, PageFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        page.write(format, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String families(TrafficPage page) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, new MetricSnapshots(page.snapshots()));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void requestsAreLinesUnderOneHead() throws IOException {
        Counted counted = new Counted()
                .v1("b", "GET", "200", "1", "0", "t")
                .v1("a", "POST", "404", "1", "0", "t")
                .v1("b", "GET", "200", "1", "0", "t");
        assertThat(lines(counted.page(), PageFormat.TEXT))
                .isEqualTo(
                        """
                        # HELP nginx_http_requests_total Requests by host, method and status code.
                        # TYPE nginx_http_requests_total counter
                        nginx_http_requests_total{host="b",method="GET",status="200"} 2
                        nginx_http_requests_total{host="a",method="POST",status="404"} 1
                        """);
        assertThat(lines(counted.page(), PageFormat.OPEN_METRICS))
                .startsWith("# HELP nginx_http_requests Requests by host, method and status code.\n"
                        + "# TYPE nginx_http_requests counter\nnginx_http_requests_total{host=\"b\",");
    }

    @Test
    void pageWithoutRequestsHasNoHeadOfThem() throws IOException {
        assertThat(lines(new Counted().page(), PageFormat.TEXT)).isEmpty();
    }

    /** Our writer escapes exactly as the client library does, in both formats. */
    @ParameterizedTest
    @EnumSource
    void hostileLabelsReadAsTheLibraryWritesThem(PageFormat format) throws IOException {
        Counted counted = new Counted();
        for (String label : HOSTILE) {
            counted.v1(label, label, "200", "1", "0", "t");
        }
        TrafficCopy copy = counted.table().copy();
        List<String> hosts = copy.hosts();
        List<String> methods = copy.methods();
        CounterSnapshot.Builder expected = CounterSnapshot.builder().name(Metric.REQUESTS.family());
        copy.forEachSeries(
                (host, method, status, n) -> expected.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(Labels.of(
                                "host", hosts.get(host), "method", methods.get(method), "status", "" + status))
                        .value(n)
                        .build()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MetricSnapshots snapshots = new MetricSnapshots(expected.build());
        if (format == PageFormat.TEXT) {
            PrometheusTextFormatWriter.create().write(out, snapshots);
        } else {
            OpenMetricsTextFormatWriter.create().write(out, snapshots);
        }
        assertThat(copy.series()).isEqualTo(HOSTILE.size());
        assertThat(samples(lines(counted.page(), format)))
                .containsExactlyInAnyOrderElementsOf(
                        samples(out.toString(StandardCharsets.UTF_8).replace("} 1.0", "} 1")));
    }

    /** Lines end at LF alone. */
    private static List<String> samples(String page) {
        return List.of(page.split("\n")).stream()
                .filter(line -> !line.startsWith("# "))
                .collect(Collectors.toList());
    }

    @Test
    void numbersOfEveryLengthAreWrittenOut() throws IOException {
        for (String status : List.of("0", "7", "42", "100", "9999")) {
            Counted counted = new Counted();
            for (int i = 0; i < 12; i++) {
                counted.v1("h", "GET", status, "1", "0", "t");
            }
            assertThat(lines(counted.page(), PageFormat.TEXT)).endsWith(",status=\"" + status + "\"} 12\n");
        }
    }

    @Test
    void histogramsAreCumulativeWithTheBoundsOfTheOriginal() throws IOException {
        String page = families(new Counted()
                .v1("h", "GET", "200", "256", "0.005", "t")
                .v1("h", "GET", "200", "257", "0.006", "t")
                .v1("h", "GET", "200", "2000000", "12.5", "t")
                .page());
        assertThat(page)
                .contains(
                        "# TYPE nginx_http_bytes_sent histogram\n",
                        "nginx_http_bytes_sent_bucket{host=\"h\",source_tag=\"t\",le=\"256.0\"} 1\n",
                        "nginx_http_bytes_sent_bucket{host=\"h\",source_tag=\"t\",le=\"1024.0\"} 2\n",
                        "nginx_http_bytes_sent_bucket{host=\"h\",source_tag=\"t\",le=\"1048576.0\"} 2\n",
                        "nginx_http_bytes_sent_bucket{host=\"h\",source_tag=\"t\",le=\"+Inf\"} 3\n",
                        "nginx_http_bytes_sent_count{host=\"h\",source_tag=\"t\"} 3\n",
                        "nginx_http_bytes_sent_sum{host=\"h\",source_tag=\"t\"} 2000513.0\n",
                        "nginx_http_request_duration_seconds_bucket{host=\"h\",source_tag=\"t\",le=\"0.005\"} 1\n",
                        "nginx_http_request_duration_seconds_bucket{host=\"h\",source_tag=\"t\",le=\"0.01\"} 2\n",
                        "nginx_http_request_duration_seconds_bucket{host=\"h\",source_tag=\"t\",le=\"10.0\"} 2\n",
                        "nginx_http_request_duration_seconds_bucket{host=\"h\",source_tag=\"t\",le=\"+Inf\"} 3\n",
                        "nginx_http_request_duration_seconds_sum{host=\"h\",source_tag=\"t\"} 12.511\n",
                        "nginx_http_requests_by_source_total{source_tag=\"t\",status_class=\"2xx\"} 3.0\n");
    }

    /** Case G13. */
    @Test
    void v1LinesShowNoFamilyOfV2() throws IOException {
        assertThat(families(
                        new Counted().v1("h", "GET", "200", "256", "0.005", "t").page()))
                .contains("nginx_http_bytes_sent", "nginx_http_request_duration_seconds")
                .doesNotContain(
                        "nginx_http_request_bytes{", "nginx_http_request_bytes_", "nginx_http_upstream_requests_total{")
                .doesNotContain("nginx_http_upstream_duration_seconds_");
    }

    @Test
    void v2LinesShowTheirUpstreams() throws IOException {
        assertThat(families(new Counted()
                        .v2("h", "200", "-", "-", "t")
                        .v2("h", "200", "0.1, 0.2", "502, 200", "t")
                        .page()))
                .contains(
                        "nginx_http_request_bytes_sum{host=\"h\",source_tag=\"t\"} 600.0\n",
                        "nginx_http_upstream_duration_seconds_count{host=\"h\",source_tag=\"t\"} 1\n",
                        "nginx_http_upstream_duration_seconds_sum{host=\"h\",source_tag=\"t\"} 0.2\n",
                        "nginx_http_upstream_requests_total{host=\"h\",source_tag=\"t\",status_class=\"2xx\"} 1.0\n")
                .doesNotContain("status_class=\"5xx\"");
    }

    @Test
    void whatHasNoLabelOfItsOwnIsCountedByFamily() throws IOException {
        String page = families(new Counted(new TrafficLimits(1, 1, 1, 0, 1, 253))
                .v2("a", "200", "0.1", "200", "t")
                .v2("b", "404", "0.1", "200", "u")
                .v2("c", "500", "-", "-", "t")
                .page());
        assertThat(page)
                .contains(
                        "logtail_prom_series_dropped_total{family=\"nginx_http_requests_total\"} 2.0\n",
                        "logtail_prom_series_dropped_total{family=\"nginx_http_bytes_sent\"} 2.0\n",
                        "logtail_prom_series_dropped_total{family=\"nginx_http_request_duration_seconds\"} 2.0\n",
                        "logtail_prom_series_dropped_total{family=\"nginx_http_request_bytes\"} 2.0\n",
                        "logtail_prom_series_dropped_total{family=\"nginx_http_upstream_duration_seconds\"} 1.0\n",
                        "logtail_prom_series_dropped_total{family=\"nginx_http_upstream_requests_total\"} 1.0\n",
                        "logtail_prom_series_dropped_total{family=\"nginx_http_requests_by_source_total\"} 1.0\n");
    }

    @Test
    void nothingDroppedIsZeroInEveryFamily() throws IOException {
        assertThat(families(new Counted().page())
                        .lines()
                        .filter(line -> line.startsWith("logtail_prom_series_dropped")))
                .hasSize(7)
                .allMatch(line -> line.endsWith("} 0.0"));
    }
}
