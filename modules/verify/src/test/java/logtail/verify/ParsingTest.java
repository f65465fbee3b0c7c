package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logtail.verify.harness.Await;
import logtail.verify.harness.Cli;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Launch;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Shared;
import logtail.verify.harness.Tools;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lines mean in a running process, by case number. */
@NeedsJar
class ParsingTest {
    private final Path folder;

    ParsingTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** C01, FR-2.1: both ways in give the same tuples and refuse the same lines. */
    @Test
    void c01_everyVectorMeansTheSameByFileAndByUdp() throws IOException {
        List<Vector> vectors = Vector.all();
        Path log = folder.resolve("access.log");
        int udp = Udp.freePort();
        try (Collector collector = Collector.start(
                "--logs", log.toString(), "--logtail-port", Integer.toString(udp), "--rings-fine-bucket", "2s")) {
            long rejected = vectors.stream().filter(Vector::rejected).count();

            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (Vector vector : vectors) {
                text.writeBytes(vector.line);
                text.write('\n');
            }
            Files.write(log, text.toByteArray());
            assertThat(tuples(collector, vectors, 1)).containsExactlyInAnyOrderEntriesOf(expected(vectors, 1));
            assertThat(collector.rejected("file:" + log)).isEqualTo(rejected);
            upstreams(vectors, collector.metrics());

            try (Udp sender = new Udp(udp)) {
                vectors.forEach(vector -> sender.send(vector.line));
            }
            assertThat(tuples(collector, vectors, 2)).containsExactlyInAnyOrderEntriesOf(expected(vectors, 2));
            assertThat(collector.rejected("udp")).isEqualTo(rejected);
        }
    }

    /** C08: neither the locale nor the default charset of the JVM matters, on the server or on the client. */
    @Test
    void c08_localeAndDefaultCharsetDoNotMatter() throws IOException {
        Path log = folder.resolve("access.log");
        String website = "b\u00fccher.test";
        String path = "/\u65e5\u672c/\u0130stanbul";
        Launch launch = Collector.launch("--logs", log.toString())
                .jvm("-Dfile.encoding=ISO-8859-1", "-Duser.language=tr", "-Duser.country=TR")
                .environment("LC_ALL", "C")
                .environment("LANG", "C");
        try (Collector collector = Collector.of(launch.start())) {
            Files.writeString(log, Numbered.v2(website, path) + "\n");
            collector.awaitAccepted(website, 1);
            List<String> question = List.of(
                    "topn",
                    "--json",
                    "--target",
                    "127.0.0.1:" + collector.grpc(),
                    "--group-by",
                    "tuple",
                    "--window",
                    "60m");
            String tuple = String.join("\t", website, "192.0.2.0/24", path, "200", "0", "64496", "direct");
            Launch.Finished answer = Await.until(
                    "the line in a complete bucket",
                    () -> Cli.launch(question)
                            .environment("LC_ALL", "C")
                            .environment("LANG", "C")
                            .run(),
                    now -> now.everything().contains("\"total\":1"));
            assertThat(new io.vertx.core.json.JsonArray(String.join("\n", answer.stdout()))
                            .getJsonObject(0)
                            .getJsonArray("entries")
                            .getJsonObject(0)
                            .getString("label"))
                    .isEqualTo(tuple);
        }
    }

    /** C06, D4: a name instead of an address is refused; nobody is asked what it stands for. */
    @Test
    void c06_namesForAddressesAreRefusedWithoutAQuestionToDns() throws IOException {
        Tools.require("strace");
        Path log = folder.resolve("access.log");
        Path trace = folder.resolve("trace.txt");
        int names = 1_000;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names; i++) {
            text.append(Numbered.v2("dns.test", "host" + i + ".example.org", "/", 200))
                    .append('\n');
        }
        Launch launch = Collector.launch("--logs", log.toString(), "--source", "c06")
                .under("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", trace.toString());
        try (Collector collector = Collector.of(launch.start())) {
            Files.writeString(log, text);
            Await.until("all to be refused", () -> collector.rejected("file:" + log), now -> now == names);
            collector.process().terminate();
            collector.process().awaitExit(Duration.ofSeconds(20));
        }
        List<String> traced = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
        assertThat(traced).as("strace saw the process").isNotEmpty();
        assertThat(traced).noneMatch(line -> line.contains("htons(53)"));
    }

    private static Map<String, Long> tuples(Collector collector, List<Vector> vectors, int times) {
        long accepted = times * vectors.stream().filter(Vector::accepted).count();
        return Await.until(
                        accepted + " requests in complete buckets",
                        () -> collector.topn("--group-by", "tuple", "-n", "50000", "--window", "60m"),
                        now -> now.total() >= accepted)
                .counts();
    }

    private static Map<String, Long> expected(List<Vector> vectors, long times) {
        Map<String, Long> counts = new LinkedHashMap<>();
        vectors.stream().filter(Vector::accepted).forEach(vector -> counts.merge(vector.tuple(), times, Long::sum));
        return counts;
    }

    private static void upstreams(List<Vector> vectors, Metrics page) {
        if (!page.has("nginx_http_requests_total")) {
            // The traffic families come later (FR-8); what upstream fields mean is tested with the decoder.
            return;
        }
        for (Vector vector : vectors) {
            if (!vector.accepted() || vector.column("website").startsWith("pair")) {
                continue;
            }
            String website = vector.column("website");
            String time = vector.column("up_time");
            String statusClass = vector.column("up_class");
            assertThat(page.sum("nginx_http_upstream_duration_seconds_sum", "host", website))
                    .as(vector.column("id") + " upstream time")
                    .isEqualTo(time.equals("none") ? 0 : Double.parseDouble(time));
            assertThat(page.count("nginx_http_upstream_requests_total", "host", website))
                    .as(vector.column("id") + " upstream status")
                    .isEqualTo(statusClass.equals("none") ? 0 : 1);
            assertThat(page.count("nginx_http_upstream_requests_total", "host", website, "status_class", statusClass))
                    .as(vector.column("id") + " upstream class")
                    .isEqualTo(statusClass.equals("none") ? 0 : 1);
        }
    }

    /** A line of the shared table and what it means. */
    private record Vector(byte[] line, Map<String, String> columns) {
        /** What the table leaves open and D1 to D6 settle. */
        private static final Map<String, Map<String, String>> DECIDED = Map.ofEntries(
                Map.entry("P009", Map.of("verdict", "ignore")),
                Map.entry("P033", Map.of("prefix", "203.0.113.0/24")),
                Map.entry("P042", Map.of("verdict", "reject")),
                Map.entry("P043", Map.of("verdict", "reject")),
                Map.entry("P044", Map.of("verdict", "reject")),
                Map.entry("P051", Map.of("uri", "/p\\x22q")),
                Map.entry("P055", Map.of("uri", "/p\ufffdx")),
                Map.entry("P056", Map.of("uri", "/p\ufffdq", "verdict", "accept")),
                Map.entry("P066", Map.of("status", "0", "verdict", "accept")),
                Map.entry("P067", Map.of("status", "0", "verdict", "accept")),
                Map.entry("P068", Map.of("verdict", "accept")),
                Map.entry("P069", Map.of("verdict", "accept")),
                Map.entry("P072", Map.of("is_tor", "false", "verdict", "accept")),
                Map.entry("P074", Map.of("asn", "4200000000", "verdict", "accept")),
                Map.entry("P075", Map.of("asn", "0", "verdict", "accept")),
                Map.entry("P082", Map.of("up_time", "0.020", "up_class", "2xx")),
                Map.entry("P083", Map.of("up_time", "0.100")));

        static List<Vector> all() {
            List<String> lines = Shared.lines("cases/lines.tsv");
            List<String> names = List.of(lines.get(0).split("\t", -1));
            List<Vector> vectors = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                Map<String, String> columns = new LinkedHashMap<>();
                for (int i = 0; i < names.size(); i++) {
                    boolean isLine = names.get(i).equals("line");
                    String text = new String(unescaped(cells[i]), StandardCharsets.UTF_8);
                    columns.put(names.get(i), isLine ? cells[i] : text.replace("<empty>", ""));
                }
                columns.putAll(DECIDED.getOrDefault(columns.get("id"), Map.of()));
                vectors.add(new Vector(unescaped(columns.getOrDefault("line", "")), columns));
            }
            return vectors;
        }

        private static byte[] unescaped(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c != '\\') {
                    bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                    continue;
                }
                i++;
                switch (text.charAt(i)) {
                    case 't' -> bytes.write('\t');
                    case 'x' -> {
                        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                        i += 2;
                    }
                    default -> bytes.write(text.charAt(i));
                }
            }
            return bytes.toByteArray();
        }

        String column(String name) {
            String value = columns.get(name);
            if (value == null) {
                throw new AssertionError("the table has no column " + name);
            }
            return value;
        }

        boolean accepted() {
            return column("verdict").equals("accept");
        }

        boolean rejected() {
            return column("verdict").equals("reject");
        }

        String tuple() {
            return String.join(
                    "\t",
                    column("website"),
                    column("prefix"),
                    column("uri"),
                    column("status"),
                    column("is_tor").equals("true") ? "1" : "0",
                    column("asn"),
                    column("source_tag"));
        }
    }
}
