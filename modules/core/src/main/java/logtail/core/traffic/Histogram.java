package logtail.core.traffic;

import java.util.Arrays;

/** What is counted in buckets by host and source tag (FR-8.3, FR-8.4), and the bounds of the buckets. */
public enum Histogram {
    BYTES_SENT(Bounds.BYTES),
    REQUEST_DURATION(Bounds.MICROS),
    REQUEST_BYTES(Bounds.BYTES),
    UPSTREAM_DURATION(Bounds.MICROS);

    private final Bounds bounds;

    Histogram(Bounds bounds) {
        this.bounds = bounds;
    }

    public Bounds bounds() {
        return bounds;
    }

    /** Upper bounds of buckets, inclusive, in the unit of the values. */
    /*
     * No two bounds lie between the same two powers of two. So the length of a value in bits names the one bound it
     * has to be compared with, and the bucket is found without a branch: values are too random to predict one.
     */
    public enum Bounds {
        BYTES(1, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576),
        /** Values are microseconds, the metric is in seconds. */
        MICROS(
                1_000_000,
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

        private final double perUnit;
        private final long[] upper;
        private final byte[] firstOfLength = new byte[Long.SIZE];

        Bounds(double perUnit, long... finite) {
            this.perUnit = perUnit;
            this.upper = Arrays.copyOf(finite, finite.length + 1);
            upper[finite.length] = Long.MAX_VALUE;
            for (int bits = 0; bits < Long.SIZE; bits++) {
                long smallest = bits == 0 ? 0 : 1L << bits - 1;
                firstOfLength[bits] = (byte) search(smallest);
            }
        }

        private int search(long value) {
            int bucket = 0;
            while (value > upper[bucket]) {
                bucket++;
            }
            return bucket;
        }

        /** Buckets, that of the values above all bounds included. */
        public int buckets() {
            return upper.length;
        }

        /** Upper bound of a bucket in the unit of the metric; infinite for the last. */
        public double upper(int bucket) {
            return bucket == upper.length - 1 ? Double.POSITIVE_INFINITY : inUnit(upper[bucket]);
        }

        /** A value, or a sum of values, in the unit of the metric. */
        public double inUnit(long value) {
            // A quotient is the closest double there is; a product with a millionth is not.
            return value / perUnit;
        }

        /** The bucket of a value that is not negative. */
        int bucketOf(long value) {
            int first = firstOfLength[Long.SIZE - Long.numberOfLeadingZeros(value)];
            return first + (int) (upper[first] - value >>> Long.SIZE - 1);
        }
    }
}
