package logtail.core.traffic;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link TrafficTable} must count, written as plainly as possible: maps of strings and a line at a time. */
final class TrafficModel {
    private static final String OTHER = "(other)";
    private static final List<Long> BYTES = List.of(256L, 1024L, 4096L, 16384L, 65536L, 262144L, 1048576L);
    private static final List<Double> SECONDS = List.of(.005, .01, .025, .05, .1, .25, .5, 1., 2.5, 5., 10.);

    private final TrafficLimits limits;
    private final Set<String> registered;
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> tags = new HashSet<>();
    private final Set<String> methods = new HashSet<>();
    private final Set<List<String>> pairs = new HashSet<>();
    private final Counts counts = new Counts();

    TrafficModel(TrafficLimits limits, Set<String> registered) {
        this.limits = limits;
        this.registered = registered;
        for (String family : List.of("requests", "upstream", "bySource")) {
            counts.dropped().put(family, 0L);
        }
        for (Histogram histogram : Histogram.values()) {
            counts.dropped().put(histogram.name(), 0L);
        }
    }

    Counts counts() {
        return counts;
    }

    void add(String line) {
        String[] f = line.split("\t", -1);
        boolean v2 = f[0].equals("v2");
        String status = Integer.toString(Integer.parseInt(f[5]));
        String tag = label(tags, limits.tags(), f[v2 ? 13 : 10]);
        String host = label(hosts, limits.hosts(), f[1]);
        String method = registered.contains(f[3]) ? f[3] : label(methods, limits.methods(), f[3]);
        requests(host, method, status);
        count(counts.bySource(), List.of(tag, statusClass(status)), tag.equals(OTHER) ? "bySource" : null);
        List<String> pair = pair(host, tag);
        String other = pair.contains(OTHER) ? "" : null;
        bytes(Histogram.BYTES_SENT, pair, f[6]);
        seconds(Histogram.REQUEST_DURATION, pair, f[v2 ? 8 : 7]);
        if (v2) {
            bytes(Histogram.REQUEST_BYTES, pair, f[7]);
            seconds(Histogram.UPSTREAM_DURATION, pair, f[9]);
            if (!f[10].equals("-")) {
                count(
                        counts.upstream(),
                        List.of(pair.get(0), pair.get(1), statusClass(f[10])),
                        other == null ? null : "upstream");
            }
        }
    }

    private static String label(Set<String> known, int max, String value) {
        if (!known.contains(value) && known.size() == max) {
            return OTHER;
        }
        known.add(value);
        return value.equals(OTHER) ? "\\" + OTHER : value;
    }

    private void requests(String host, String method, String status) {
        List<String> labels = List.of(host, method, status);
        boolean full = counts.requests().size() == limits.series()
                && !counts.requests().containsKey(labels);
        if (full) {
            counts.dropped().merge("requests", 1L, Long::sum);
        } else {
            boolean other = host.equals(OTHER) || method.equals(OTHER);
            count(counts.requests(), labels, other ? "requests" : null);
        }
    }

    private List<String> pair(String host, String tag) {
        List<String> pair = List.of(host, tag);
        List<String> others = List.of(OTHER, OTHER);
        if (pair.equals(others) || !pairs.contains(pair) && pairs.size() == limits.pairs()) {
            return others;
        }
        pairs.add(pair);
        return pair;
    }

    private void count(Map<List<String>, Long> family, List<String> labels, @Nullable String droppedFrom) {
        family.merge(labels, 1L, Long::sum);
        if (droppedFrom != null) {
            counts.dropped().merge(droppedFrom, 1L, Long::sum);
        }
    }

    private void bytes(Histogram histogram, List<String> pair, String text) {
        if (!text.equals("-")) {
            long value = Long.parseLong(text);
            int bucket = (int) BYTES.stream().filter(bound -> value > bound).count();
            observe(histogram, pair, bucket, BYTES.size() + 1, value);
        }
    }

    private void seconds(Histogram histogram, List<String> pair, String text) {
        if (!text.equals("-")) {
            double value = Double.parseDouble(text);
            int bucket = (int) SECONDS.stream().filter(bound -> value > bound).count();
            observe(histogram, pair, bucket, SECONDS.size() + 1, Math.round(value * 1e6));
        }
    }

    private void observe(Histogram histogram, List<String> pair, int bucket, int buckets, long value) {
        List<Long> cells = counts.histograms()
                .computeIfAbsent(
                        List.of(histogram.name(), pair.get(0), pair.get(1)),
                        labels -> new ArrayList<>(Collections.nCopies(buckets + 1, 0L)));
        cells.set(bucket, cells.get(bucket) + 1);
        cells.set(buckets, cells.get(buckets) + value);
        if (pair.contains(OTHER)) {
            counts.dropped().merge(histogram.name(), 1L, Long::sum);
        }
    }

    private static String statusClass(String status) {
        int value = Integer.parseInt(status);
        return value >= 200 && value < 600 ? value / 100 + "xx" : "other";
    }
}
