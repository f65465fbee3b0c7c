package logtail.collector;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the store is alive: it runs, and buckets end. The store and the sealer say so here; any thread may ask.
 *
 * <p>A store that only runs is not enough. While a bucket is not sealed the next cannot end, and queries answer from
 * ever older ones.
 */
final class StorePulse {
    /** The store runs fifty times a second. */
    static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier monotonicNs;
    private final long rotationNs;
    private volatile long ranNs;
    private volatile long rotatedNs;

    /**
     * @param monotonicNs the monotonic clock
     */
    StorePulse(int bucketSeconds, LongSupplier monotonicNs) {
        this.monotonicNs = monotonicNs;
        this.rotationNs = TimeUnit.MILLISECONDS.toNanos(bucketSeconds * 2_500L) + SILENCE_NS;
        ran();
        rotated();
    }

    /** The store ran. */
    void ran() {
        ranNs = monotonicNs.getAsLong();
    }

    /** A bucket has ended and can be asked for. */
    void rotated() {
        rotatedNs = monotonicNs.getAsLong();
    }

    /** What is wrong with the store. */
    Optional<String> missing() {
        long nowNs = monotonicNs.getAsLong();
        if (nowNs - ranNs > SILENCE_NS) {
            return Optional.of("it has not run for " + seconds(nowNs - ranNs) + " s");
        }
        if (nowNs - rotatedNs > rotationNs) {
            return Optional.of("no bucket has ended for " + seconds(nowNs - rotatedNs) + " s");
        }
        return Optional.empty();
    }

    private static long seconds(long ns) {
        return TimeUnit.NANOSECONDS.toSeconds(ns);
    }
}
