package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import logtail.verify.harness.Await;
import logtail.verify.harness.Cli;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Load;
import logtail.verify.harness.Logrotate;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Nginx;
import logtail.verify.harness.Tools;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx in front, under load, turned over by the real logrotate, and with requests nobody sane sends. */
@NeedsJar
class NginxTest {
    private static final int REQUESTS = 100_000;
    private static final int ROTATIONS = 3;
    private static final int PATHS = 1_000;

    private final Path folder;

    NginxTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** NFR-4.1: neither the rename nor the delay until nginx opens the new file loses or doubles a request. */
    @Test
    void everyRequestIsCountedOnceAcrossThreeRotationsUnderLoad() throws IOException {
        Tools.require("nginx", "logrotate");
        Path log = Files.createDirectory(folder.resolve("logs")).resolve("access.log");
        int port = Udp.freeTcpPort();
        try (Collector collector = Collector.start("--logs", folder + "/logs/*.log");
                Nginx nginx = Nginx.start(folder, answering(port, "access_log " + log + " v2;"), port)) {
            Logrotate logrotate = new Logrotate(
                    folder, log, "  postrotate\n    kill -USR1 $(cat " + nginx.pidFile() + ")\n  endscript");
            CompletableFuture<Void> load = CompletableFuture.runAsync(
                    () -> new Load(port, "load.test", n -> "/n/" + n % PATHS + "?q=" + n).send(REQUESTS, 8, 10_000));
            for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
                collector.awaitAccepted("load.test", (long) REQUESTS * rotation / (ROTATIONS + 1));
                logrotate.force();
            }
            load.join();

            collector.awaitAccepted("load.test", REQUESTS);
            Cli.TopN answer = Await.until(
                    "every request in a complete bucket",
                    () -> collector.topn("--group-by", "uri", "-n", "50000", "--window", "60m"),
                    now -> now.total() >= REQUESTS);
            assertThat(answer.total()).isEqualTo(REQUESTS);
            assertThat(answer.counts().values()).hasSize(PATHS).containsOnly((long) REQUESTS / PATHS);
            assertThat(log.resolveSibling("access.log." + ROTATIONS)).exists();
            assertThat(collector.rejected("file:" + folder + "/logs/*.log")).isZero();
        }
    }

    /** D7: two lines of nginx.conf and no plugin. */
    @Test
    void everyRequestOfTheSyslogTargetIsCounted() {
        Tools.require("nginx");
        int requests = 20_000;
        int port = Udp.freeTcpPort();
        int udp = Udp.freePort();
        try (Collector collector = Collector.start("--logtail-port", Integer.toString(udp));
                Nginx nginx = Nginx.start(
                        folder,
                        answering(port, "access_log syslog:server=127.0.0.1:" + udp + ",tag=logtail,nohostname v2;"),
                        port)) {
            new Load(port, "syslog.test", n -> "/n/" + n % PATHS).send(requests, 4, 5_000);

            collector.awaitAccepted("syslog.test", requests);
            Cli.TopN answer = Await.until(
                    "every request in a complete bucket",
                    () -> collector.topn("--group-by", "uri", "-n", "50000", "--window", "60m"),
                    now -> now.total() >= requests);
            assertThat(answer.counts().values()).hasSize(PATHS).containsOnly((long) requests / PATHS);
            Metrics page = collector.metrics();
            assertThat(page.count("logtail_udp_packets_received_total")).isEqualTo(requests);
            assertThat(page.count("logtail_udp_loglines_success_total")).isEqualTo(requests);
            assertThat(page.count("logtail_udp_loglines_consumed_total")).isEqualTo(requests);
            assertThat(page.count("logtail_udp_kernel_drops_total")).isZero();
            assertThat(nginx.read("error.log")).doesNotContain("send() failed");
        }
    }

    private static String answering(int port, String accessLog) {
        return """
                server { listen 127.0.0.1:%d; %s
                  location / { return 200 "ok\\n"; } }
                """
                .formatted(port, accessLog);
    }

    /** C04: whatever a client sends, every line nginx writes is accepted, except for peers on a unix socket. */
    @Test
    void c04_everyLineOfOddRequestsIsAccepted() {
        for (String format : List.of("v1", "v2")) {
            Outcome outcome = oddRequests(format);
            assertThat(outcome.lines).hasSizeGreaterThan(oddRequests().size());
            assertThat(outcome.rejected).isEqualTo(outcome.fromUnixSocket());
            assertThat(outcome.accepted).isEqualTo(outcome.lines.size() - outcome.fromUnixSocket());
        }
    }

    /** C05: escape=json and escape=none shift no field; only a TAB that escape=none lets through costs its line. */
    @Test
    void c05_otherEscapesShiftNoField() {
        for (String format : List.of("v2_json", "v2_none")) {
            Outcome outcome = oddRequests(format);
            long torn = outcome.lines.stream()
                    .filter(line -> line.split("\t", -1).length != 16)
                    .count();
            assertThat(torn).isEqualTo(format.equals("v2_none") ? 1 : 0);
            assertThat(outcome.rejected).isEqualTo(outcome.fromUnixSocket() + torn);
            assertThat(outcome.accepted).isEqualTo(outcome.lines.size() - outcome.rejected);
            Map<String, Long> tags = outcome.tags;
            assertThat(tags).containsKeys("direct", "plain");
        }
    }

    /** What nginx wrote in one format, and what the collector made of it. */
    private record Outcome(List<String> lines, long accepted, long rejected, Map<String, Long> tags) {
        long fromUnixSocket() {
            return lines.stream().filter(line -> line.contains("\tunix:\t")).count();
        }
    }

    private Outcome oddRequests(String format) {
        Tools.require("nginx", "curl");
        try {
            Path home = Files.createDirectory(folder.resolve(format));
            Path log = home.resolve("access.log");
            Path unix = home.resolve("nginx.sock");
            int port = Udp.freeTcpPort();
            String server =
                    """
                    server { listen 127.0.0.1:%d; listen unix:%s; access_log %s %s;
                      location / { return 200 "ok\\n"; }
                      location /gone { return 444; }
                      location /moved { return 301 /; } }
                    """
                            .formatted(port, unix, log, format);
            try (Collector collector = Collector.start("--logs", log.toString());
                    Nginx nginx = Nginx.start(home, server, port)) {
                // The harness's own connection test may leave a line of its own, or none.
                oddRequests().forEach(request -> exchange(port, request));
                Tools.run(List.of(Tools.path("curl"), "-s", "--unix-socket", unix.toString(), "http://unix.test/"))
                        .ok();
                nginx.reopen();
                List<String> lines = Await.until(
                        "nginx to write a line per request",
                        () -> lines(log),
                        now -> now.size() > oddRequests().size());
                Await.until(
                        "every line to be judged",
                        () -> accepted(collector) + collector.rejected("file:" + log),
                        now -> now >= lines.size());
                Cli.TopN tags = Await.until(
                        "every line in a complete bucket",
                        () -> collector.topn("--group-by", "source_tag", "--window", "60m"),
                        now -> now.total() >= accepted(collector));
                return new Outcome(
                        lines,
                        accepted(collector),
                        collector.rejected("file:" + log),
                        new LinkedHashMap<>(tags.counts()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long accepted(Collector collector) {
        return collector.metrics().count("logtail_lines_total");
    }

    private static List<String> lines(Path log) {
        try {
            return List.of(new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As ISO-8859-1, so that each char is the byte that is sent. */
    private static List<String> oddRequests() {
        String host = "Host: odd.test\r\nConnection: close\r\n\r\n";
        List<String> requests = new ArrayList<>();
        for (String target : List.of(
                "/",
                "/?",
                "/??a=?",
                "/a%00b",
                "/a%0Ab%09c",
                "/a%3fb",
                "/%ff%fe",
                "/\u00ff\u00fe",
                "/\u00e6\u0097\u00a5",
                "/\"quote\"",
                "/<script>alert(1)</script>",
                "/'or'1'='1",
                "/\\x22\\x5c",
                "//double//slash",
                "/a/../../../etc/passwd",
                "/a;b=c&d",
                "/gone",
                "/moved",
                "*",
                "http://absolute.test/path?x",
                "/" + "a".repeat(20_000))) {
            requests.add("GET " + target + " HTTP/1.1\r\n" + host);
        }
        for (String method : List.of("POST", "HEAD", "OPTIONS", "PROPFIND", "BREW", "CONNECT", "get", "A-B_C")) {
            requests.add(method + " /method HTTP/1.1\r\n" + host);
        }
        for (String badHost : List.of("a\"b", "UPPER.test", "a.test:8443", "[::1]", "a..b", "\u00ff", "a/b", "")) {
            requests.add("GET /host HTTP/1.1\r\nHost: " + badHost + "\r\nConnection: close\r\n\r\n");
        }
        for (String tag : List.of("plain", "with\ttab", "q\"uote", "b\\ackslash", "\u00e6\u0097\u00a5", "a b")) {
            requests.add("GET /tag HTTP/1.1\r\nX-Tag: " + tag + "\r\n" + host);
        }
        requests.add("GET /no-version\r\n");
        requests.add("garbage\r\n\r\n");
        requests.add("\u0016\u0003\u0001\u0000\u00a5\u0001\r\n\r\n");
        requests.add("GET / HTTP/9.9\r\n" + host);
        requests.add("GET / HTTP/1.1\r\n\r\n");
        return requests;
    }

    private static void exchange(int port, String request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
