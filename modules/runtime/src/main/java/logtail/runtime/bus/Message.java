package logtail.runtime.bus;

import logtail.core.line.Batch;
import logtail.core.store.Bucket;
import logtail.core.store.FilledTable;
import logtail.core.store.LiveTable;
import logtail.core.store.View;
import logtail.core.traffic.TrafficCopy;

/**
 * Everything that travels on the event bus. Messages are handed over by reference inside one process, never encoded:
 * who sends a mutable part (a batch, a table) gives it away.
 */
public sealed interface Message {
    /**
     * Decoded lines for the store.
     *
     * @param batch the sender's until now, the store's from now on
     * @param credit where the store returns it to
     */
    record Lines(Batch batch, Address<Returned> credit) implements Message {}

    /** A batch that was counted: its source may reuse it, and what it holds is acknowledged (D24). */
    record Returned(Batch batch) implements Message {}

    /** The table of a bucket that has ended, for the sealer. */
    record Filled(FilledTable filled) implements Message {}

    /** A cleared live table on its way back to the store. */
    record Emptied(LiveTable table) implements Message {}

    /** A finished bucket and the first view that holds it. */
    record Rotated(View view, Bucket bucket) implements Message {}

    /** A wish for a copy of the traffic counters. */
    record TrafficWanted() implements Message {}

    /** What the store has counted for the metrics page. */
    record TrafficCopied(TrafficCopy copy) implements Message {}
}
