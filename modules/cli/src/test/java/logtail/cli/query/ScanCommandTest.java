package logtail.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import logtail.cli.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCommandTest {
    private final Path dir;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    ScanCommandTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @BeforeEach
    void writeLogs() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            log.append(v2("www" + i % 3 + ".example.org", i % 10 == 0 ? 404 : 200, "/" + i % 7));
        }
        Files.writeString(dir.resolve("a.log"), log);
        try (OutputStream gz = new GZIPOutputStream(Files.newOutputStream(dir.resolve("b.log.gz")))) {
            gz.write(log.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(
                dir.resolve("www.example.org.access.log"),
                combined("08:00:00", "/x", 200) + combined("09:00:00", "/y", 500) + combined("10:00:00", "/x", 200));
    }

    @Test
    void filesAreCountedTogether_compressedOrNot() {
        assertThat(scan("--group-by", "website", "a.log", "b.log.gz")).isZero();
        assertThat(out())
                .isEqualTo(
                        """
                668  33.4%  www0.example.org
                666  33.3%  www1.example.org
                666  33.3%  www2.example.org
                """);
        assertThat(err()).isEmpty();
    }

    @Test
    void severalRankings_comeFromOnePass() {
        assertThat(scan("--group-by", "status", "--group-by", "website,status", "-n", "2", "a.log"))
                .isZero();
        assertThat(out())
                .isEqualTo(
                        """
                status
                900  90.0%  200
                100  10.0%  404

                website,status
                300  30.0%  www0.example.org\t200
                300  30.0%  www1.example.org\t200
                """);
    }

    @Test
    void filtersAndJson_areThoseOfTopn() {
        assertThat(scan("--json", "--status", ">=400", "--group-by", "status", "a.log"))
                .isZero();
        JsonObject json = new JsonObject(out());
        assertThat(json.getLong("lines")).isEqualTo(1000);
        assertThat(json.getLong("parsed")).isEqualTo(1000);
        assertThat(json.getJsonObject("rejected").getLong("fields")).isZero();
        JsonObject result = json.getJsonArray("results").getJsonObject(0);
        assertThat(result.getLong("total")).isEqualTo(100);
        assertThat(result.getBoolean("exact")).isTrue();
        assertThat(result.getJsonArray("entries").getJsonObject(0).encode())
                .isEqualTo("{\"label\":\"404\",\"count\":100,\"at_most\":100}");
    }

    @Test
    void limitOfKeys_foldsAndKeepsTheTotal() {
        assertThat(scan("--json", "--keys", "16", "--group-by", "tuple", "a.log"))
                .isZero();
        JsonObject result = new JsonObject(out()).getJsonArray("results").getJsonObject(0);
        assertThat(result.getLong("total")).isEqualTo(1000);
        assertThat(result.getBoolean("exact")).isFalse();
    }

    @Test
    void timesFilter_whereTheFormatHasOne() {
        assertThat(scan(
                        "--log-format",
                        "combined",
                        "--group-by",
                        "uri",
                        "--since",
                        "2026-11-20T09:00",
                        "--until",
                        "2026-11-20T11:00:00+01:00",
                        "www.example.org.access.log"))
                .isZero();
        assertThat(out()).isEqualTo("1  100.0%  /y\n");
        assertThat(scan("--since", "2026-11-20", "a.log")).isEqualTo(2);
        assertThat(err()).isEqualTo("--since: lines of the format logtail have no time\n");
    }

    @Test
    void websiteOfAFormatWithoutOne_comesFromTheNameOfTheFile() {
        assertThat(scan("--log-format", "combined", "--site", "*.access.log", "www.example.org.access.log"))
                .isZero();
        assertThat(out()).isEqualTo("3  100.0%  www.example.org\n");
    }

    @Test
    void wrongFormat_isNamed() {
        assertThat(scan("www.example.org.access.log")).isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err())
                .isEqualTo("scan: 3 of 3 lines rejected (version 3); of the last one: this is a line of the format"
                        + " combined; logtail explain says more\n");
    }

    @Test
    void condition_setsTheExitCode() {
        assertThat(scan("--fail-if", "count>300", "a.log")).isEqualTo(4);
        assertThat(scan("--fail-if", "count > 334", "a.log")).isZero();
        assertThat(scan("--fail-if", "rejected>0", "a.log")).isZero();
        assertThat(scan("--fail-if", "much>0", "a.log")).isEqualTo(2);
        assertThat(err()).contains("--fail-if: \"much>0\" is not a condition such as count>10000");
    }

    @Test
    void csv_quotesWhatItMust() throws IOException {
        Files.writeString(dir.resolve("c.log"), v2("a,\"b\"\u001b", 200, "/"));
        assertThat(scan("--csv", "c.log")).isZero();
        assertThat(out()).isEqualTo("website,count,at_most\n\"a,\"\"b\"\"\\x1B\",1,1\n");
    }

    @Test
    void fileThatCannotBeRead_isPartial() {
        assertThat(scan("a.log", "nothing.log")).isEqualTo(3);
        assertThat(err()).isEqualTo(dir.resolve("nothing.log") + ": no such file\n");
        assertThat(scan("nothing.log")).isEqualTo(1);
        assertThat(scan("--group-by", "website")).isEqualTo(2);
    }

    @Test
    void lineLongerThanTheLimit_isRejectedOnce() throws IOException {
        String log = v2("a", 200, "/") + "x".repeat(1 << 20) + "\n" + v2("a", 200, "/")
                + v2("a", 200, "/").strip();
        Files.writeString(dir.resolve("long.log"), log);
        assertThat(scan("--json", "long.log")).isZero();
        JsonObject json = new JsonObject(out());
        assertThat(json.getLong("parsed")).isEqualTo(3);
        assertThat(json.getJsonObject("rejected").getLong("too_long")).isEqualTo(1);
    }

    private static String v2(String host, int status, String uri) {
        return "v2\t" + host + "\t192.0.2.1\tGET\t" + uri + "\t" + status
                + "\t712\t77\t0.012\t-\t-\t0\t64496\tdirect\t198.51.100.1\thttps\n";
    }

    private static String combined(String time, String uri, int status) {
        return "192.0.2.1 - - [20/Nov/2026:" + time + " +0000] \"GET " + uri + " HTTP/1.1\" " + status
                + " 6 \"-\" \"-\"\n";
    }

    private int scan(String... args) {
        out.reset();
        err.reset();
        List<String> all = List.of(args).stream()
                .map(arg -> arg.endsWith(".log") && !arg.startsWith("*") || arg.endsWith(".gz")
                        ? dir.resolve(arg).toString()
                        : arg)
                .toList();
        return ScanCommand.run(shell(), all);
    }

    private Shell shell() {
        return new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                () -> "this-host");
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
