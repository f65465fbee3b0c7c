package logtail.runtime.config;

/**
 * Where a value came from.
 *
 * @param where the flag with dashes, the variable, or the file; empty for a default
 */
public record Origin(Kind kind, String where) {
    /** In the order of precedence. */
    public enum Kind {
        FLAG,
        ENVIRONMENT,
        FILE,
        DEFAULT
    }

    static final Origin DEFAULT = new Origin(Kind.DEFAULT, "");

    /** Begins an error line: flag, variable, or file and key. */
    String place(Program.Slot slot) {
        return switch (kind) {
            case FLAG, ENVIRONMENT -> where;
            case FILE -> where + ": " + Quote.text(slot.path());
            case DEFAULT -> slot.program().id() + ": " + Quote.text(slot.path());
        };
    }

    /** As {@code dump} shows it. */
    @Override
    public String toString() {
        return switch (kind) {
            case FLAG -> "flag " + where;
            case ENVIRONMENT -> "environment " + where;
            case FILE -> where;
            case DEFAULT -> "default";
        };
    }
}
