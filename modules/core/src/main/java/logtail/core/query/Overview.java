package logtail.core.query;

import java.util.List;
import logtail.core.schema.Dimension;

/**
 * All that a first look at traffic needs, in one answer (FR-6). Counts beside the ranking are what is sure, as there.
 *
 * @param ranking the biggest groups
 * @param details one for each row of the ranking
 * @param window the time of the ranking
 * @param before the time before it that it is compared with; shorter when there is less, and empty when there is none
 * @param now requests of the window
 * @param earlier requests of the time before
 * @param trend the requests over a longer time, one moment per bucket, oldest first, the newest ones those of the window
 * @param changes what changed most against the time before; none when there is a filter, or no time before
 * @param folded requests of the window, whatever the filter, that have no row of their own any more
 * @param catchUp whether the window holds lines that waited longer than a bucket before they were read (D14)
 * @param sinceSeconds start of the oldest bucket there is, Unix seconds; 0 for none
 */
public record Overview(
        TopNAnswer ranking,
        List<Detail> details,
        Stretch window,
        Stretch before,
        StatusCounts now,
        StatusCounts earlier,
        List<Moment> trend,
        List<Change> changes,
        long folded,
        boolean catchUp,
        long sinceSeconds) {
    public Overview {
        details = List.copyOf(details);
        trend = List.copyOf(trend);
        changes = List.copyOf(changes);
    }

    /**
     * Some time.
     *
     * @param fromSeconds its start, Unix seconds
     * @param seconds its length; 0 for no time at all
     * @param bucketSeconds length of the buckets that it is made of
     */
    public record Stretch(long fromSeconds, long seconds, int bucketSeconds) {
        public static final Stretch NONE = new Stretch(0, 0, 0);

        public long endSeconds() {
            return fromSeconds + seconds;
        }

        boolean covers(long startSeconds) {
            return startSeconds >= fromSeconds && startSeconds < endSeconds();
        }
    }

    /** One bucket of the trend, by its start in Unix seconds. */
    public record Moment(long startSeconds, StatusCounts requests) {}

    /**
     * More about one row.
     *
     * @param now its requests; fewer than its count where the buckets do not tell one by one
     * @param earlier its requests in the time before
     * @param points its requests by bucket, as in the trend
     */
    public record Detail(StatusCounts now, long earlier, List<Long> points) {
        public Detail {
            points = List.copyOf(points);
        }
    }

    /**
     * A value that has many more or many fewer requests than before.
     *
     * @param now its requests in the window
     * @param earlier its requests in the time before
     */
    public record Change(Dimension dimension, String label, long now, long earlier) {}
}
