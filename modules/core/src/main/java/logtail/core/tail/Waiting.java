package logtail.core.tail;

/**
 * Tells which bytes of a growing file have waited longer than a bucket to be read (D14), from how large the file was
 * when. Exact to a quarter of a bucket.
 *
 * <p>Not threadsafe.
 */
public final class Waiting {
    private static final int SAMPLES = 5;

    private final long bucketMs;
    private final long[] times = new long[SAMPLES];
    private final long[] sizes = new long[SAMPLES];
    private int samples;
    private long seenMs = Long.MIN_VALUE;
    private long lateTo;

    public Waiting(long bucketMs) {
        this.bucketMs = bucketMs;
    }

    /** The file was read to its end. */
    public void caughtUp(long nowMs) {
        samples = 0;
        seenMs = nowMs;
    }

    /** The file had this size, and not all of it has been read. */
    public void behind(long nowMs, long sizeBytes) {
        if (seenMs != Long.MIN_VALUE && nowMs - seenMs > bucketMs) {
            // Nobody looked for so long: what was written meanwhile may be as old.
            late(sizeBytes);
        }
        seenMs = nowMs;
        while (samples > 0 && nowMs - times[0] > bucketMs) {
            late(sizes[0]);
            System.arraycopy(times, 1, times, 0, --samples);
            System.arraycopy(sizes, 1, sizes, 0, samples);
        }
        if (samples == 0 || samples < SAMPLES && nowMs - times[samples - 1] >= bucketMs / (SAMPLES - 1)) {
            times[samples] = nowMs;
            sizes[samples++] = sizeBytes;
        }
    }

    /** Everything before this byte has waited: it was there when a position was resumed. */
    public void late(long toByte) {
        lateTo = Math.max(lateTo, toByte);
    }

    /** The file starts over. */
    public void restart() {
        samples = 0;
        lateTo = 0;
    }

    /** Whether the byte at this place has waited longer than a bucket. */
    public boolean isLate(long offset) {
        return offset < lateTo;
    }
}
