package logtail.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import logtail.runtime.service.ServiceEvents;

/** Logs and counts what happens on the gRPC port (NFR-5.1). Threadsafe. */
final class ServiceLog implements ServiceEvents {
    private static final Logger LOG = Logger.getLogger("logtail.collector.grpc");

    private static final Duration[] QUERY_BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(3),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(60),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final Timer topN;
    private final Timer trend;
    private final Counter snapshotsDropped;

    ServiceLog(MeterRegistry registry) {
        topN = query(registry, "TopN");
        trend = query(registry, "Trend");
        snapshotsDropped = Counter.builder("logtail.snapshots.dropped")
                .description("Snapshots that were not delivered, by reason")
                .tag("reason", "subscriber")
                .register(registry);
    }

    private static Timer query(MeterRegistry registry, String rpc) {
        return Timer.builder("logtail.query.duration")
                .description("Time to answer a query, from its start to its end")
                .tag("rpc", rpc)
                .serviceLevelObjectives(QUERY_BOUNDS)
                .register(registry);
    }

    @Override
    public void queryFinished(String rpc, GrpcStatus status, long durationNanos) {
        (rpc.equals("Trend") ? trend : topN).record(Duration.ofNanos(durationNanos));
    }

    @Override
    public void subscriberConnected(String peer) {
        LOG.info(() -> "subscriber " + peer + " connected");
    }

    @Override
    public void subscriberLeft(String peer, long sent, long dropped) {
        LOG.info(() -> "subscriber " + peer + " left after " + sent + " snapshots, " + dropped + " dropped");
    }

    @Override
    public void snapshotDropped(String peer) {
        snapshotsDropped.increment();
    }

    @Override
    public void failed(String what, Throwable cause) {
        LOG.log(Level.WARNING, what, cause);
    }
}
