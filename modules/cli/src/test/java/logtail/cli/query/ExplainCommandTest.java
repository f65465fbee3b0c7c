package logtail.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import logtail.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String GOOD =
            "192.0.2.1 - - [20/Nov/2026:08:59:41 +0000] \"GET /\u001b HTTP/1.1\" 2x0 6 \"-\" \"-\"";

    private final Path log;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ExplainCommandTest(@TempDir Path dir) {
        this.log = dir.resolve("access.log");
    }

    @Test
    void everyFieldOfALine_isShownWithWhatItFeeds() throws IOException {
        assertThat(explain(GOOD + "\n\n")).isZero();
        assertThat(out())
                .isEqualTo(
                        log + ":1: combined\n"
                                + """
                            column 1   $remote_addr      prefix       192.0.2.1
                            column 13  $remote_user      skipped      -
                            column 16  $time_local       time         20/Nov/2026:08:59:41 +0000
                            column 45  $request          uri, method  GET /\\x1B HTTP/1.1
                            column 62  $status           status       2x0   (is no number, counted without it)
                            column 66  $body_bytes_sent  bytes_sent   6
                            column 69  $http_referer     skipped      -
                            column 73  $http_user_agent  skipped      -
                        1 accepted, 0 rejected
                        """);
    }

    @Test
    void lineThatStops_isShownWithTheColumn() throws IOException {
        assertThat(explain(GOOD + " x\n" + GOOD + "\n", "--rejected")).isEqualTo(1);
        assertThat(out())
                .startsWith(
                        log + ":1: rejected (fields) at column 75: should end behind $http_user_agent, found \" x\"")
                .containsPattern("\n    .{60,} x\n {60,}\\^\n")
                .endsWith("1 accepted, 1 rejected (fields 1)\n")
                .doesNotContain(":2:");
    }

    @Test
    void unknownFormat_isAUsageError() throws IOException {
        assertThat(explain(GOOD, "--log-format", "combinde")).isEqualTo(2);
        assertThat(out()).isEmpty();
    }

    private int explain(String text, String... flags) throws IOException {
        Files.writeString(log, text);
        List<String> args = new ArrayList<>(List.of("--log-format", "combined"));
        args.addAll(List.of(flags));
        args.add(log.toString());
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return ExplainCommand.run(new Shell(stream, errors, Map.of(), () -> "this-host"), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
