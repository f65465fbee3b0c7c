package logtail.frontend.page;

import java.util.List;
import logtail.core.query.TrendAnswer.Point;

/**
 * A line over time: what its SVG needs, and the same as text.
 *
 * @param width of the drawing; the page stretches it
 * @param height of the drawing
 * @param line path of the line
 * @param area path of the area below
 * @param windowX where the ranked window begins; empty when it is all there is
 * @param windowWidth how wide it is
 * @param blocks the line in block characters, for browsers without graphics
 * @param from time of its left edge
 * @param to time of its right edge
 * @param peak greatest value and when
 * @param last newest value
 */
public record Chart(
        int width,
        int height,
        String line,
        String area,
        String windowX,
        String windowWidth,
        String blocks,
        String from,
        String to,
        String peak,
        String last) {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 60;

    /** Room for the line's own width. */
    private static final int MARGIN = 2;

    private static final int BLOCKS_MAX = 60;
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    /**
     * @param points oldest first, at least two
     * @param span the newest of them, which are ranked
     */
    static Chart of(List<Point> points, Span span) {
        long bucketSeconds = span.bucketSeconds();
        long most = Math.max(1, points.stream().mapToLong(Point::count).max().orElse(1));
        StringBuilder line = new StringBuilder(points.size() * 8);
        double step = (double) WIDTH / points.size();
        // A bucket is a stretch of time, so the line is a staircase: flat over each bucket.
        for (int i = 0; i < points.size(); i++) {
            String y = number(y(points.get(i).count(), most));
            line.append(i == 0 ? "M0 " + y : "V" + y).append('H').append(number(step * (i + 1)));
        }
        int shown = Math.min(span.buckets(), points.size());
        Point first = points.get(0);
        Point newest = points.get(points.size() - 1);
        Point peak = points.stream().reduce(first, (a, b) -> b.count() > a.count() ? b : a);
        boolean days = newest.timestampSeconds() - first.timestampSeconds() >= 12 * 3_600;
        return new Chart(
                WIDTH,
                HEIGHT,
                line.toString(),
                line + "V" + HEIGHT + "H0Z",
                shown < points.size() ? number(WIDTH - step * shown) : "",
                number(step * shown),
                blocks(points, most),
                moment(first.timestampSeconds(), days),
                moment(newest.timestampSeconds() + bucketSeconds, days),
                perSecond(peak, bucketSeconds) + " at " + moment(peak.timestampSeconds(), days),
                perSecond(newest, bucketSeconds));
    }

    private static String perSecond(Point point, long bucketSeconds) {
        return Numbers.rate((double) point.count() / bucketSeconds) + "/s";
    }

    private static String moment(long seconds, boolean day) {
        return day ? Numbers.dayAndTime(seconds) : Numbers.time(seconds);
    }

    private static double y(long count, long most) {
        return HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * Math.max(0, count) / most;
    }

    /** At most one decimal. */
    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + Math.abs(tenths % 10);
    }

    private static String blocks(List<Point> points, long most) {
        int columns = Math.min(points.size(), BLOCKS_MAX);
        StringBuilder blocks = new StringBuilder(columns);
        for (int i = 0; i < columns; i++) {
            int from = i * points.size() / columns;
            int to = (i + 1) * points.size() / columns;
            long high = points.subList(from, to).stream()
                    .mapToLong(Point::count)
                    .max()
                    .orElse(0);
            int level = (int) (Math.max(0, high) * (BLOCKS.length() - 1.0) / most + 0.5);
            blocks.append(BLOCKS.charAt(level));
        }
        return blocks.toString();
    }
}
