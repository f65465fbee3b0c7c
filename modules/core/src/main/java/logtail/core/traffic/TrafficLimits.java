package logtail.core.traffic;

/**
 * How many label values metrics may have (FR-8.2, D13): whoever sends requests chooses most of them. Nothing is
 * forgotten before a restart.
 *
 * @param hosts hosts with a label of their own; further ones are {@code (other)}
 * @param tags source tags with a label of their own; further ones are {@code (other)}
 * @param pairs pairs of host and source tag in the histograms; further ones are {@code (other)}, {@code (other)}
 * @param methods methods with a label of their own besides the registered ones; further ones are {@code (other)}
 * @param series label sets of the request counter ({@code prom.series}); further ones are not counted there
 * @param labelBytes longest host or source tag with a label of its own, longer ones are {@code (other)}: a host
 *     stands in the page once for each of its label sets, and no host name has more than 253
 */
public record TrafficLimits(int hosts, int tags, int pairs, int methods, int series, int labelBytes) {
    /** Numbers of names have so many values at most. */
    static final int NAMES_MAX = 0xffff;

    private static final int METHODS_MAX = 200;

    /**
     * @throws IllegalArgumentException for a limit that the tables cannot keep
     */
    public TrafficLimits {
        check("hosts", hosts, NAMES_MAX);
        check("tags", tags, NAMES_MAX);
        check("pairs", pairs, Integer.MAX_VALUE / 1024);
        check("methods", methods, METHODS_MAX);
        check("series", series, Integer.MAX_VALUE / 16);
        check("labelBytes", labelBytes, NAMES_MAX);
    }

    private static void check(String what, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(what + " must be 0 to " + max + ", not " + value);
        }
    }

    public static TrafficLimits defaults() {
        return new TrafficLimits(5_000, 256, 2_000, 16, 250_000, 253);
    }

    public TrafficLimits withSeries(int other) {
        return new TrafficLimits(hosts, tags, pairs, methods, other, labelBytes);
    }
}
