package logtail.frontend.page;

import java.util.List;

/**
 * A small picture of a row over time.
 *
 * @param path of its SVG, which is {@value #WIDTH} wide and {@value #HEIGHT} high
 * @param label the same in words, for those who do not see it
 */
public record Spark(String path, String label) {
    /** One unit per point, at most. */
    static final int WIDTH = 60;

    static final int HEIGHT = 20;

    /** Nothing to draw. */
    static final Spark NONE = new Spark("", "");

    /**
     * @param points requests per bucket, oldest first
     * @param bucketSeconds length of one
     */
    static Spark of(List<Long> points, int bucketSeconds) {
        if (points.size() < 2 || bucketSeconds <= 0) {
            return NONE;
        }
        long[] drawn = drawn(points);
        long most = 1;
        for (long value : drawn) {
            most = Math.max(most, value);
        }
        // Coordinates relative to the point before, which are the shortest.
        StringBuilder path = new StringBuilder(5 * drawn.length).append("M0 ").append(HEIGHT);
        int level = 0;
        for (int i = 0; i < drawn.length; i++) {
            int next = (int) Math.round((double) drawn[i] / most * HEIGHT);
            if (next != level) {
                path.append('v').append(level - next);
            }
            level = next;
            if (path.charAt(path.length() - 2) == 'h' && Character.isDigit(path.charAt(path.length() - 1))) {
                int run = path.charAt(path.length() - 1) - '0';
                if (run < 9) {
                    path.setCharAt(path.length() - 1, (char) ('0' + run + 1));
                    continue;
                }
            }
            path.append("h1");
        }
        path.append("V").append(HEIGHT).append('z');
        return new Spark(path.toString(), label(points, bucketSeconds));
    }

    /** Several points become one where there are too many: the greatest of them. */
    private static long[] drawn(List<Long> points) {
        int columns = Math.min(points.size(), WIDTH);
        long[] drawn = new long[columns];
        for (int i = 0; i < points.size(); i++) {
            int column = (int) ((long) i * columns / points.size());
            drawn[column] = Math.max(drawn[column], points.get(i));
        }
        return drawn;
    }

    private static String label(List<Long> points, int bucketSeconds) {
        long most = points.stream().mapToLong(Long::longValue).max().orElse(0);
        long least = points.stream().mapToLong(Long::longValue).min().orElse(0);
        return Numbers.rate((double) least / bucketSeconds) + " to " + Numbers.rate((double) most / bucketSeconds)
                + " per second";
    }

    /** How wide the picture of so many points is. */
    static int width(int points) {
        return Math.min(points, WIDTH);
    }
}
