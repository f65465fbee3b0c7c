package logtail.core.traffic;

/** The histograms of a pair of host and source tag (FR-8.3, FR-8.4): what they measure, and their bounds. */
public enum Family {
    BYTES_SENT("nginx_http_bytes_sent", Bounds.BYTES),
    REQUEST_DURATION("nginx_http_request_duration_seconds", Bounds.MICROS),
    REQUEST_BYTES("nginx_http_request_bytes", Bounds.BYTES),
    UPSTREAM_DURATION("nginx_http_upstream_duration_seconds", Bounds.MICROS);

    private final String metric;
    private final Bounds bounds;

    Family(String metric, Bounds bounds) {
        this.metric = metric;
        this.bounds = bounds;
    }

    /** Name of the metric. */
    public String metric() {
        return metric;
    }

    public Bounds bounds() {
        return bounds;
    }

    /** Upper bounds of buckets, inclusive, in the unit of the values. */
    public enum Bounds {
        BYTES(1, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576),
        /** Values are microseconds, the metric is in seconds. */
        MICROS(
                1e-6,
                5_000,
                10_000,
                25_000,
                50_000,
                100_000,
                250_000,
                500_000,
                1_000_000,
                2_500_000,
                5_000_000,
                10_000_000);

        private final double unit;
        private final long[] upper;

        Bounds(double unit, long... upper) {
            this.unit = unit;
            this.upper = upper;
        }

        /** Buckets, that of the values above all bounds included. */
        public int buckets() {
            return upper.length + 1;
        }

        /** Upper bound of a bucket in the unit of the metric; infinite for the last. */
        public double upper(int bucket) {
            return bucket == upper.length ? Double.POSITIVE_INFINITY : inUnit(upper[bucket]);
        }

        /** A value, or a sum of values, in the unit of the metric. */
        public double inUnit(long value) {
            // Dividing is exact where multiplying by a millionth is not.
            return unit == 1 ? value : value / 1e6;
        }

        int bucketOf(long value) {
            int bucket = 0;
            while (bucket < upper.length && value > upper[bucket]) {
                bucket++;
            }
            return bucket;
        }
    }
}
