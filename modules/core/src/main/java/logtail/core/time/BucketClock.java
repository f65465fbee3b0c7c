package logtail.core.time;

import java.util.Optional;

/**
 * Which bucket it is (D14, D15): arithmetic on the pairs of wall clock and monotonic clock that travel with batches
 * and ticks; it reads no clock.
 *
 * <p>Its own time never goes back. It runs with the monotonic clock and follows the wall clock's drift, at most an
 * eighth slower or faster. Once the wall clock is more than {@value #STEP_MS} ms away, it has been set: forward, and
 * the time goes with it, which leaves a gap; back, and the time runs on by the monotonic clock alone until the wall
 * clock has caught up.
 *
 * <p>Not threadsafe.
 */
public final class BucketClock {
    /** A smaller difference between the clocks is drift, a larger one a step. */
    public static final long STEP_MS = 1000;

    /** Longest bucket, seconds (D15). */
    public static final int BUCKET_SECONDS_MAX = 3600;

    private static final long STEP_MICROS = STEP_MS * 1000;

    /** Drift is followed by one part in so many. */
    private static final long DRIFT_SHARE = 8;

    private final int bucketSeconds;
    private boolean started;
    private long monotonicNs;
    private long nowMicros;
    private long offsetMicros;
    private boolean steppedBack;

    /**
     * @param bucketSeconds length of a bucket
     * @throws IllegalArgumentException for less than 1 or more than {@value #BUCKET_SECONDS_MAX} seconds
     */
    public BucketClock(int bucketSeconds) {
        if (bucketSeconds < 1 || bucketSeconds > BUCKET_SECONDS_MAX) {
            throw new IllegalArgumentException("a bucket lasts 1 to " + BUCKET_SECONDS_MAX + " seconds");
        }
        this.bucketSeconds = bucketSeconds;
    }

    /** Length of a bucket. */
    public int bucketSeconds() {
        return bucketSeconds;
    }

    /**
     * Goes on to a moment at which both clocks were read; a moment that is past changes nothing.
     *
     * @param wallMs Unix milliseconds
     * @param nowNs the monotonic clock, nanoseconds from anywhere
     * @return a step of the wall clock that shows for the first time
     */
    public Optional<ClockStep> advance(long wallMs, long nowNs) {
        if (!started) {
            started = true;
            monotonicNs = nowNs;
            nowMicros = wallMs * 1000;
            return Optional.empty();
        }
        long elapsed = (nowNs - monotonicNs) / 1000;
        if (elapsed <= 0) {
            return Optional.empty();
        }
        monotonicNs += elapsed * 1000;
        return follow(wallMs * 1000, elapsed);
    }

    private Optional<ClockStep> follow(long wallMicros, long elapsed) {
        long expected = nowMicros + elapsed;
        long ahead = expected - wallMicros;
        boolean forward = ahead < -STEP_MICROS;
        boolean back = ahead > STEP_MICROS;
        long since = offsetMicros - ahead;
        boolean sudden = Math.abs(since) > STEP_MICROS;
        boolean report = sudden || forward || back && !steppedBack;
        if (forward) {
            nowMicros = wallMicros;
        } else if (back) {
            nowMicros = expected;
        } else {
            long share = elapsed / DRIFT_SHARE;
            nowMicros = expected - Math.max(-share, Math.min(share, ahead));
        }
        steppedBack = back;
        offsetMicros = nowMicros - wallMicros;
        return report ? Optional.of(new ClockStep((sudden ? since : -ahead) / 1000, offsetMs())) : Optional.empty();
    }

    /** Timestamp of the bucket it is now: Unix seconds, a multiple of the bucket length; it never goes back. */
    public long startSeconds() {
        return Math.floorDiv(nowMicros, bucketSeconds * 1_000_000L) * bucketSeconds;
    }

    /** Its time, Unix milliseconds. */
    public long nowMs() {
        return Math.floorDiv(nowMicros, 1000);
    }

    /** How far its time is ahead of the wall clock, milliseconds ({@code logtail_clock_offset_seconds}). */
    public long offsetMs() {
        return offsetMicros / 1000;
    }
}
