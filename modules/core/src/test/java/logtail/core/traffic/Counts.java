package logtail.core.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything a copy says, by label, as numbers that can be compared. */
record Counts(
        Map<List<String>, Long> requests,
        Map<List<String>, List<Long>> histograms,
        Map<List<String>, Long> upstream,
        Map<List<String>, Long> bySource,
        Map<String, Long> dropped) {

    Counts() {
        this(sorted(), sorted(), sorted(), sorted(), new TreeMap<>());
    }

    private static <T> Map<List<String>, T> sorted() {
        return new TreeMap<>((a, b) -> String.join("\0", a).compareTo(String.join("\0", b)));
    }

    static Counts of(TrafficCopy copy) {
        Counts counts = new Counts();
        List<String> hosts = copy.hosts();
        List<String> tags = copy.tags();
        List<String> methods = copy.methods();
        copy.forEachSeries((host, method, status, n) ->
                counts.requests.put(List.of(hosts.get(host), methods.get(method), "" + status), n));
        for (int pair = 0; pair < copy.pairs(); pair++) {
            String host = hosts.get(copy.pairHost(pair));
            String tag = tags.get(copy.pairTag(pair));
            for (Histogram histogram : Histogram.values()) {
                if (copy.count(pair, histogram) > 0) {
                    counts.histograms.put(List.of(histogram.name(), host, tag), cells(copy, pair, histogram));
                }
            }
            for (StatusClass statusClass : StatusClass.values()) {
                put(counts.upstream, List.of(host, tag, statusClass.label()), copy.upstream(pair, statusClass));
            }
        }
        for (int tag = 0; tag < copy.sources(); tag++) {
            for (StatusClass statusClass : StatusClass.values()) {
                put(counts.bySource, List.of(tags.get(tag), statusClass.label()), copy.bySource(tag, statusClass));
            }
        }
        counts.dropped.put("requests", copy.droppedRequests());
        counts.dropped.put("upstream", copy.droppedUpstream());
        counts.dropped.put("bySource", copy.droppedBySource());
        for (Histogram histogram : Histogram.values()) {
            counts.dropped.put(histogram.name(), copy.dropped(histogram));
        }
        return counts;
    }

    private static List<Long> cells(TrafficCopy copy, int pair, Histogram histogram) {
        List<Long> cells = new ArrayList<>();
        for (int bucket = 0; bucket < histogram.bounds().buckets(); bucket++) {
            cells.add(copy.bucket(pair, histogram, bucket));
        }
        cells.add(copy.sum(pair, histogram));
        return cells;
    }

    private static void put(Map<List<String>, Long> counts, List<String> labels, long n) {
        if (n != 0) {
            counts.put(labels, n);
        }
    }
}
