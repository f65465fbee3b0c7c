package logtail.runtime.bus;

import logtail.runtime.bus.Message.Emptied;
import logtail.runtime.bus.Message.Filled;
import logtail.runtime.bus.Message.Lines;
import logtail.runtime.bus.Message.Returned;
import logtail.runtime.bus.Message.Rotated;
import logtail.runtime.bus.Message.TrafficCopied;
import logtail.runtime.bus.Message.TrafficWanted;

/**
 * The addresses of one node. The bus itself has no back-pressure, so each address says here who sends how often, and
 * what happens when the receiver is slow.
 */
public final class Addresses {
    private final String node;

    /**
     * @param node name of the node within this process, for example {@code collector}
     */
    public Addresses(String node) {
        this.node = node;
    }

    /**
     * Lines to be counted.
     *
     * <p>Sender: every source, send. Receiver: the store. Rate: up to some thousand batches a second. Store slow: the
     * batch is the credit; a source without a free one stops reading (files) or drops and counts (UDP), so at most
     * {@code channel.records} and {@code channel.bytes} are under way.
     */
    public Address<Lines> lines() {
        return new Address<>(node + ".lines", Lines.class);
    }

    /**
     * Counted batches on their way back.
     *
     * <p>Sender: the store, send, one per {@link #lines()}. Receiver: the source that sent it. Source slow: bounded
     * by the source's own batches.
     *
     * @param source name of the source within the node
     */
    public Address<Returned> credit(String source) {
        return new Address<>(node + ".credit." + source, Returned.class);
    }

    /**
     * Tables to be sealed.
     *
     * <p>Sender: the store, send, one per rotation. Receiver: the sealer. Sealer slow: the store owns two tables; while
     * the second is not back it goes on counting in the bucket it has, and says so once a minute.
     */
    public Address<Filled> filled() {
        return new Address<>(node + ".filled", Filled.class);
    }

    /**
     * Cleared tables for the store.
     *
     * <p>Sender: the sealer, send, one per {@link #filled()}. Receiver: the store. Store slow: at most one is under
     * way.
     */
    public Address<Emptied> emptied() {
        return new Address<>(node + ".emptied", Emptied.class);
    }

    /**
     * Finished buckets.
     *
     * <p>Sender: the sealer, publish, one per rotation, empty buckets too. Receivers: every StreamSnapshots
     * subscriber, each with its own buffer of {@code limits.subscriberBuffer} snapshots. Subscriber slow: its newest
     * snapshots are dropped and counted in {@code logtail_snapshots_dropped_total{reason="subscriber"}}.
     */
    public Address<Rotated> rotated() {
        return new Address<>(node + ".rotated", Rotated.class);
    }

    /**
     * Wishes for a copy of the traffic counters.
     *
     * <p>Sender: the metrics page, send, one per rendering and none while one is not answered. Receiver: the store.
     * Store slow: the page waits two seconds and then shows the copy before; scrapes meanwhile wait for the same page.
     */
    public Address<TrafficWanted> trafficWanted() {
        return new Address<>(node + ".trafficWanted", TrafficWanted.class);
    }

    /**
     * Copies of the traffic counters.
     *
     * <p>Sender: the store, send, one per {@link #trafficWanted()}. Receiver: the metrics page. Page slow: at most one
     * is under way.
     */
    public Address<TrafficCopied> trafficCopied() {
        return new Address<>(node + ".trafficCopied", TrafficCopied.class);
    }
}
