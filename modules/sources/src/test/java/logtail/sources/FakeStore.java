package logtail.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Lines;
import logtail.runtime.bus.Message.Returned;

/** Stands where the store will: counts batches and returns them, unless the test stalls it. */
public final class FakeStore extends VerticleBase {
    public final NumberedLines counted = new NumberedLines();
    public final Addresses addresses = new Addresses("collector");
    private final ArrayDeque<Lines> held = new ArrayDeque<>();
    private boolean stalled;

    @Override
    public Future<?> start() {
        Bus.of(vertx).consume(addresses.lines(), lines -> {
            held.add(lines);
            returnHeld();
        });
        return Future.succeededFuture();
    }

    private void returnHeld() {
        while (!stalled && !held.isEmpty()) {
            Lines lines = held.remove();
            counted.count(lines.batch());
            Bus.of(vertx).send(lines.credit(), new Returned(lines.batch()));
        }
    }

    /** Any thread. */
    public void stall(boolean on) {
        context.runOnContext(go -> {
            stalled = on;
            returnHeld();
        });
    }

    /** Waits for something that other threads do. */
    public static void await(String what, BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadlineNs);
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
