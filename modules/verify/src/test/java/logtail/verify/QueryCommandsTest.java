package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import logtail.verify.harness.Await;
import logtail.verify.harness.Cli;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Launch;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.LogtailProcess;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The query commands as scripts use them: shapes of the JSON, exit codes, several targets. */
@NeedsJar
class QueryCommandsTest {
    private static final int LINES = 12;

    private static Path folder;

    private static Collector collector;
    private static String target;
    private static String dead;

    @BeforeAll
    static void countSome(@TempDir Path temporary) {
        folder = temporary;
        // Long enough to ask everything while the lines are in the longest window.
        collector = Collector.start("--logs", folder + "/*.log", "--source", "nginx1", "--rings-fine-bucket", "3s");
        target = "127.0.0.1:" + collector.grpc();
        dead = "127.0.0.1:" + Udp.freeTcpPort();
        Numbered numbered = new Numbered("www.example.org", 4);
        try (LogWriter writer = new LogWriter(folder.resolve("access.log"), numbered)) {
            writer.lines(LINES);
        }
        collector.awaitExactly(numbered);
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    private static JsonArray json(Launch.Finished finished) {
        return new JsonArray(String.join("\n", finished.stdout()));
    }

    @Test
    void topnIsAnArrayOfOneObjectPerTarget() {
        Launch.Finished finished = Cli.run(
                "topn", "--json", "--target", target, "--window", "60m", "-n", "2", "--website", "www.example.org");

        assertThat(finished.exitCode()).isZero();
        assertThat(finished.stderr()).isEmpty();
        JsonArray answers = json(finished);
        assertThat(answers).hasSize(1);
        JsonObject answer = answers.getJsonObject(0);
        assertThat(answer.fieldNames())
                .contains("target", "source", "window", "group_by", "total", "unknown", "exact", "buckets", "entries");
        assertThat(answer.getString("target")).isEqualTo(target);
        assertThat(answer.getString("source")).isEqualTo("nginx1");
        assertThat(answer.getString("window")).isEqualTo("60m");
        assertThat(answer.getJsonArray("group_by")).isEqualTo(new JsonArray().add("website"));
        assertThat(answer.getLong("total")).isEqualTo(LINES);
        assertThat(answer.getLong("unknown")).isZero();
        assertThat(answer.getBoolean("exact")).isTrue();
        assertThat(answer.getInteger("buckets")).isBetween(1, 60);
        assertThat(answer.getJsonArray("entries"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("label", "www.example.org")
                                .put("count", LINES)
                                .put("at_most", LINES)));
    }

    @Test
    void topnGroupsBySeveralDimensionsJoinedByTabs() {
        JsonObject answer = json(Cli.run(
                        "topn",
                        "--json",
                        "--target",
                        target,
                        "--window",
                        "60m",
                        "--group-by",
                        "website,uri",
                        "-n",
                        "1"))
                .getJsonObject(0);

        assertThat(answer.getJsonArray("group_by"))
                .isEqualTo(new JsonArray().add("website").add("uri"));
        assertThat(answer.getJsonArray("entries").getJsonObject(0).getString("label"))
                .isEqualTo("www.example.org\t/n/000000");
    }

    @Test
    void topnAsATableHasItsTargetAsHeaderOnlyWhenThereAreSeveral() {
        Launch.Finished one = Cli.run("topn", "--target", target, "--window", "60m");
        assertThat(one.exitCode()).isZero();
        assertThat(one.everything()).contains("www.example.org").doesNotContain(target);

        Launch.Finished two =
                Cli.run("topn", "--target", target, "--target", "localhost:" + collector.grpc(), "--window", "60m");
        assertThat(two.exitCode()).isZero();
        String table = two.everything();
        assertThat(table).contains(target).contains("localhost:" + collector.grpc());
        assertThat(table.indexOf(target)).isLessThan(table.indexOf("localhost:" + collector.grpc()));
    }

    @Test
    void trendHasOnePointPerBucketOldestFirst() {
        JsonObject answer = json(Cli.run(
                        "trend", "--json", "--target", target, "--window", "60m", "--website", "www.example.org"))
                .getJsonObject(0);

        assertThat(answer.fieldNames()).contains("target", "source", "window", "points");
        JsonArray points = answer.getJsonArray("points");
        long sum = 0;
        long last = 0;
        for (int i = 0; i < points.size(); i++) {
            JsonObject point = points.getJsonObject(i);
            assertThat(point.fieldNames()).contains("timestamp", "count");
            assertThat(point.getLong("timestamp")).isGreaterThan(last);
            assertThat(point.getLong("timestamp") % 3).isZero();
            last = point.getLong("timestamp");
            sum += point.getLong("count");
        }
        assertThat(sum).isEqualTo(LINES);
    }

    @Test
    void streamPrintsEachSnapshotAsOneLine() {
        try (LogtailProcess stream =
                Cli.launch(List.of("stream", "--json", "--target", target)).startUnready()) {
            Await.until("the first snapshot", () -> snapshot(stream, false).isPresent());
            Numbered numbered = new Numbered("stream.test");
            try (LogWriter writer = new LogWriter(folder.resolve("stream.log"), numbered)) {
                writer.lines(1);
            }
            Await.until("a snapshot with the line", () -> snapshot(stream, true).isPresent());

            JsonObject snapshot = snapshot(stream, true).orElseThrow();
            assertThat(snapshot.fieldNames())
                    .contains("target", "source", "timestamp", "partial", "coarse", "total", "entries");
            assertThat(snapshot.getString("target")).isEqualTo(target);
            assertThat(snapshot.getString("source")).isEqualTo("nginx1");
            assertThat(snapshot.getBoolean("partial")).isFalse();
            assertThat(snapshot.getBoolean("coarse")).isFalse();
            assertThat(snapshot.getLong("total")).isEqualTo(1);
            assertThat(snapshot.getJsonArray("entries"))
                    .isEqualTo(new JsonArray()
                            .add(new JsonObject()
                                    .put("website", "stream.test")
                                    .put("client_prefix", "192.0.2.0/24")
                                    .put("http_request_uri", "/n/000000")
                                    .put("http_response", 200)
                                    .put("is_tor", false)
                                    .put("asn", 64496)
                                    .put("ipng_source_tag", "direct")
                                    .put("count", 1)
                                    .put("folded", new JsonArray())));
        }
    }

    private static Optional<JsonObject> snapshot(LogtailProcess stream, boolean withRows) {
        return stream.stdout().stream()
                .map(JsonObject::new)
                .filter(snapshot -> !withRows || snapshot.getLong("total") > 0)
                .findFirst();
    }

    /** FR-7.3. */
    @Test
    void streamComesBackAfterTheCollectorDid() {
        int port = Udp.freeTcpPort();
        String address = "127.0.0.1:" + port;
        try (LogtailProcess stream =
                Cli.launch(List.of("stream", "--json", "--target", address)).startUnready()) {
            Await.until(
                    "a word about the missing collector", () -> !stream.stderr().isEmpty());
            assertThat(stream.stdout()).isEmpty();
            try (Collector late = Collector.start("--logs", folder + "/*.log", "--listen", address)) {
                Await.until(
                        "a snapshot after the reconnect", () -> !stream.stdout().isEmpty());
                assertThat(late.process().isAlive()).isTrue();
            }
            assertThat(stream.isAlive()).isTrue();
        }
    }

    /** FR-5.4: a collector lists itself, with an empty address. */
    @Test
    void targetsOfACollectorIsItself() {
        JsonArray targets = json(Cli.run("targets", "--json", "--target", target));

        assertThat(targets).hasSize(1);
        JsonObject self = targets.getJsonObject(0);
        assertThat(self.getString("target")).isEqualTo(target);
        assertThat(self.getString("name")).isEqualTo("nginx1");
        assertThat(self.getString("addr")).isEmpty();
        assertThat(self.getString("state")).isEqualTo("fresh");
        assertThat(self.getLong("age_seconds")).isBetween(0L, 10L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topn", "trend"})
    void deadTargetAmongOthersIsAPartialFailure(String command) {
        Launch.Finished finished = Cli.run(command, "--json", "--target", dead + "," + target, "--window", "60m");

        assertThat(finished.exitCode()).isEqualTo(3);
        JsonArray answers = json(finished);
        assertThat(answers).hasSize(2);
        assertThat(answers.getJsonObject(0).fieldNames()).containsExactlyInAnyOrder("target", "error");
        assertThat(answers.getJsonObject(0).getString("target")).isEqualTo(dead);
        assertThat(answers.getJsonObject(0).getString("error")).startsWith("UNAVAILABLE");
        assertThat(answers.getJsonObject(1).getString("target")).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"topn", "trend", "targets"})
    void onlyDeadTargetsAreAFailure(String command) {
        Launch.Finished finished = Cli.run(command, "--target", dead);

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.stderr()).hasSize(1);
        assertThat(finished.stderr().get(0)).contains(dead);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topn --no-such-flag",
                "topn --window 7m",
                "topn -n 0",
                "topn -n 50001",
                "topn --group-by colour",
                "topn --status teapot",
                "topn --is-tor perhaps",
                "topn --target nowhere",
                "topn --timeout soon",
                "trend --group-by website",
                "stream --live=perhaps"
            })
    void wrongUseIsExitCodeTwo(String commandLine) {
        Launch.Finished finished = Cli.run(commandLine.split(" "));

        assertThat(finished.exitCode()).as(finished.everything()).isEqualTo(2);
        assertThat(finished.stdout()).isEmpty();
        assertThat(finished.stderr()).isNotEmpty();
    }

    /** D29: the server's verdict on a regex, without a stack trace. */
    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "*a", "\\8"})
    void badRegexIsSaidShortly(String regex) {
        Launch.Finished finished = Cli.run("topn", "--target", target, "--website-re", regex);

        assertThat(finished.exitCode()).isIn(1, 2);
        assertThat(finished.everything()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(finished.stderr()).hasSize(1);
    }

    /** D30. */
    @Test
    void flagsTakeOneDashOrTwoWithABlankOrAnEqualsSign() {
        for (List<String> flags : List.of(
                List.of("--target", target, "--window", "60m"),
                List.of("-target", target, "-window", "60m"),
                List.of("--target=" + target, "--window=60m"),
                List.of("-target=" + target, "-window=60m"))) {
            List<String> command = new java.util.ArrayList<>(List.of("topn", "-json"));
            command.addAll(flags);
            Launch.Finished finished = Cli.run(command);
            assertThat(finished.exitCode()).as(finished.everything()).isZero();
            assertThat(json(finished).getJsonObject(0).getString("window")).isEqualTo("60m");
        }
    }
}
