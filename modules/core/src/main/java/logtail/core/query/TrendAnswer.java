package logtail.core.query;

import java.util.List;

/**
 * Requests over time.
 *
 * @param points one per complete bucket of the window since this process began, oldest first; zeros where none is
 * @param buckets how many points
 */
public record TrendAnswer(List<Point> points, int buckets) {
    public TrendAnswer {
        points = List.copyOf(points);
    }

    /**
     * One bucket.
     *
     * @param timestampSeconds its start, Unix seconds
     * @param count requests that surely match the filter
     * @param unknown folded requests that may match it
     */
    public record Point(long timestampSeconds, long count, long unknown) {}
}
