package logtail.runtime.report;

import java.util.concurrent.TimeUnit;

/** Lets a repeated message through at most once a minute. Not threadsafe. */
public final class Throttle {
    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private boolean used;
    private long lastNs;

    /**
     * Whether it may be said now; then not again for a minute.
     *
     * @param nowNs the monotonic clock
     */
    public boolean permits(long nowNs) {
        if (used && nowNs - lastNs < INTERVAL_NS) {
            return false;
        }
        used = true;
        lastNs = nowNs;
        return true;
    }
}
