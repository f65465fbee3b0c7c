package logtail.core.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import logtail.core.format.FormatText;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.core.line.Explanation.Rejection;
import logtail.core.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineExplainerTest {
    private static final String COMBINED =
            "192.0.2.1 - - [20/Nov/2026:08:59:41 +0000] \"GET /a?b HTTP/1.1\" 200 6 \"-\" \"curl\"";

    @Test
    void acceptedLine_hasEveryFieldAndWhatItFeeds() {
        Explanation line = explain(KnownFormats.COMBINED, COMBINED);
        assertThat(line.isAccepted()).isTrue();
        assertThat(line.fields())
                .extracting(Explanation.Field::variable, Explanation.Field::value)
                .containsExactly(
                        tuple("remote_addr", "192.0.2.1"),
                        tuple("remote_user", "-"),
                        tuple("time_local", "20/Nov/2026:08:59:41 +0000"),
                        tuple("request", "GET /a?b HTTP/1.1"),
                        tuple("status", "200"),
                        tuple("body_bytes_sent", "6"),
                        tuple("http_referer", "-"),
                        tuple("http_user_agent", "curl"));
        assertThat(line.fields().get(3).countedAs()).containsExactly("uri", "method");
        assertThat(line.fields().get(3).column()).isEqualTo(44);
    }

    @Test
    void valueThatIsNoNumber_isMarkedThoughTheRequestCounts() {
        Explanation line = explain(KnownFormats.COMBINED, COMBINED.replace(" 200 ", " 2x0 "));
        assertThat(line.isAccepted()).isTrue();
        assertThat(line.fields().get(4).note()).isEqualTo("is no number, counted without it");
        assertThat(line.fields().get(3).note()).isEmpty();
        Explanation hello = explain(KnownFormats.COMBINED, COMBINED.replace("GET /a?b HTTP/1.1", "\\x16\\x03"));
        assertThat(hello.fields().get(3).note()).isEqualTo("is no request line, counted as -");
    }

    /** Columns from 1, as they are shown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    logtail  | COMBINED                                   | version | 1 | begins with "192.0.2.1 - - [20/Nov/20"... instead of v1 or v2 and a tab | this is a line of the format combined
                    combined | COMBINED "-"                               | fields  | 80 | should end behind $http_user_agent, found ' "-"' | this is a line of the format main
                    combined | www.example.org COMBINED                   | fields  | 17 | " - " should follow $remote_addr, found "192.0.2.1 - - [20/Nov/20"... | this is a line of the format vhost_combined
                    combined | COMBINEDCOMBINED                           | fields  | 80 | should end behind $http_user_agent, found "192.0.2.1 - - [20/Nov/20"... | another line begins there, as if a line break had been lost
                    combined | 2026/11/20 08:59:41 [error] 31#31: *46 open() failed | fields | 12 | " - " should follow $remote_addr, found "08:59:41 [error] 31#31: "... | this is a line of nginx's error log, not of an access log
                    combined | 192.0.2.1 - - [20/Nov/2026:08:59:41 +0000] "GET / HTTP/1.1" 200 | fields | 64 | " " should follow $status, the line ends | the rest of the line is missing
                    combined | <190>Nov 20 08:59:41 vm nginx: COMBINED    | fields  | 10 | " - " should follow $remote_addr, found "20 08:59:41 vm nginx: 19"... | a syslog header stands in front of the line
                    combined | unix: - - [20/Nov/2026:08:59:41 +0000] "GET / HTTP/1.1" 200 6 "-" "-" | address | 1 | the client is "unix:", which is no address | ~~
                    combined | 192.0.2.1 - - 20/Nov/2026                  | fields | 26 | " [" should follow $remote_user, the line ends | the rest of the line is missing
                    """)
    void rejectedLine_saysWhereAndWhyAndWhatItMayBe(
            String format, String line, String reason, int column, String what, String advice) {
        Explanation explained = explain(
                Objects.requireNonNull(KnownFormats.named(format).orElse(null)), line.replace("COMBINED", COMBINED));
        Rejection rejection = Objects.requireNonNull(explained.rejection());
        assertThat(rejection.reason().label()).isEqualTo(reason);
        assertThat(rejection.what()).isEqualTo(what);
        assertThat(rejection.advice()).isEqualTo(advice);
        assertThat(rejection.column() + 1).isEqualTo(column);
    }

    @Test
    void lineOfLogtail_isExplainedByItsVersion() {
        String v2 =
                "v2\twww.example.org\t192.0.2.1\tGET\t/\t200\t712\t77\t0.012\t-\t-\t0\t64496\tdirect\t198.51.100.1\thttps";
        Explanation line = explain(LogFormat.LOGTAIL, v2);
        assertThat(line.format()).isEqualTo("logtail v2");
        assertThat(line.fields()).hasSize(15);
        Rejection fewer = Objects.requireNonNull(explain(LogFormat.LOGTAIL, v2.substring(0, v2.lastIndexOf('\t')))
                .rejection());
        assertThat(fewer.what()).isEqualTo("\"\\t\" should follow $server_addr, the line ends");
        Rejection more =
                Objects.requireNonNull(explain(LogFormat.LOGTAIL, v2 + "\tx").rejection());
        assertThat(more.reason()).isEqualTo(RejectReason.FIELDS);
    }

    /** The 93 lines of the real log that are not combined, by what they are. */
    @Test
    void linesOfARealLogThatAreNotCombined_areNamed() throws IOException {
        LineExplainer explainer = new LineExplainer(KnownFormats.COMBINED, DecoderOptions.defaults());
        Map<String, Integer> advice = new TreeMap<>();
        List<String> unnamed = new ArrayList<>();
        String all = Files.readString(SharedData.file("data/access/combined.log"), StandardCharsets.ISO_8859_1);
        for (String line : all.split("\n")) {
            Rejection rejection = explainer
                    .explain(line.getBytes(StandardCharsets.ISO_8859_1))
                    .rejection();
            if (rejection != null) {
                advice.merge(rejection.advice(), 1, Integer::sum);
                if (rejection.advice().isEmpty()) {
                    unnamed.add(line);
                }
            }
        }
        assertThat(advice.values().stream().mapToInt(n -> n).sum()).isEqualTo(93);
        assertThat(advice.keySet())
                .contains(
                        "this is a line of the format common",
                        "this is a line of the format main",
                        "this is a line of the format vhost_combined",
                        "another line begins there, as if a line break had been lost",
                        "the rest of the line is missing");
        assertThat(unnamed).isEmpty();
    }

    @Test
    void formatOfOnesOwn_isExplainedToo() {
        LogFormat format = FormatText.parse("[$remote_addr] $status");
        assertThat(Objects.requireNonNull(explain(format, "192.0.2.1 200").rejection())
                        .what())
                .isEqualTo("should begin with \"[\", found \"192.0.2.1 200\"");
    }

    private static Explanation explain(LogFormat format, String line) {
        return new LineExplainer(format, DecoderOptions.defaults()).explain(line.getBytes(StandardCharsets.UTF_8));
    }
}
