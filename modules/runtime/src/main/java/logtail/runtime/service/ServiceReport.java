package logtail.runtime.service;

import io.prometheus.metrics.core.metrics.Histogram;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import logtail.runtime.telemetry.Meters;
import logtail.runtime.telemetry.Metric;

/**
 * Logs who subscribes (NFR-5.1), and counts: {@code logtail_query_duration_seconds} by rpc, {@code
 * logtail_subscribers} and {@code logtail_snapshots_dropped_total}. Threadsafe.
 */
public final class ServiceReport implements ServiceEvents {
    /** A bug that a caller can meet again and again is logged this often at most. */
    private static final long BUG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final double[] BOUNDS_SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};
    private static final double NANOS = 1e9;

    private final Logger log;
    private final Histogram durations;
    private final AtomicLong subscribers = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Map<String, Long> bugLoggedNanos = new ConcurrentHashMap<>();

    /**
     * @param log of the program, such as {@code logtail.collector}
     */
    public ServiceReport(Logger log, Meters meters) {
        this.log = log;
        this.durations = meters.histogram(Metric.QUERY_DURATION, BOUNDS_SECONDS);
        meters.gauge(Metric.SUBSCRIBERS, subscribers::get);
        meters.counter(Metric.SNAPSHOTS_DROPPED, dropped::get, "subscriber");
        // There from the start, so that a rate has something to begin from.
        durations.initLabelValues("TopN");
        durations.initLabelValues("Trend");
    }

    @Override
    public void queryFinished(String rpc, GrpcStatus status, long durationNanos) {
        durations.labelValues(rpc).observe(durationNanos / NANOS);
    }

    @Override
    public void subscriberConnected(String peer) {
        subscribers.incrementAndGet();
        log.info(() -> "subscriber " + peer + " connected");
    }

    @Override
    public void subscriberLeft(String peer, long sent, long droppedHere) {
        subscribers.decrementAndGet();
        log.info(() -> "subscriber " + peer + " left: " + sent + " snapshots sent, " + droppedHere + " dropped");
    }

    @Override
    public void snapshotDropped(String peer) {
        dropped.incrementAndGet();
    }

    @Override
    public void failed(String what, Throwable cause) {
        long now = System.nanoTime();
        bugLoggedNanos.compute(what, (name, last) -> {
            if (last != null && now - last < BUG_INTERVAL_NANOS) {
                return last;
            }
            log.log(Level.WARNING, cause, () -> what + " failed");
            return now;
        });
    }
}
