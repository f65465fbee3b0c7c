package logtail.core.tail;

/**
 * How soon to look at the files again: so that a look finds about {@value #TARGET_BYTES} bytes, at least every
 * {@code tail.poll}. Fewer looks would make lines wait longer than need be, more would hand over small batches.
 *
 * <p>Not threadsafe.
 */
public final class PollPace {
    /** A quarter of a batch. */
    public static final int TARGET_BYTES = 64 << 10;

    private final long pollMs;
    private long delayMs;

    /**
     * @param pollMs the longest delay, at least 1
     */
    public PollPace(long pollMs) {
        this.pollMs = Math.max(1, pollMs);
        this.delayMs = this.pollMs;
    }

    /**
     * @param grownBytes by how much the files had grown
     * @param elapsedMs since the look before
     * @return milliseconds until the next look
     */
    public long next(long grownBytes, long elapsedMs) {
        long aim = grownBytes == 0 ? pollMs : Math.max(1, elapsedMs) * TARGET_BYTES / grownBytes;
        // Fall at once, rise slowly: bursts come in groups.
        delayMs = Math.max(1, Math.min(pollMs, Math.min(aim, delayMs * 2)));
        return delayMs;
    }
}
