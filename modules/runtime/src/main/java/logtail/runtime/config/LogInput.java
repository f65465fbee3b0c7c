package logtail.runtime.config;

/**
 * Log files to follow, as configured.
 *
 * @param glob path or glob
 * @param format name or text of the format of their lines; empty for that of {@code logFormat}
 * @param website pattern over the name of a file whose lines have no website; empty for none
 */
public record LogInput(String glob, String format, String website) {
    /** Files whose lines say their website. */
    public LogInput(String glob, String format) {
        this(glob, format, "");
    }

    LogInput orFormat(String usual) {
        return format.isEmpty() ? new LogInput(glob, usual, website) : this;
    }
}
