package logtail.sources.channel;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import logtail.core.line.Batch;
import logtail.core.line.InputStats;
import logtail.core.line.LineDecoder;

/**
 * Where a source gets empty batches, and leaves full ones for the store.
 *
 * <p>Used by its source's thread alone.
 */
public final class Outlet {
    /** Raw bytes of a batch: some thousand lines, so that handing it over costs nothing per line. */
    public static final int BATCH_BYTES = 256 << 10;

    /** With so many batches under way the store has enough to do, and a batch that is not full can wait for more. */
    private static final int BUSY = 2;

    /** Empty batches that are kept; what a stalled store made necessary beyond them is left to the collector. */
    private static final int KEPT = 4;

    private static final Logger LOG = Logger.getLogger(Outlet.class.getPackageName());

    private final Channel.Share share;
    private final int batchBytes;
    private final int batchesMax;
    private final Consumer<Batch> store;
    private final ArrayDeque<Batch> free = new ArrayDeque<>(KEPT);
    private int lent;
    private long broken;

    /**
     * @param share the source's part of the channel
     * @param lineBytes the longest line or datagram: a batch holds at least one, whatever its usual size
     * @param batchesMax how many batches the source may own at a time; the channel limits them too
     * @param store hands a decoded batch to the store
     */
    public Outlet(Channel.Share share, int lineBytes, int batchesMax, Consumer<Batch> store) {
        this.share = share;
        this.batchBytes = Math.max(BATCH_BYTES, lineBytes + 2);
        this.batchesMax = batchesMax;
        this.store = store;
    }

    /** Whether the source has fewer batches out than it may own. */
    public boolean hasBatch() {
        return lent < batchesMax;
    }

    /** An empty batch for lines of an input; to be asked for when {@link #hasBatch()}. */
    public Batch take(InputStats input) {
        Batch batch = free.poll();
        if (batch == null) {
            batch = new Batch(batchBytes, input);
        }
        batch.begin(input);
        lent++;
        return batch;
    }

    /**
     * Decodes a batch. Should a line ever break its decoder, that costs the rest of the batch and a log line, not the
     * input.
     */
    public void decode(LineDecoder decoder, Batch batch) {
        try {
            decoder.decode(batch);
        } catch (RuntimeException e) {
            broken++;
            if (Long.bitCount(broken) == 1) {
                LOG.log(
                        Level.SEVERE,
                        e,
                        () -> batch.stats().input() + ": " + broken + " batches could not be decoded to their end");
            }
        }
    }

    /** Hands a decoded batch over; false when the channel is full, then it is still the caller's. */
    public boolean send(Batch batch) {
        if (!share.take(batch.records(), batch.rawLength())) {
            return false;
        }
        store.accept(batch);
        return true;
    }

    /** Takes back a batch that the store has counted. */
    public void returned(Batch batch) {
        share.give(batch.records(), batch.rawLength());
        discard(batch);
    }

    /** Takes back a batch that was not sent. */
    public void discard(Batch batch) {
        lent--;
        if (free.size() < KEPT) {
            free.add(batch);
        }
    }

    /** Whether the store has enough to do, so that a batch which is not full should wait for more lines. */
    public boolean busy() {
        return share.batches() >= BUSY;
    }

    /** Batches that are with the store. */
    public int underWay() {
        return share.batches();
    }
}
