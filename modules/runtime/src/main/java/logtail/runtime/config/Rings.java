package logtail.runtime.config;

/**
 * The history that windows are answered from (FR-3.2, D16).
 *
 * @param bucketSeconds length of a fine bucket, 1 to 3600
 */
public record Rings(int bucketSeconds, Ring fine, Ring coarse) {
    /** Fine buckets in a coarse one. */
    public static final int FINE_PER_COARSE = 5;

    /**
     * @param buckets how many are kept
     * @param top rows kept of each; smaller ones are folded
     * @param keyBytes text kept of each; rows beyond are folded
     */
    public record Ring(int buckets, int top, int keyBytes) {}

    /** Length of a coarse bucket in seconds. */
    public int coarseBucketSeconds() {
        return bucketSeconds * FINE_PER_COARSE;
    }

    static Rings of(Settings settings, Section section) {
        return new Rings(
                Math.toIntExact(
                        settings.get(section, ConfigKeys.RINGS_FINE_BUCKET).toSeconds()),
                new Ring(
                        settings.get(section, ConfigKeys.RINGS_FINE_BUCKETS),
                        settings.get(section, ConfigKeys.RINGS_FINE_TOP),
                        settings.get(section, ConfigKeys.RINGS_FINE_KEY_BYTES)),
                new Ring(
                        settings.get(section, ConfigKeys.RINGS_COARSE_BUCKETS),
                        settings.get(section, ConfigKeys.RINGS_COARSE_TOP),
                        settings.get(section, ConfigKeys.RINGS_COARSE_KEY_BYTES)));
    }
}
