package logtail.frontend.page;

import java.util.List;
import java.util.Optional;
import logtail.core.query.Overview;
import logtail.core.query.TrendAnswer.Point;

/**
 * The time that a ranking covers.
 *
 * @param bucketSeconds length of one bucket
 * @param buckets how many
 * @param endSeconds end of the newest, Unix seconds
 */
record Span(long bucketSeconds, int buckets, long endSeconds) {

    /**
     * Answers do not say how long a bucket is; the distance of two points does.
     *
     * @param points of the same ring, oldest first
     */
    static Optional<Span> of(List<Point> points, int buckets) {
        int size = points.size();
        if (size < 2 || buckets == 0) {
            return Optional.empty();
        }
        long newest = points.get(size - 1).timestampSeconds();
        long bucketSeconds = newest - points.get(size - 2).timestampSeconds();
        return bucketSeconds <= 0
                ? Optional.empty()
                : Optional.of(new Span(bucketSeconds, buckets, newest + bucketSeconds));
    }

    /** The window of an overview, which says how long its buckets are. */
    static Optional<Span> of(Overview.Stretch window) {
        return window.seconds() <= 0 || window.bucketSeconds() <= 0
                ? Optional.empty()
                : Optional.of(new Span(
                        window.bucketSeconds(),
                        (int) (window.seconds() / window.bucketSeconds()),
                        window.endSeconds()));
    }

    long seconds() {
        return bucketSeconds * buckets;
    }

    /** {@code 12:00:00 to 12:05:00 UTC, 5 min}. */
    String text() {
        long startSeconds = endSeconds - seconds();
        boolean days = seconds() > 12 * 3_600;
        String from = days ? Numbers.dayAndTime(startSeconds) : Numbers.time(startSeconds);
        String to = days ? Numbers.dayAndTime(endSeconds) : Numbers.time(endSeconds);
        return from + " to " + to + " UTC, " + Numbers.duration(seconds());
    }
}
