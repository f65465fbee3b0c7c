package logtail.runtime.telemetry;

import java.util.concurrent.TimeUnit;

/**
 * How late the tasks of one event loop run: a task is due at every {@link #PERIOD_MS}, and the worst delay is kept for
 * one to two {@link #WINDOW_MS}. The loop itself records; any thread may ask.
 */
final class LoopLag {
    static final long PERIOD_MS = 250;
    static final long WINDOW_MS = 15_000;

    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(PERIOD_MS);
    private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(WINDOW_MS);

    private long dueNs;
    private long windowEndNs;
    private long worstNs;
    private long worstBeforeNs;

    LoopLag(long nowNs) {
        dueNs = nowNs + PERIOD_NS;
        windowEndNs = nowNs + WINDOW_NS;
    }

    /** The task runs; the next one is due one period from now. */
    synchronized void ran(long nowNs) {
        turn(nowNs);
        worstNs = Math.max(worstNs, nowNs - dueNs);
        dueNs = nowNs + PERIOD_NS;
    }

    /** The worst delay, that of a task which should have run by now included. */
    synchronized double seconds(long nowNs) {
        turn(nowNs);
        long worst = Math.max(Math.max(worstNs, worstBeforeNs), nowNs - dueNs);
        return worst / (double) TimeUnit.SECONDS.toNanos(1);
    }

    private void turn(long nowNs) {
        if (nowNs - windowEndNs >= 0) {
            worstBeforeNs = nowNs - windowEndNs < WINDOW_NS ? worstNs : 0;
            worstNs = 0;
            windowEndNs = nowNs + WINDOW_NS;
        }
    }
}
