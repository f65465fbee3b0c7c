package logtail.frontend.page;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import logtail.core.query.Overview;
import logtail.core.query.TrendAnswer.Point;

/**
 * A line over time: what its SVG needs, and the same as text.
 *
 * @param width of the drawing; the page stretches it
 * @param height of the drawing
 * @param line path of the line
 * @param area path of the area below
 * @param errors4xx path of the area of what was answered with 4xx or 5xx; may be empty
 * @param errors5xx path of the area of what was answered with 5xx, in front of it; may be empty
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
        String errors4xx,
        String errors5xx,
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
        return of(points, List.of(), span);
    }

    /**
     * @param moments the same by class of status; none when that is not known
     */
    static Chart of(List<Point> points, List<Overview.Moment> moments, Span span) {
        long bucketSeconds = span.bucketSeconds();
        long most = Math.max(1, points.stream().mapToLong(Point::count).max().orElse(1));
        double step = (double) WIDTH / points.size();
        String line = stairs(points.stream().mapToLong(Point::count).toArray(), most);
        int shown = Math.min(span.buckets(), points.size());
        Point first = points.get(0);
        Point newest = points.get(points.size() - 1);
        Point peak = points.stream().reduce(first, (a, b) -> b.count() > a.count() ? b : a);
        boolean days = newest.timestampSeconds() - first.timestampSeconds() >= 12 * 3_600;
        return new Chart(
                WIDTH,
                HEIGHT,
                line,
                line + "V" + HEIGHT + "H0Z",
                band(
                        moments.stream()
                                .mapToLong(
                                        m -> m.requests().c4xx() + m.requests().c5xx()),
                        most),
                band(moments.stream().mapToLong(m -> m.requests().c5xx()), most),
                shown < points.size() ? number(WIDTH - step * shown) : "",
                number(step * shown),
                blocks(points, most),
                moment(first.timestampSeconds(), days),
                moment(newest.timestampSeconds() + bucketSeconds, days),
                perSecond(peak, bucketSeconds) + " at " + moment(peak.timestampSeconds(), days),
                perSecond(newest, bucketSeconds));
    }

    /** A bucket is a stretch of time, so the line is a staircase: flat over each bucket. */
    private static String stairs(long[] counts, long most) {
        StringBuilder line = new StringBuilder(counts.length * 8);
        double step = (double) WIDTH / counts.length;
        String last = "";
        for (int i = 0; i < counts.length; i++) {
            String y = number(y(counts[i], most));
            if (i == 0) {
                line.append("M0 ").append(y);
            } else if (!y.equals(last)) {
                line.append('H').append(number(step * i)).append('V').append(y);
            }
            last = y;
        }
        return line.append('H').append(WIDTH).toString();
    }

    private static String band(LongStream counts, long most) {
        long[] all = counts.toArray();
        return Arrays.stream(all).allMatch(count -> count == 0) ? "" : stairs(all, most) + "V" + HEIGHT + "H0Z";
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
