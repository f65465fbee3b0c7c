package logtail.collector;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.logging.Logger;
import logtail.core.line.Batch;
import logtail.core.store.HitStore;
import logtail.core.traffic.TrafficTable;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Filled;
import logtail.runtime.bus.Message.Lines;
import logtail.runtime.bus.Message.Returned;
import logtail.runtime.bus.Message.TrafficCopied;
import logtail.runtime.report.Throttle;
import logtail.runtime.time.Clock;

/**
 * The single writer (NFR-1.1): the only thread that touches the {@link HitStore} and the {@link TrafficTable}. To be
 * deployed once, on an event loop.
 */
final class StoreVerticle extends VerticleBase {
    /** How late a bucket may end when no lines arrive. */
    private static final long TICK_MS = 20;

    private static final Logger LOG = Logger.getLogger("logtail.collector.store");

    private final HitStore store;
    private final TrafficTable traffic;
    private final StorePulse pulse;
    private final Addresses addresses;
    private final Clock clock;
    private final Throttle overdue = new Throttle();

    StoreVerticle(HitStore store, TrafficTable traffic, StorePulse pulse, Addresses addresses, Clock clock) {
        this.store = store;
        this.traffic = traffic;
        this.pulse = pulse;
        this.addresses = addresses;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        bus.consume(addresses.lines(), lines -> count(bus, lines));
        bus.consume(addresses.emptied(), emptied -> store.giveBack(emptied.table()));
        bus.consume(
                addresses.trafficWanted(),
                wanted -> bus.send(addresses.trafficCopied(), new TrafficCopied(traffic.copy())));
        tick(bus);
        vertx.setPeriodic(TICK_MS, id -> tick(bus));
        return Future.succeededFuture();
    }

    private void tick(Bus bus) {
        advance(bus, clock.wallMs(), clock.monotonicNs());
        pulse.ran();
    }

    private void count(Bus bus, Lines lines) {
        Batch batch = lines.batch();
        advance(bus, batch.receivedAtMs(), batch.receivedAtNs());
        store.count(batch);
        traffic.add(batch);
        bus.send(lines.credit(), new Returned(batch));
    }

    private void advance(Bus bus, long atMs, long atNs) {
        store.advance(atMs, atNs).ifPresent(filled -> bus.send(addresses.filled(), new Filled(filled)));
        if (store.isOverdue() && overdue.permits(atNs)) {
            LOG.warning("the bucket before is still being sealed; requests count in the one that should have ended");
        }
    }
}
