package logtail.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.RejectReason;
import logtail.core.schema.Schema;
import org.junit.jupiter.api.Test;

class RejectReportTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String COMBINED =
            "192.0.2.1 - - [20/Nov/2026:08:59:41 +0000] \"GET / HTTP/1.1\" 200 6 \"-\" \"-\"";

    private final List<RejectReport.Line> said = new ArrayList<>();
    private final RejectReport report = new RejectReport(said::add);
    private final InputStats stats = new InputStats("file:/var/log/nginx/access.log", Schema.LOGTAIL);

    @Test
    void wrongFormat_isNamedAtOnceAndThenOnceAMinute() {
        report.watch(stats, LogFormat.LOGTAIL, DecoderOptions.defaults());
        report.look(0);
        assertThat(said).isEmpty();
        reject(COMBINED, RejectReason.VERSION, 0);
        report.look(SECOND);
        assertThat(said)
                .containsExactly(new RejectReport.Line(
                        Level.WARNING,
                        "file:/var/log/nginx/access.log: 1 line rejected, 0 accepted; the last one (version, column 1):"
                                + " begins with \"192.0.2.1 - - [20/Nov/20\"... instead of v1 or v2 and a tab; this is a"
                                + " line of the format combined"));
        reject(COMBINED, RejectReason.VERSION, 0);
        reject(COMBINED, RejectReason.VERSION, 0);
        report.look(60 * SECOND);
        assertThat(said).hasSize(1);
        report.look(61 * SECOND);
        assertThat(said).hasSize(2);
        assertThat(said.get(1).text()).contains(": 2 lines rejected, 0 accepted;");
        report.look(200 * SECOND);
        assertThat(said).hasSize(2);
    }

    @Test
    void badLineAmongGoodOnes_isNoWarning() {
        report.watch(stats, KnownFormats.COMBINED, DecoderOptions.defaults());
        stats.accepted(1000, 80_000);
        reject(COMBINED + " x", RejectReason.FIELDS, COMBINED.length());
        report.look(SECOND);
        assertThat(said).hasSize(1);
        assertThat(said.get(0).level()).isEqualTo(Level.INFO);
        assertThat(said.get(0).text()).contains("1000 accepted", "should end behind $http_user_agent, found \" x\"");
    }

    @Test
    void lineOfWhichOnlyTheBeginningIsKept_isNotExplainedBeyondIt() {
        report.watch(stats, KnownFormats.COMBINED, DecoderOptions.defaults());
        reject("x".repeat(300), RejectReason.FIELDS, 300);
        report.look(SECOND);
        assertThat(said.get(0).text()).endsWith("the last one (fields, column 301): it has 300 bytes");
    }

    @Test
    void longLineOfAnotherFormat_isKnownByItsBeginning() {
        report.watch(stats, LogFormat.LOGTAIL, DecoderOptions.defaults());
        reject(COMBINED.replace("\"-\" \"-\"", "\"-\" \"" + "x".repeat(300) + "\""), RejectReason.VERSION, 0);
        report.look(SECOND);
        assertThat(said.get(0).text()).endsWith("; it begins like a line of the format combined");
    }

    private void reject(String line, RejectReason reason, int column) {
        byte[] raw = line.getBytes(StandardCharsets.UTF_8);
        stats.rejected(reason, 0, column, raw, 0, raw.length);
    }
}
