package logtail.runtime.telemetry;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures the lag of every event loop of a Vert.x instance until it is closed. */
final class EventLoops implements AutoCloseable {
    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

    EventLoops(Vertx vertx, Meters meters) {
        // Verticles share loops as Vert.x deals them out; only the loops themselves are each there once.
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            LoopLag lag = new LoopLag(System.nanoTime());
            tasks.add(loop.scheduleWithFixedDelay(
                    () -> lag.ran(System.nanoTime()), LoopLag.PERIOD_MS, LoopLag.PERIOD_MS, TimeUnit.MILLISECONDS));
            meters.gauge(
                    Metric.EVENT_LOOP_LAG, () -> lag.seconds(System.nanoTime()), Integer.toString(tasks.size() - 1));
        }
    }

    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
    }
}
