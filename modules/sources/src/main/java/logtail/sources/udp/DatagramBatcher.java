package logtail.sources.udp;

import java.nio.ByteBuffer;
import logtail.core.line.Batch;
import logtail.core.line.LineDecoder;
import logtail.runtime.time.Clock;
import logtail.sources.UdpInput;
import logtail.sources.channel.Outlet;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the lines of datagrams in batches. While the store has enough to do, a batch waits until it is full; with
 * no credit left, its lines are decoded, counted as successes, and dropped (FR-8.6, D25).
 *
 * <p>Used by one thread. Time is what the caller says, in milliseconds that never run backwards.
 */
final class DatagramBatcher {
    private final UdpInput input;
    private final LineDecoder decoder;
    private final Outlet outlet;
    private final Clock clock;
    private final long collectMs;

    private @Nullable Batch batch;
    private long sinceMs;
    private long receivedAtMs;
    private long receivedAtNs;

    DatagramBatcher(UdpInput input, LineDecoder decoder, Outlet outlet, Clock clock, long collectMs) {
        this.input = input;
        this.decoder = decoder;
        this.outlet = outlet;
        this.clock = clock;
        this.collectMs = collectMs;
    }

    /** Adds the lines of one datagram: no line goes from one datagram to the next. */
    void add(ByteBuffer datagram, long nowMs) {
        input.addPackets(1);
        int length = datagram.remaining();
        if (length == 0) {
            return;
        }
        Batch into = room(length + 1, nowMs);
        byte[] raw = into.raw();
        int end = into.rawLength() + length;
        datagram.get(raw, into.rawLength(), length);
        if (raw[end - 1] != '\n') {
            raw[end++] = '\n';
        }
        into.rawLength(end);
    }

    private Batch room(int bytes, long nowMs) {
        Batch current = batch;
        if (current != null && current.rawCapacity() - current.rawLength() < bytes) {
            finish(current);
            current = null;
        }
        if (current == null) {
            current = outlet.take(input.stats());
            batch = current;
            sinceMs = nowMs;
            receivedAtMs = clock.wallMs();
            receivedAtNs = clock.monotonicNs();
        }
        return current;
    }

    /** Sends what was gathered, if its first line has waited long enough and the store is not busy. */
    void sendIfDue(long nowMs) {
        Batch current = batch;
        if (current != null && nowMs - sinceMs >= collectMs && !outlet.busy()) {
            finish(current);
        }
    }

    /** Sends what was gathered. */
    void flush() {
        Batch current = batch;
        if (current != null) {
            finish(current);
        }
    }

    private void finish(Batch full) {
        batch = null;
        full.received(receivedAtMs, receivedAtNs, null, false);
        outlet.decode(decoder, full);
        if (full.records() > 0 && outlet.send(full)) {
            input.addConsumed(full.records());
        } else {
            outlet.discard(full);
        }
    }

    boolean isEmpty() {
        return batch == null;
    }

    /** A batch has been counted. */
    void returned(Batch counted) {
        outlet.returned(counted);
    }

    int underWay() {
        return outlet.underWay();
    }
}
