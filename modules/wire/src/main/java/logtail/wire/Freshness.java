package logtail.wire;

import java.util.Locale;

/** How current what a target has is. */
public enum Freshness {
    /** The newest bucket ended at most 1.5 bucket lengths and 5 s ago. */
    FRESH,
    STALE,
    /** Three failures in a row, or a refused peer (D20). */
    DEGRADED,
    /** Nothing received yet. */
    NEVER,
    /** A peer of the original system, which does not say. */
    UNKNOWN;

    private static final long GRACE_SECONDS = 5;

    /** State of something whose newest bucket, of that length, ended so long ago. */
    public static Freshness ofAge(long ageSeconds, int bucketSeconds) {
        return 2 * (ageSeconds - GRACE_SECONDS) <= 3L * bucketSeconds ? FRESH : STALE;
    }

    /** As shown to users. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
