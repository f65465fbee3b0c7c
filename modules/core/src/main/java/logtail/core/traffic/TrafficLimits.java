package logtail.core.traffic;

/**
 * How many label values metrics may have (FR-8.2, D13): attackers choose most of them.
 *
 * @param hosts hosts with a label of their own; further ones are {@code (other)}
 * @param tags source tags likewise
 * @param pairs pairs of host and source tag in the histograms; further ones are {@code (other)}, {@code (other)}
 * @param methods methods likewise, besides the registered ones
 * @param series label sets of the request counter ({@code prom.series}); further ones are dropped
 */
public record TrafficLimits(int hosts, int tags, int pairs, int methods, int series) {
    public static TrafficLimits defaults() {
        return new TrafficLimits(5_000, 256, 2_000, 16, 250_000);
    }

    public TrafficLimits withSeries(int more) {
        return new TrafficLimits(hosts, tags, pairs, methods, more);
    }
}
