package logtail.runtime.telemetry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import logtail.runtime.report.BuildInfo;

/**
 * How a program shows itself to its operators: its meters, those of the process and the Java virtual machine, whether
 * it is healthy and ready, and the port on which all that is asked for. One per program.
 */
public final class Telemetry {
    private final Vertx vertx;
    private final Meters meters = new Meters();
    private final Health health = new Health(meters);
    private final JvmMeters jvm;
    private final EventLoops loops;

    private Telemetry(Vertx vertx) {
        this.vertx = vertx;
        BuildInfo build = BuildInfo.current();
        meters.info(Metric.BUILD_INFO, build.version(), build.commit(), build.built());
        ProcessMeters.bind(meters);
        this.jvm = new JvmMeters(meters);
        this.loops = new EventLoops(vertx, meters);
    }

    /** Makes one off the event loop: the first touch of the Java virtual machine's own beans takes a while. */
    public static Future<Telemetry> create(Vertx vertx) {
        return vertx.executeBlocking(() -> new Telemetry(vertx));
    }

    /** Where the program registers what it counts. */
    public Meters meters() {
        return meters;
    }

    /** Where the program says what it takes to be ready. */
    public Health health() {
        return health;
    }

    /** Serves the pages, see {@link #listen(String, int, Supplier)}, for a program that has only meters. */
    public Future<Integer> listen(String host, int port) {
        return listen(host, port, () -> Future.succeededFuture(PagePart.NONE));
    }

    /**
     * Serves {@code /metrics}, {@code /healthz} and {@code /readyz} until the calling verticle is undeployed.
     *
     * @param parts gathers what the pages show beside the meters; asked on the calling context, once per rendering
     * @return the bound port; fails when it cannot be bound
     */
    public Future<Integer> listen(String host, int port, Supplier<Future<PagePart>> parts) {
        return new TelemetryServer(vertx, meters, health, parts).listen(host, port);
    }

    /** Stops measuring. */
    public void close() {
        loops.close();
        jvm.close();
    }
}
