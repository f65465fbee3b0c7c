package logtail.sources.tail;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import logtail.core.line.Batch;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Lines;
import logtail.runtime.bus.Message.Returned;
import logtail.runtime.time.Clock;
import logtail.sources.Sources;
import logtail.sources.channel.Outlet;
import org.jspecify.annotations.Nullable;

/**
 * Follows log files. To be deployed as a WORKER, because it reads files, after the store that receives
 * {@link Addresses#lines()}, and undeployed before it. Deployment fails when {@code tail.state} cannot be used; the
 * message is for the operator.
 */
public final class TailVerticle extends VerticleBase {
    /** Its name on the bus. */
    public static final String SOURCE = "tail";

    /** Batches it owns: enough to keep the store busy while files are read. The files are the buffer (D25). */
    private static final int BATCHES = 8;

    private static final long SAVE_MS = 1_000;

    /** How long stopping waits for the store to count what was read. */
    private static final long STOP_MS = 2_000;

    private static final long BROKEN_MS = 60_000;

    private static final Logger LOG = Logger.getLogger(TailVerticle.class.getPackageName());

    private final TailOptions options;
    private final Addresses addresses;
    private final Sources sources;
    private final Clock clock;
    private final Tailer tailer;
    private final long startedNs = System.nanoTime();

    private @Nullable Bus bus;
    private @Nullable PositionSaver saver;
    private @Nullable Promise<Void> stopping;
    private long nextLookMs;
    private long nextBrokenMs;
    private boolean timerSet;
    private boolean ticking;

    /**
     * @param inputs the globs in the order in which they claim files
     * @param sources where the inputs are registered
     * @param clock asked once per batch
     * @throws IllegalArgumentException when a glob is malformed; the message names it
     */
    public TailVerticle(
            TailOptions options, List<TailInput> inputs, Sources sources, Addresses addresses, Clock clock) {
        this.options = options;
        this.addresses = addresses;
        this.sources = sources;
        this.clock = clock;
        Outlet outlet = new Outlet(sources.channel().share(), options.lineBytes(), BATCHES, this::send);
        this.tailer = new Tailer(options, inputs, sources, outlet, clock);
    }

    @Override
    public Future<?> start() throws IOException {
        if (!context.isWorkerContext()) {
            throw new IllegalStateException("TailVerticle reads files: deploy it as a worker");
        }
        Bus local = Bus.of(vertx);
        bus = local;
        PositionFile file = positionFile(options.state());
        tailer.start(file == null ? null : file.load(), nowMs());
        if (file != null) {
            // Before anything is read, so that the next run knows what this one began with.
            file.save(tailer.positions(nowMs()));
            PositionSaver to = new PositionSaver(vertx, file, () -> tailer.positions(nowMs()), options.bucketMs() / 2);
            saver = to;
            vertx.setPeriodic(SAVE_MS, id -> to.saveIfDue());
        }
        local.consume(addresses.credit(SOURCE), this::returned);
        tick();
        return Future.succeededFuture();
    }

    private static @Nullable PositionFile positionFile(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return null;
        }
        try {
            return new PositionFile(directory);
        } catch (IOException e) {
            throw new IOException("tail.state: cannot write to " + Said.path(directory) + ": " + Said.reason(e), e);
        }
    }

    private void send(Batch batch) {
        Objects.requireNonNull(bus).send(addresses.lines(), new Lines(batch, addresses.credit(SOURCE)));
    }

    private void returned(Returned message) {
        tailer.returned(message.batch());
        if (stopping != null) {
            stopWhenCounted();
        } else if (!ticking) {
            tick();
        }
    }

    private void tick() {
        if (stopping != null) {
            return;
        }
        sources.tailed(clock.monotonicNs());
        long nowMs = nowMs();
        boolean more = false;
        try {
            if (nowMs >= nextLookMs) {
                nextLookMs = nowMs + options.pollMs();
                nextLookMs = nowMs + tailer.look(nowMs);
            }
            more = tailer.work(nowMs);
        } catch (RuntimeException e) {
            broken(e, nowMs);
        }
        next(more);
    }

    /** Whatever goes wrong with one file, the next look comes; said at most once a minute. */
    private void broken(RuntimeException e, long nowMs) {
        if (nowMs >= nextBrokenMs) {
            nextBrokenMs = nowMs + BROKEN_MS;
            LOG.log(Level.SEVERE, "tail: looking at the files failed; trying again", e);
        }
    }

    /** One piece of work at a time, so that returned batches and timers get their turn in between. */
    private void next(boolean more) {
        if (more) {
            ticking = true;
            context.runOnContext(go -> {
                ticking = false;
                tick();
            });
        } else if (!timerSet) {
            timerSet = true;
            vertx.setTimer(Math.max(1, nextLookMs - nowMs()), id -> {
                timerSet = false;
                if (!ticking) {
                    tick();
                }
            });
        }
    }

    private long nowMs() {
        return (System.nanoTime() - startedNs) / 1_000_000;
    }

    /** Waits for what was read to be counted, saves positions, and closes the files. */
    @Override
    public Future<?> stop() {
        Promise<Void> counted = Promise.promise();
        stopping = counted;
        vertx.setTimer(STOP_MS, id -> counted.tryComplete());
        stopWhenCounted();
        PositionSaver last = saver;
        return counted.future()
                .eventually(() -> last == null ? Future.succeededFuture() : last.saveLast())
                .onComplete(saved -> tailer.close());
    }

    private void stopWhenCounted() {
        tailer.flush(nowMs());
        Promise<Void> counted = stopping;
        if (counted != null && tailer.isIdle()) {
            counted.tryComplete();
        }
    }
}
