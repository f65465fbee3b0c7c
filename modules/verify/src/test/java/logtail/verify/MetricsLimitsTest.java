package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Http;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.PageTotals;
import logtail.verify.harness.Promtool;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A collector at the limits of its labels: what it says, and that its page costs nobody else anything. */
@NeedsJar
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetricsLimitsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int HOSTS = 300;
    private static final int STATUSES = 1_000;
    private static final int CAP = 250_000;
    private static final String REQUESTS = "nginx_http_requests_total";

    private static Collector collector;
    private static LogWriter log;

    @BeforeAll
    static void fill(@TempDir Path folder) {
        log = new LogWriter(folder.resolve("access.log"), new Numbered("unused"));
        collector = Collector.start("--logs", folder + "/*.log");
        for (int host = 0; host < HOSTS; host++) {
            StringBuilder lines = new StringBuilder();
            for (int status = 0; status < STATUSES; status++) {
                lines.append(line("host-" + host + ".example.org", "GET", status));
            }
            log.raw(lines.toString());
        }
        awaitLines(HOSTS * STATUSES);
    }

    private static String line(String host, String method, int status) {
        return "v2\t" + host + "\t192.0.2.1\t" + method + "\t/\t" + status
                + "\t100\t10\t0.001\t0.001\t200\t0\t0\tdirect\t-\t-\n";
    }

    private static PageTotals totals() {
        return PageTotals.scrape(
                port(),
                sample -> sample.startsWith("logtail_")
                        || sample.contains("\"host-0.")
                        || sample.contains("\"host-1.")
                        || sample.contains("(other)"));
    }

    private static int port() {
        return collector.process().port("prometheus", "collector");
    }

    private static void awaitLines(long lines) {
        Await.until(lines + " lines", PATIENCE, () -> totals().sum("logtail_lines_total"), now -> now >= lines);
    }

    private static long dropped(PageTotals page, String family) {
        return page.value("logtail_prom_series_dropped_total{family=\"" + family + "\"}");
    }

    private static long requests(PageTotals page, String host) {
        return page.value(REQUESTS + "{host=\"" + host + "\",method=\"GET\",status=\"200\"}");
    }

    @AfterAll
    static void stop() {
        log.close();
        collector.close();
    }

    @Test
    @Order(1)
    void g07_newLabelSetsAreDroppedAndOldOnesGoOnCounting() {
        PageTotals before = totals();
        assertThat(before.series(REQUESTS)).isEqualTo(CAP);
        assertThat(before.sum(REQUESTS)).isEqualTo(CAP);
        assertThat(dropped(before, REQUESTS)).isEqualTo(HOSTS * STATUSES - CAP);
        log.raw(line("host-0.example.org", "GET", 200).repeat(5) + line("host-299.example.org", "GET", 999));
        awaitLines(HOSTS * STATUSES + 6);
        PageTotals after = totals();
        assertThat(after.series(REQUESTS)).isEqualTo(CAP);
        assertThat(requests(after, "host-0.example.org")).isEqualTo(6);
        assertThat(dropped(after, REQUESTS)).isEqualTo(HOSTS * STATUSES - CAP + 1);
        // The families without that limit have all of them.
        assertThat(after.sum("nginx_http_requests_by_source_total")).isEqualTo(HOSTS * STATUSES + 6);
        assertThat(after.sum("nginx_http_bytes_sent_count")).isEqualTo(HOSTS * STATUSES + 6);
    }

    @Test
    @Order(2)
    void g10_pagesAreSharedAndASlowReaderHoldsUpNeitherReadersNorIngest() throws Exception {
        long before = totals().sum("logtail_lines_total");
        try (Socket slow = ask()) {
            assertThat(slow.getInputStream().read()).isEqualTo('H');
            ExecutorService scrapers = Executors.newFixedThreadPool(19);
            List<Future<Long>> scrapes = new ArrayList<>();
            for (int i = 0; i < 19; i++) {
                scrapes.add(scrapers.submit(() -> totals().series(REQUESTS)));
            }
            for (int i = 0; i < 50; i++) {
                log.raw(line("host-1.example.org", "GET", 200).repeat(100));
            }
            awaitLines(before + 5_000);
            for (Future<Long> scrape : scrapes) {
                assertThat(scrape.get()).isEqualTo(CAP);
            }
            scrapers.shutdown();
            assertThat(requests(totals(), "host-1.example.org")).isEqualTo(5_001);
            // The slow one still gets its page, to the last byte.
            assertThat(rest(slow)).isGreaterThan(CAP * 60L);
        }
    }

    private static Socket ask() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        socket.getOutputStream()
                .write("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long rest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            all += n;
        }
        return all;
    }

    @Test
    @Order(3)
    void g09_methodsHostsAndTagsAreBounded() {
        long before = totals().sum("logtail_lines_total");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            lines.append(line("new-" + i, "BREW" + i, 200).replace("\tdirect\t", "\ttag-" + i + "\t"));
        }
        log.raw(lines.toString());
        awaitLines(before + 10_000);
        PageTotals page = totals();
        assertThat(page.series(REQUESTS)).isEqualTo(CAP);
        assertThat(page.series("nginx_http_requests_by_source_total")).isBetween(256L, 256L + 5);
        assertThat(page.value("nginx_http_requests_by_source_total{source_tag=\"(other)\",status_class=\"2xx\"}"))
                .isEqualTo(10_000 - 255);
        assertThat(page.series("nginx_http_bytes_sent_count")).isEqualTo(2_001);
        assertThat(page.value("nginx_http_bytes_sent_count{host=\"(other)\",source_tag=\"(other)\"}"))
                .isEqualTo(8_300);
        // Nothing is lost but labels.
        assertThat(page.sum("nginx_http_bytes_sent_count")).isEqualTo(before + 10_000);
        assertThat(page.sum("nginx_http_requests_by_source_total")).isEqualTo(before + 10_000);
        assertThat(dropped(page, "nginx_http_requests_by_source_total")).isEqualTo(10_000 - 255);
        assertThat(dropped(page, REQUESTS)).isEqualTo(HOSTS * STATUSES - CAP + 1 + 10_000);
        assertThat(Promtool.checkMetrics(Http.get(port(), "/metrics").body())).isEqualTo(new Tools.Result(0, "", ""));
    }

    /** Case G12. */
    @Test
    @Order(4)
    void g12_emptyAddressMeansNoPort(@TempDir Path folder) throws IOException {
        try (Collector off = Collector.start("--logs", folder + "/*.log", "--prom-listen", "")) {
            assertThat(off.process().listening()).noneMatch(one -> one.kind().equals("prometheus"));
            List<String> open = off.process().openFiles();
            List<String> listening = new ArrayList<>();
            for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
                if (Files.exists(Path.of(table))) {
                    Files.readAllLines(Path.of(table)).stream()
                            .skip(1)
                            .map(line -> line.trim().split("\\s+"))
                            .filter(fields -> fields[3].equals("0A") && open.contains("socket:[" + fields[9] + "]"))
                            .forEach(fields -> listening.add(fields[1]));
                }
            }
            assertThat(listening).hasSize(1);
        }
    }
}
