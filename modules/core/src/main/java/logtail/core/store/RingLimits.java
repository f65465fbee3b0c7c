package logtail.core.store;

/**
 * What one of the two rings keeps (FR-3.1, D12). Rows and texts beyond it are folded, requests never lost.
 *
 * @param buckets buckets kept; older ones leave
 * @param top rows per bucket
 * @param keyBytes bytes of distinct texts per bucket
 * @param rollupTop rows of each rollup per bucket (D10)
 */
public record RingLimits(int buckets, int top, int keyBytes, int rollupTop) {
    /** What a rollup of a fine bucket keeps. */
    public static final int FINE_ROLLUP_TOP = 2_000;

    /** What a rollup of a coarse bucket keeps. */
    public static final int COARSE_ROLLUP_TOP = 1_000;

    /** One in so many bytes of texts is for those that only a rollup holds. */
    static final int ROLLUP_TEXT_SHARE = 4;

    /** The original's fine ring: one hour of minutes. */
    public static final RingLimits FINE = new RingLimits(60, 50_000, 6 << 20, FINE_ROLLUP_TOP);

    /** The original's coarse ring: one day of five minutes. */
    public static final RingLimits COARSE = new RingLimits(288, 5_000, 1 << 20, COARSE_ROLLUP_TOP);

    /**
     * @throws IllegalArgumentException for a number below 1
     */
    public RingLimits {
        if (buckets < 1 || top < 1 || keyBytes < 1 || rollupTop < 1) {
            throw new IllegalArgumentException("a ring has at least one bucket, one row and one byte");
        }
    }

    /** With rollups as large as those of a fine bucket. */
    public RingLimits(int buckets, int top, int keyBytes) {
        this(buckets, top, keyBytes, FINE_ROLLUP_TOP);
    }
}
