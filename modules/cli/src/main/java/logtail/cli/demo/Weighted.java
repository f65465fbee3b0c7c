package logtail.cli.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Draws items, each as often as its weight says. */
final class Weighted<T> {
    private final List<T> items;
    private final double[] ends;

    private Weighted(List<T> items, double[] weights) {
        this.items = List.copyOf(items);
        this.ends = weights;
        Arrays.parallelPrefix(ends, Double::sum);
    }

    static <T> Weighted<T> by(List<T> items, ToDoubleFunction<T> weight) {
        return new Weighted<>(items, items.stream().mapToDouble(weight).toArray());
    }

    /** The item of rank k is drawn in proportion to {@code 1 / k^exponent}, as pages and clients are in life. */
    static <T> Weighted<T> zipf(List<T> items, double exponent) {
        double[] weights = new double[items.size()];
        Arrays.setAll(weights, rank -> Math.pow(rank + 1, -exponent));
        return new Weighted<>(items, weights);
    }

    T draw(Random random) {
        int found = Arrays.binarySearch(ends, random.nextDouble() * ends[ends.length - 1]);
        return items.get(Math.min(found < 0 ? -found - 1 : found + 1, items.size() - 1));
    }
}
