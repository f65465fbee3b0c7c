package logtail.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {
    @Test
    void shouldHaveTimeLevelComponentAndMessage() {
        assertThat(new LogLine().format(record(Level.INFO, "logtail.collector", "opened /var/log/a.log")))
                .isEqualTo("2026-11-20T10:00:00.123Z INFO collector: opened /var/log/a.log\n");
    }

    @ParameterizedTest
    @CsvSource({
        "logtail.collector.tail,collector",
        "logtail.frontend,frontend",
        "io.netty.util,io.netty.util",
        "'',-",
    })
    void shouldNameTheComponent(String logger, String component) {
        assertThat(new LogLine().format(record(Level.INFO, logger, "x"))).contains(" INFO " + component + ": x");
    }

    @ParameterizedTest
    @CsvSource({"SEVERE,ERROR", "WARNING,WARN", "INFO,INFO", "FINE,DEBUG"})
    void shouldShortenTheLevel(String level, String shown) {
        assertThat(new LogLine().format(record(Level.parse(level), "logtail.x", "m")))
                .contains("Z " + shown + " x: m");
    }

    @Test
    void shouldStayOnOneLineWhateverIsLogged() {
        String line = new LogLine().format(record(Level.INFO, "logtail.x", "a\r\nb\u001b[31mc\u2028d"));
        assertThat(line).endsWith("x: a\\u000d\\u000ab\\u001b[31mc\\u2028d\n");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void shouldShowAnErrorWithItsCauseOnTheSameLine() {
        LogRecord record = record(Level.WARNING, "logtail.x", "lost");
        record.setThrown(new IllegalStateException("outer", new IOException("in\nner")));
        String line = new LogLine().format(record);
        assertThat(line)
                .contains("x: lost | java.lang.IllegalStateException: outer at logtail.runtime.report.LogLineTest")
                .contains(" | java.io.IOException: in\\u000aner at ");
        assertThat(line.lines()).hasSize(1);
    }

    private static LogRecord record(Level level, String logger, String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName(logger);
        record.setInstant(Instant.parse("2026-11-20T10:00:00.123Z"));
        return record;
    }
}
