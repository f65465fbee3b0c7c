package logtail.sources.channel;

/**
 * Counts what is under way between the sources of a node and its store (D24, NFR-3.3): records and bytes, so that a
 * few one-line batches do not exhaust it. Beyond the limit files are not read on and datagrams are dropped.
 *
 * <p>Threadsafe.
 */
public final class Channel {
    private final ChannelOptions limit;
    private long records;
    private long bytes;

    public Channel(ChannelOptions limit) {
        this.limit = limit;
    }

    /** Opens the share of one more source. */
    public Share share() {
        return new Share();
    }

    /** Accepted requests under way. */
    public synchronized long records() {
        return records;
    }

    /** Bytes of raw lines under way. */
    public synchronized long bytes() {
        return bytes;
    }

    private synchronized boolean take(long moreRecords, long moreBytes, boolean always) {
        boolean fits = records + moreRecords <= limit.records() && bytes + moreBytes <= limit.bytes();
        if (fits || always) {
            records += moreRecords;
            bytes += moreBytes;
        }
        return fits || always;
    }

    private synchronized void give(long fewerRecords, long fewerBytes) {
        records -= fewerRecords;
        bytes -= fewerBytes;
    }

    /**
     * What one source has under way. A source with nothing under way may always send one batch: none is starved by
     * the others, and no batch is too large ever to be sent.
     *
     * <p>Used by its source's thread alone.
     */
    public final class Share {
        private int batches;

        private Share() {}

        /** Takes credit for one batch; false when the channel is full. */
        public boolean take(long moreRecords, long moreBytes) {
            boolean taken = Channel.this.take(moreRecords, moreBytes, batches == 0);
            batches += taken ? 1 : 0;
            return taken;
        }

        /** Gives the credit of one batch back. */
        public void give(long fewerRecords, long fewerBytes) {
            batches--;
            Channel.this.give(fewerRecords, fewerBytes);
        }

        /** Batches under way. */
        public int batches() {
            return batches;
        }
    }
}
