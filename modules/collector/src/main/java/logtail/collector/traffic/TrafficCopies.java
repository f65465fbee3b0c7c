package logtail.collector.traffic;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import logtail.core.traffic.TrafficCopy;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.TrafficCopied;
import logtail.runtime.bus.Message.TrafficWanted;
import logtail.runtime.telemetry.PagePart;
import org.jspecify.annotations.Nullable;

/**
 * Gets copies of the traffic counters from the store, at most one at a time. A store that does not answer in time does
 * not keep the page from its readers: it shows the last copy, and the readiness of the store says the rest. To be used
 * on the context it is made on.
 */
public final class TrafficCopies implements Supplier<Future<PagePart>> {
    /** Well within the ten seconds that Prometheus gives a scrape. */
    static final long PATIENCE_MS = 2_000;

    private final Vertx vertx;
    private final Bus bus;
    private final Addresses addresses;
    private TrafficCopy last;
    private @Nullable Promise<TrafficCopy> wanted;
    private boolean asked;

    /**
     * @param first what is shown while the store has never answered
     */
    public TrafficCopies(Vertx vertx, Addresses addresses, TrafficCopy first) {
        this.vertx = vertx;
        this.bus = Bus.of(vertx);
        this.addresses = addresses;
        this.last = first;
        bus.consume(addresses.trafficCopied(), this::copied);
    }

    @Override
    public Future<PagePart> get() {
        Promise<TrafficCopy> copy = wanted;
        if (copy == null) {
            copy = Promise.promise();
            wanted = copy;
            ask(copy);
        }
        return copy.future().map(TrafficPage::new);
    }

    private void ask(Promise<TrafficCopy> copy) {
        if (!asked) {
            asked = true;
            bus.send(addresses.trafficWanted(), new TrafficWanted());
        }
        long timer = vertx.setTimer(PATIENCE_MS, id -> answer(copy));
        copy.future().onComplete(answered -> vertx.cancelTimer(timer));
    }

    private void copied(TrafficCopied message) {
        asked = false;
        last = message.copy();
        Promise<TrafficCopy> copy = wanted;
        if (copy != null) {
            answer(copy);
        }
    }

    private void answer(Promise<TrafficCopy> copy) {
        if (wanted == copy) {
            wanted = null;
        }
        copy.tryComplete(last);
    }
}
