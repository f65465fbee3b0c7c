package logtail.cli.demo;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Writes the demo's traffic to a file for a collector to tail; removes it at stop. Writing blocks: deploy it with
 * {@link #options()}.
 */
public final class DemoTraffic extends VerticleBase {
    private static final Logger LOG = Logger.getLogger("logtail.demo");

    private static final int SLICE_MS = 25;

    /** After a pause of the process the missed time is not made up for beyond this. */
    private static final int CATCH_UP_MS = 1_000;

    private final TrafficGenerator generator;
    private final DemoLog log;
    private final StringBuilder lines = new StringBuilder(1 << 16);
    private long writtenMs;

    /**
     * Creates the file.
     *
     * @throws IOException when there is no room for temporary files
     */
    public DemoTraffic(TrafficGenerator generator) throws IOException {
        this.generator = generator;
        this.log = DemoLog.create();
    }

    /** The file to tail; it exists from the beginning. */
    public Path file() {
        return log.file();
    }

    /** How to deploy it. */
    public static DeploymentOptions options() {
        return new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    }

    @Override
    public Future<?> start() {
        writtenMs = steadyMs();
        vertx.setPeriodic(SLICE_MS, this::write);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() throws IOException {
        log.close();
        return Future.succeededFuture();
    }

    private void write(long timer) {
        long nowMs = steadyMs();
        lines.setLength(0);
        generator.next((int) Math.min(nowMs - writtenMs, CATCH_UP_MS), lines);
        writtenMs = nowMs;
        try {
            log.append(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII)), nowMs);
        } catch (IOException e) {
            vertx.cancelTimer(timer);
            LOG.severe("traffic stops, cannot write " + log.file() + ": " + e.getMessage());
        }
    }

    private static long steadyMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
