package logtail.core.line;

/** Why a line is dropped (FR-2.5, D2): for these reasons only. */
public enum RejectReason {
    /** No recognised {@code v<N>} tag in front. */
    VERSION("version"),
    /** Not the number of fields its version has. */
    FIELDS("fields"),
    /** The client address is none (D4). */
    ADDRESS("address"),
    /** Longer than {@code limits.lineBytes}. */
    TOO_LONG("too_long");

    private final String label;

    RejectReason(String label) {
        this.label = label;
    }

    /** As written in metrics. */
    public String label() {
        return label;
    }
}
