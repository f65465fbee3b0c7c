package logtail.runtime.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Logs who subscribes (NFR-5.1), and counts: {@code logtail_query_duration_seconds} by rpc, and
 * {@code logtail_snapshots_dropped_total}. Threadsafe.
 */
public final class ServiceReport implements ServiceEvents {
    /** A bug that a caller can meet again and again is logged this often at most. */
    private static final long BUG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** In milliseconds, as {@code nginx_http_request_duration_seconds} has them. */
    private static final Duration[] BUCKETS = Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Logger log;
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final MeterRegistry registry;
    private final Counter dropped;
    private final Map<String, Long> bugLoggedNanos = new ConcurrentHashMap<>();

    /**
     * @param log of the program, such as {@code logtail.collector}
     */
    public ServiceReport(Logger log, MeterRegistry registry) {
        this.log = log;
        this.registry = registry;
        this.dropped = Counter.builder("logtail.snapshots.dropped")
                .description("Snapshots that were not delivered or not taken in, by reason.")
                .tag("reason", "subscriber")
                .register(registry);
        // There from the start, so that a rate has something to begin from.
        duration("TopN");
        duration("Trend");
    }

    private Timer duration(String rpc) {
        return durations.computeIfAbsent(rpc, name -> Timer.builder("logtail.query.duration")
                .description("Time from a query's arrival to its answer, waiting included.")
                .tag("rpc", name)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
    }

    @Override
    public void queryFinished(String rpc, GrpcStatus status, long durationNanos) {
        duration(rpc).record(durationNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void subscriberConnected(String peer) {
        log.info(() -> "subscriber " + peer + " connected");
    }

    @Override
    public void subscriberLeft(String peer, long sent, long droppedHere) {
        log.info(() -> "subscriber " + peer + " left: " + sent + " snapshots sent, " + droppedHere + " dropped");
    }

    @Override
    public void snapshotDropped(String peer) {
        dropped.increment();
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
