package logtail.runtime.config;

/**
 * Log files to follow.
 *
 * @param glob path or glob
 * @param format name of the format of their lines; empty for that of {@code logFormat}
 */
public record LogInput(String glob, String format) {
    LogInput orFormat(String usual) {
        return format.isEmpty() ? new LogInput(glob, usual) : this;
    }
}
