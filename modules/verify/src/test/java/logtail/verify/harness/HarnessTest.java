package logtail.verify.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness must be right before it may accuse a program. */
class HarnessTest {
    @Test
    void readsTheListeningLines() {
        assertThat(Listening.parse("listening grpc 127.0.0.1:40001 collector"))
                .contains(new Listening("grpc", "127.0.0.1", 40001, "collector"));
        assertThat(Listening.parse("listening prometheus [::]:9100 collector"))
                .contains(new Listening("prometheus", "::", 9100, "collector"));
        assertThat(Listening.parse("listening http 0:0:0:0:0:0:0:0:8080 frontend"))
                .contains(new Listening("http", "0:0:0:0:0:0:0:0", 8080, "frontend"));
        assertThat(Listening.parse("listening udp :9514 collector")).isPresent();
        assertThat(Listening.parse("now listening udp :9514 collector")).isEmpty();
        assertThat(Listening.parse("ready")).isEmpty();
    }

    @Test
    void readsMetricsWithEscapedLabels() {
        Metrics page = Metrics.parse(
                """
                # HELP nginx_http_requests_total requests
                # TYPE nginx_http_requests_total counter
                nginx_http_requests_total{host="a\\"b\\\\c\\nd",method="GET",status="200",} 3
                nginx_http_requests_total{host="x",method="GET",status="404"} 1.0E3 1763628000
                bucket{le="+Inf"} +Inf
                plain 7
                """);

        assertThat(page.sum("nginx_http_requests_total", "host", "a\"b\\c\nd")).isEqualTo(3);
        assertThat(page.count("nginx_http_requests_total", "method", "GET")).isEqualTo(1003);
        assertThat(page.count("nginx_http_requests_total", "method", "GET", "status", "404"))
                .isEqualTo(1000);
        assertThat(page.count("nginx_http_requests_total", "nosuch", "x")).isZero();
        assertThat(page.sum("bucket")).isInfinite();
        assertThat(page.has("plain")).isTrue();
        assertThat(page.has("missing")).isFalse();
    }

    @Test
    void readsAnAnswerOfTopn() {
        Cli.TopN answer = Cli.TopN.of(new JsonArray(
                        """
                        [{"target":"localhost:9090","source":"nginx1","window":"5m","group_by":["website"],
                          "total":1234,"unknown":0,"exact":true,"buckets":5,
                          "entries":[{"label":"b","count":1000,"at_most":1001},{"label":"a","count":2,"at_most":2}]}]
                        """)
                .getJsonObject(0));

        assertThat(answer.total()).isEqualTo(1234);
        assertThat(answer.groupBy()).containsExactly("website");
        assertThat(answer.entries().get(0)).isEqualTo(new Cli.Entry("b", 1000, 1001));
        assertThat(answer.counts()).containsExactly(Map.entry("b", 1000L), Map.entry("a", 2L));
    }

    @Test
    void failedTargetIsNoAnswer() {
        assertThatThrownBy(() -> Cli.TopN.of(
                        new JsonArray("[{\"target\":\"x:1\",\"error\":\"UNAVAILABLE: x\"}]").getJsonObject(0)))
                .hasMessageContaining("UNAVAILABLE");
    }

    @Test
    void numberedLinesRememberWhatWasGivenOut() {
        Numbered numbered = new Numbered("a.test", 2);

        String text = numbered.next(3);

        assertThat(text.lines()).hasSize(3).allMatch(line -> line.split("\t", -1).length == 16);
        assertThat(text).endsWith("\n").hasSize(3 * numbered.lineBytes());
        assertThat(numbered.expected()).containsExactly(Map.entry("/n/000000", 2L), Map.entry("/n/000001", 1L));
        assertThat(numbered.total()).isEqualTo(3);
    }

    @Test
    void writerFollowsItsFileThroughARenameUntilItReopens(@TempDir Path folder) throws IOException {
        Path log = folder.resolve("a.log");
        Numbered numbered = new Numbered("a.test");
        try (LogWriter writer = new LogWriter(log, numbered)) {
            writer.lines(1).rename("a.log.1").lines(2).reopen().lines(3);
        }

        assertThat(Files.readAllLines(folder.resolve("a.log.1"))).hasSize(3);
        assertThat(Files.readAllLines(log)).hasSize(3);
        assertThat(numbered.total()).isEqualTo(6);
    }

    @Test
    void awaitTakesARefusedConnectionForNotYet() {
        AtomicInteger calls = new AtomicInteger();

        int value = Await.until(
                "the third call",
                () -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new UncheckedIOException(new IOException("refused"));
                    }
                    return calls.get();
                },
                now -> now >= 3);

        assertThat(value).isEqualTo(3);
    }

    @Test
    void awaitSaysWhatItSawLast() {
        assertThatThrownBy(() -> Await.until("a miracle", Duration.ofMillis(50), () -> "water", "wine"::equals))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a miracle")
                .hasMessageContaining("water");
    }

    @Test
    void holdsFailsWhenTheConditionEnds() {
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> Await.holds("peace", Duration.ofSeconds(5), () -> calls.incrementAndGet() < 3))
                .hasMessageContaining("peace");
    }

    @Test
    void resultOfACommandKeepsItsStreamsApart() {
        Tools.Result result = Tools.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"));

        assertThat(result).isEqualTo(new Tools.Result(3, "out\n", "err\n"));
        assertThatThrownBy(result::ok).hasMessageContaining("exit code 3");
    }
}
