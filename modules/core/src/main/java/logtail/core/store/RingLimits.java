package logtail.core.store;

/**
 * What one of the two rings keeps (FR-3.1, D12). Rows and texts beyond it are folded, requests never lost.
 *
 * @param buckets buckets kept; older ones leave
 * @param top rows per bucket
 * @param keyBytes bytes of distinct texts per bucket
 */
public record RingLimits(int buckets, int top, int keyBytes) {
    /** The original's fine ring: one hour of minutes. */
    public static final RingLimits FINE = new RingLimits(60, 50_000, 6 << 20);

    /** The original's coarse ring: one day of five minutes. */
    public static final RingLimits COARSE = new RingLimits(288, 5_000, 1 << 20);

    /**
     * @throws IllegalArgumentException for a number below 1
     */
    public RingLimits {
        if (buckets < 1 || top < 1 || keyBytes < 1) {
            throw new IllegalArgumentException("a ring has at least one bucket, one row and one byte");
        }
    }
}
