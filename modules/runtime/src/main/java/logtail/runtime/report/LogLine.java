package logtail.runtime.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** One record as one line, whatever bytes of a log file or a peer are in it (D6). */
final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String OURS = "logtail.";
    private static final int FRAMES_SHOWN = 5;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(128);
        TIME.formatTo(Instant.ofEpochMilli(record.getMillis()), line);
        line.append(' ').append(level(record.getLevel())).append(' ');
        appendVisible(line, component(record.getLoggerName()));
        line.append(": ");
        appendVisible(line, formatMessage(record));
        int causes = 0;
        for (Throwable thrown = record.getThrown();
                thrown != null && causes < FRAMES_SHOWN;
                thrown = thrown.getCause()) {
            appendThrown(line, thrown);
            causes++;
        }
        return line.append('\n').toString();
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    /** {@code logtail.collector.tail} is collector; loggers of libraries keep their name. */
    private static String component(@Nullable String logger) {
        if (logger == null || !logger.startsWith(OURS)) {
            return logger == null || logger.isEmpty() ? "-" : logger;
        }
        int end = logger.indexOf('.', OURS.length());
        return logger.substring(OURS.length(), end < 0 ? logger.length() : end);
    }

    private static void appendThrown(StringBuilder line, Throwable thrown) {
        line.append(" | ");
        appendVisible(line, thrown.toString());
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES_SHOWN, frames.length); i++) {
            line.append(" at ").append(frames[i]);
        }
    }

    private static void appendVisible(StringBuilder line, @Nullable String text) {
        String shown = String.valueOf(text);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
