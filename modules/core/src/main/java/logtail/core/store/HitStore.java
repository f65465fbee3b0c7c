package logtail.core.store;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import logtail.core.line.Batch;
import logtail.core.time.BucketClock;
import logtail.core.time.ClockStep;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests in the bucket now filling, and hands its table over when it has ended (FR-3.3, D14).
 *
 * <p>Single writer: one thread calls its methods; {@link #liveKeys()}, {@link #counted()}, {@link #folded()},
 * {@link #dropped()} and {@link #clockOffsetMs()} may be read by any.
 */
/*
 * There are two tables. One is filled while the other is sealed, cleared and given back. If that takes longer than a
 * bucket, the store stays in the bucket it has until the spare is back: later requests count in it, nothing is lost,
 * and the timestamps in between have no bucket.
 */
public final class HitStore {
    private static final int LIVE_KEYS = 0;
    private static final int COUNTED = 1;
    private static final int FOLDED = 2;
    private static final int DROPPED = 3;
    private static final int CLOCK_OFFSET_MS = 4;

    private final BucketClock clock;
    private final Consumer<ClockStep> onStep;
    private final AtomicLongArray published = new AtomicLongArray(5);
    private LiveTable live;
    private @Nullable LiveTable spare;
    private boolean started;
    private long startSeconds;
    private boolean catchUp;
    private long countedBefore;
    private long foldedBefore;
    private long droppedBefore;

    /**
     * @param live an empty table
     * @param spare another one, of the same limits
     * @param onStep told once for each step of the wall clock
     */
    public HitStore(BucketClock clock, LiveTable live, LiveTable spare, Consumer<ClockStep> onStep) {
        this.clock = clock;
        this.live = live;
        this.spare = spare;
        this.onStep = onStep;
    }

    /**
     * Goes on to the moment at which a batch arrived, or a tick; before the batch is counted.
     *
     * @param wallMs Unix milliseconds
     * @param monotonicNs the monotonic clock at the same moment
     * @return the table of the bucket that has ended; none while it goes on, or while no spare table is at hand
     */
    public Optional<FilledTable> advance(long wallMs, long monotonicNs) {
        clock.advance(wallMs, monotonicNs).ifPresent(onStep);
        published.setRelease(CLOCK_OFFSET_MS, clock.offsetMs());
        long now = clock.startSeconds();
        if (!started) {
            started = true;
            startSeconds = now;
        }
        LiveTable next = spare;
        if (now == startSeconds || next == null) {
            return Optional.empty();
        }
        FilledTable filled = new FilledTable(live, startSeconds, catchUp);
        countedBefore += live.total();
        foldedBefore += live.folded();
        droppedBefore += live.dropped();
        live = next;
        spare = null;
        startSeconds = now;
        catchUp = false;
        publish();
        return Optional.of(filled);
    }

    /** Counts the requests of a batch in the live bucket, wherever its own time lies. */
    public void count(Batch batch) {
        live.add(batch);
        catchUp |= batch.catchUp();
        publish();
    }

    /**
     * Takes a table back.
     *
     * @param table sealed and cleared
     * @throws IllegalStateException when it is not empty, or when none was handed over
     */
    public void giveBack(LiveTable table) {
        if (spare != null || table.rows() != 0) {
            throw new IllegalStateException("a table is given back once, and cleared");
        }
        spare = table;
    }

    /** Whether the live bucket has ended but the spare table is not back yet. */
    public boolean isOverdue() {
        return started && spare == null && clock.startSeconds() != startSeconds;
    }

    /** Timestamp of the live bucket, Unix seconds. */
    public long startSeconds() {
        return startSeconds;
    }

    private void publish() {
        published.setRelease(LIVE_KEYS, live.rows());
        published.setRelease(COUNTED, countedBefore + live.total());
        published.setRelease(FOLDED, foldedBefore + live.folded());
        published.setRelease(DROPPED, droppedBefore + live.dropped());
    }

    /** Rows in use in the live bucket ({@code logtail_live_keys}). */
    public long liveKeys() {
        return published.getAcquire(LIVE_KEYS);
    }

    /** Requests counted since the start. */
    public long counted() {
        return published.getAcquire(COUNTED);
    }

    /** Requests among them that were counted in a folded row ({@code logtail_folded_total}). */
    public long folded() {
        return published.getAcquire(FOLDED);
    }

    /** Requests refused for want of a row ({@code logtail_requests_dropped_total}). */
    public long dropped() {
        return published.getAcquire(DROPPED);
    }

    /** How far bucket timestamps are ahead of the wall clock ({@code logtail_clock_offset_seconds}). */
    public long clockOffsetMs() {
        return published.getAcquire(CLOCK_OFFSET_MS);
    }
}
