package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import logtail.verify.harness.Await;
import logtail.verify.harness.Cli;
import logtail.verify.harness.Http;
import logtail.verify.harness.Launch;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.LogtailProcess;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Collector and dashboard in one process, seen from outside. */
@NeedsJar
class DashboardTest {
    private static final String WEBSITE = "dashboard.test";
    private static final int LINES = 30;

    private static Path folder;

    private static LogtailProcess standalone;
    private static int http;

    @BeforeAll
    static void countSome(@TempDir Path temporary) {
        folder = temporary;
        standalone = Launch.of(
                        "standalone",
                        "--logs",
                        folder + "/*.log",
                        "--listen",
                        "127.0.0.1:0",
                        "--prom-listen",
                        "127.0.0.1:0",
                        "--frontend-listen",
                        "127.0.0.1:0",
                        "--scan-interval",
                        "200ms",
                        "--rings-fine-bucket",
                        "2s")
                .start();
        http = standalone.port("http", "frontend");
        try (LogWriter writer = new LogWriter(folder.resolve("access.log"), new Numbered(WEBSITE, 3))) {
            writer.lines(LINES);
        }
        Await.until("the page to have the requests", () -> page("/?w=60m").contains(WEBSITE));
    }

    @AfterAll
    static void stop() {
        standalone.close();
    }

    private static String page(String pathAndQuery) {
        HttpResponse<String> answer = Http.get(http, pathAndQuery);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void standaloneServesThePageAndTheQueries() {
        assertThat(page("/?w=60m&by=uri")).contains("/n/000000");
        assertThat(Cli.topn(standalone.port("grpc", "collector"), "--window", "60m")
                        .counts())
                .containsEntry(WEBSITE, (long) LINES);
        assertThat(Http.get(standalone.port("prometheus", "collector"), "/metrics")
                        .body())
                .contains("logtail_lines_total");
    }

    /** FR-6.5. */
    @Test
    void rawIsTheObjectOfTopn() {
        HttpResponse<String> answer = Http.get(http, "/?w=60m&by=uri&f_website=" + WEBSITE + "&n=3&raw=1");

        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
        JsonObject json = new JsonObject(answer.body());
        assertThat(json.getLong("total")).isEqualTo(LINES);
        assertThat(json.getString("window")).isEqualTo("60m");
        assertThat(json.getJsonArray("entries")).hasSize(3);
        assertThat(json.getJsonArray("entries").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("label", "/n/000000")
                        .put("count", 3)
                        .put("at_most", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?w=60m&by=uri", "/status"})
    void pageNeedsNoScriptAndForbidsAny(String path) {
        HttpResponse<String> answer = Http.get(http, path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContainIgnoringCase("<script").doesNotContain("javascript:");
        assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("script-src");
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
    }

    /** FR-6.1, F25. */
    @ParameterizedTest
    @ValueSource(strings = {"w3m -dump", "lynx -dump -nolist", "curl -sf"})
    void pageIsReadableAsText(String browser) {
        List<String> words = List.of(browser.split(" "));
        Tools.require(words.get(0));
        List<String> command = new java.util.ArrayList<>(words);
        command.add("http://127.0.0.1:" + http + "/?w=60m");

        assertThat(Tools.run(command).ok().stdout()).contains(WEBSITE).contains(Integer.toString(LINES));
    }

    @Test
    void healthAndReadinessAnswer() {
        assertThat(Http.get(http, "/healthz").statusCode()).isEqualTo(200);
        assertThat(Http.get(http, "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void strangeTargetsAreRefused() {
        assertThat(Http.get(http, "/?target=192.0.2.1:9090").statusCode()).isEqualTo(400);
    }

    @Test
    void sigtermEndsAllOfItInOrder() {
        try (LogtailProcess own = Launch.of(
                        "standalone",
                        "--logs",
                        folder + "/*.log",
                        "--listen",
                        "127.0.0.1:0",
                        "--prom-listen",
                        "",
                        "--frontend-listen",
                        "127.0.0.1:0")
                .start()) {
            own.terminate();
            assertThat(own.awaitExit(Duration.ofSeconds(5)).exitCode()).isZero();
        }
    }

    /** The first thing a visitor runs: within a minute the page shows who attacks. */
    @Test
    void demoShowsTheAttackerOnTopWithinAMinute() {
        try (LogtailProcess demo = Launch.of(
                        "demo",
                        "--listen",
                        "127.0.0.1:0",
                        "--prom-listen",
                        "127.0.0.1:0",
                        "--frontend-listen",
                        "127.0.0.1:0")
                .start()) {
            int port = demo.port("http", "frontend");
            JsonObject answer = Await.until(
                    "a prefix far above the others",
                    Duration.ofSeconds(60),
                    () -> new JsonObject(
                            Http.get(port, "/?w=5m&by=prefix&raw=1").body()),
                    DashboardTest::hasAnAttacker);
            String attacker = answer.getJsonArray("entries").getJsonObject(0).getString("label");
            assertThat(Http.get(port, "/?w=5m&by=prefix").body()).contains(attacker);
        }
    }

    private static boolean hasAnAttacker(JsonObject answer) {
        if (answer.getJsonArray("entries").size() < 2) {
            return false;
        }
        long first = answer.getJsonArray("entries").getJsonObject(0).getLong("count");
        long second = answer.getJsonArray("entries").getJsonObject(1).getLong("count");
        return first > 3 * second;
    }
}
