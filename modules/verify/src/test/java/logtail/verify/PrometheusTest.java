package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Jar;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Prometheus;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus, configured as shipped, that scrapes a real collector under load. */
@NeedsJar
class PrometheusTest {
    private static final Path CONF = Jar.root().resolve("conf");

    /** What has a value only where there is an aggregator, or where something goes wrong that this load does not cause. */
    private static final List<String> MAY_BE_EMPTY = List.of(
            "logtail_snapshot_age_seconds",
            "logtail_collector_degraded",
            "logtail_files_unreadable",
            "rate(logtail_snapshots_dropped_total",
            "rate(logtail_prom_series_dropped_total",
            "resets(process_uptime_seconds");

    private Path folder;
    private Collector collector;
    private Traffic traffic;
    private Prometheus prometheus;

    /** Requests of all kinds, from both inputs, some bad lines among them, until it is stopped. */
    private static final class Traffic implements AutoCloseable {
        private static final List<String> STATUSES = List.of("200", "200", "200", "304", "404", "503", "099");

        private final Thread thread;
        private volatile boolean stopped;

        Traffic(Path log, int udpPort) {
            thread = new Thread(() -> run(log, udpPort), "traffic");
            thread.start();
        }

        private void run(Path log, int udpPort) {
            Random random = new Random(1);
            try (LogWriter file = new LogWriter(log, new Numbered("unused"));
                    Udp udp = new Udp(udpPort)) {
                while (!stopped) {
                    StringBuilder lines = new StringBuilder();
                    for (int i = 0; i < 20; i++) {
                        lines.append(line(random));
                    }
                    file.raw(lines.toString());
                    udp.send(line(random) + line(random) + "no line\n");
                    LockSupport.parkNanos(20_000_000);
                }
            }
        }

        private static String line(Random random) {
            String host = random.nextInt(20) == 0 ? "ho\\st\"" + random.nextInt(50) : "www" + random.nextInt(8);
            boolean upstream = random.nextBoolean();
            return String.join(
                    "\t",
                    "v2",
                    host,
                    "192.0.2." + random.nextInt(256),
                    random.nextInt(5) == 0 ? "POST" : "GET",
                    "/" + random.nextInt(1000),
                    STATUSES.get(random.nextInt(STATUSES.size())),
                    Integer.toString(random.nextInt(100_000)),
                    random.nextInt(50) == 0 ? "bad" : Integer.toString(100 + random.nextInt(1000)),
                    "0." + (100 + random.nextInt(800)),
                    upstream ? "0." + (100 + random.nextInt(800)) : "-",
                    upstream ? "200" : "-",
                    "0",
                    "64496",
                    "tag" + random.nextInt(3),
                    "-",
                    "https\n");
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        int udpPort = Udp.freePort();
        Path log = folder.resolve("access.log");
        collector = Collector.start("--logs", log.toString(), "--logtail-port", Integer.toString(udpPort));
        traffic = new Traffic(log, udpPort);
        prometheus = Prometheus.start(configuration(), folder);
    }

    @AfterEach
    void stop() {
        Stream.of(prometheus, traffic, collector).forEach(PrometheusTest::close);
    }

    private static void close(AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The shipped one, with this collector as its target, and quicker. */
    private Path configuration() throws IOException {
        for (String rules : List.of("logtail.rules.yml", "logtail.alerts.yml")) {
            Files.copy(CONF.resolve("prometheus").resolve(rules), folder.resolve(rules));
        }
        String shipped = Files.readString(CONF.resolve("prometheus/prometheus.yml"));
        String target = "127.0.0.1:" + collector.process().port("prometheus", "collector");
        String here = shipped.replace("localhost:9100", target).replace("15s", "1s");
        assertThat(here).contains(target, "scrape_interval: 1s");
        return Files.writeString(folder.resolve("prometheus.yml"), here);
    }

    @Test
    void everyQueryOfTheDashboardAndEveryRuleHasAnAnswer() throws IOException {
        scrapedWithoutAnError(Duration.ofSeconds(10));
        collector.topn("--window", "1m");
        collector.topn("--window", "1m");
        everyRuleIsHealthy();
        for (String query : queries()) {
            String here = query.replace("$__rate_interval", "10s")
                    .replace("$instance", ".*")
                    .replace("$host", ".*")
                    .replace("$source_tag", ".*");
            assertThat(here).doesNotContain("$");
            if (MAY_BE_EMPTY.stream().anyMatch(query::contains)) {
                prometheus.query(here);
            } else {
                Await.until(query, () -> prometheus.query(here), answer -> !answer.isEmpty());
            }
        }
    }

    @Test
    @Tag("soak")
    void fiveMinutesPassWithoutAnError() {
        scrapedWithoutAnError(Duration.ofMinutes(5));
        everyRuleIsHealthy();
    }

    private void scrapedWithoutAnError(Duration time) {
        long seconds = time.toSeconds();
        String range = "[" + (seconds + 60) + "s]";
        Await.until(
                seconds + " scrapes",
                time.plusMinutes(1),
                () -> prometheus.query("count_over_time(up{job=\"logtail-collector\"}" + range + ")"),
                answer -> !answer.isEmpty()
                        && Integer.parseInt(answer.getJsonObject(0)
                                        .getJsonArray("value")
                                        .getString(1))
                                >= seconds);
        assertThat(prometheus.value("min_over_time(up{job=\"logtail-collector\"}" + range + ")"))
                .isEqualTo(1);
        JsonArray targets = prometheus.api("/api/v1/targets").getJsonArray("activeTargets");
        assertThat(targets).hasSize(1);
        assertThat(targets.getJsonObject(0).getString("health")).isEqualTo("up");
        assertThat(targets.getJsonObject(0).getString("lastError")).isEmpty();
        assertThat(prometheus.log()).noneMatch(line -> line.contains("level=warn") || line.contains("level=error"));
    }

    private void everyRuleIsHealthy() {
        int rules = 0;
        for (Object group : prometheus.api("/api/v1/rules").getJsonArray("groups")) {
            for (Object rule : ((JsonObject) group).getJsonArray("rules")) {
                assertThat(((JsonObject) rule).getString("lastError", "")).isEmpty();
                rules++;
            }
        }
        assertThat(rules).isGreaterThan(25);
    }

    /** Those of panels, annotations and variables. */
    private static List<String> queries() throws IOException {
        JsonObject dashboard = new JsonObject(Files.readString(CONF.resolve("grafana/logtail.json")));
        List<String> queries = new ArrayList<>();
        for (Object panel : dashboard.getJsonArray("panels")) {
            for (Object target : ((JsonObject) panel).getJsonArray("targets", new JsonArray())) {
                queries.add(((JsonObject) target).getString("expr"));
            }
        }
        for (Object annotation : dashboard.getJsonObject("annotations").getJsonArray("list")) {
            queries.add(((JsonObject) annotation).getString("expr"));
        }
        for (Object variable : dashboard.getJsonObject("templating").getJsonArray("list")) {
            String definition = ((JsonObject) variable).getString("definition", "");
            if (definition.startsWith("label_values(")) {
                int comma = definition.lastIndexOf(',');
                String label =
                        definition.substring(comma + 1, definition.length() - 1).trim();
                queries.add("count by (" + label + ") (" + definition.substring("label_values(".length(), comma) + ")");
            }
        }
        assertThat(queries).hasSizeGreaterThan(50);
        return queries;
    }
}
