package logtail.collector.traffic;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import logtail.core.traffic.Histogram;
import logtail.core.traffic.StatusClass;
import logtail.core.traffic.TrafficCopy;
import logtail.runtime.telemetry.Metric;

/**
 * The families of FR-8 but the large one, as one copy of the counters has them, for the client library. A label set
 * that has counted nothing is not there, so that input of format v1 shows no family of v2 (FR-8.4).
 */
final class TrafficFamilies {
    private static final Map<Histogram, Metric> HISTOGRAMS = new EnumMap<>(Map.of(
            Histogram.BYTES_SENT, Metric.BYTES_SENT,
            Histogram.REQUEST_DURATION, Metric.REQUEST_DURATION,
            Histogram.REQUEST_BYTES, Metric.REQUEST_BYTES,
            Histogram.UPSTREAM_DURATION, Metric.UPSTREAM_DURATION));

    private final TrafficCopy copy;
    private final List<String> hosts;
    private final List<String> tags;

    TrafficFamilies(TrafficCopy copy) {
        this.copy = copy;
        this.hosts = copy.hosts();
        this.tags = copy.tags();
    }

    List<MetricSnapshot> all() {
        List<MetricSnapshot> families = new ArrayList<>();
        HISTOGRAMS.forEach((histogram, metric) -> families.add(histogram(histogram, metric)));
        families.add(upstreamRequests());
        families.add(requestsBySource());
        families.add(dropped());
        return families;
    }

    private HistogramSnapshot histogram(Histogram histogram, Metric metric) {
        HistogramSnapshot.Builder family =
                HistogramSnapshot.builder().name(metric.family()).help(metric.help());
        Histogram.Bounds bounds = histogram.bounds();
        double[] upper = new double[bounds.buckets()];
        for (int bucket = 0; bucket < upper.length; bucket++) {
            upper[bucket] = bounds.upper(bucket);
        }
        for (int pair = 0; pair < copy.pairs(); pair++) {
            if (copy.count(pair, histogram) > 0) {
                long[] counts = new long[upper.length];
                for (int bucket = 0; bucket < counts.length; bucket++) {
                    counts[bucket] = copy.bucket(pair, histogram, bucket);
                }
                family.dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(upper, counts))
                        .sum(bounds.inUnit(copy.sum(pair, histogram)))
                        .labels(labels(metric, host(pair), tag(pair)))
                        .build());
            }
        }
        return family.build();
    }

    private CounterSnapshot upstreamRequests() {
        CounterSnapshot.Builder family = counter(Metric.UPSTREAM_REQUESTS);
        for (int pair = 0; pair < copy.pairs(); pair++) {
            for (StatusClass statusClass : StatusClass.values()) {
                add(
                        family,
                        copy.upstream(pair, statusClass),
                        labels(Metric.UPSTREAM_REQUESTS, host(pair), tag(pair), statusClass.label()));
            }
        }
        return family.build();
    }

    private CounterSnapshot requestsBySource() {
        CounterSnapshot.Builder family = counter(Metric.REQUESTS_BY_SOURCE);
        for (int tag = 0; tag < copy.sources(); tag++) {
            for (StatusClass statusClass : StatusClass.values()) {
                add(
                        family,
                        copy.bySource(tag, statusClass),
                        labels(Metric.REQUESTS_BY_SOURCE, tags.get(tag), statusClass.label()));
            }
        }
        return family.build();
    }

    /** All families, so that an alert has something to compare with from the start. */
    private CounterSnapshot dropped() {
        CounterSnapshot.Builder family = counter(Metric.PROM_SERIES_DROPPED);
        dropped(family, Metric.REQUESTS, copy.droppedRequests());
        HISTOGRAMS.forEach((histogram, metric) -> dropped(family, metric, copy.dropped(histogram)));
        dropped(family, Metric.UPSTREAM_REQUESTS, copy.droppedUpstream());
        dropped(family, Metric.REQUESTS_BY_SOURCE, copy.droppedBySource());
        return family.build();
    }

    private static void dropped(CounterSnapshot.Builder family, Metric from, long requests) {
        family.dataPoint(CounterDataPointSnapshot.builder()
                .value(requests)
                .labels(labels(Metric.PROM_SERIES_DROPPED, from.metric()))
                .build());
    }

    private static CounterSnapshot.Builder counter(Metric metric) {
        return CounterSnapshot.builder().name(metric.family()).help(metric.help());
    }

    private static void add(CounterSnapshot.Builder family, long requests, Labels labels) {
        if (requests > 0) {
            family.dataPoint(CounterDataPointSnapshot.builder()
                    .value(requests)
                    .labels(labels)
                    .build());
        }
    }

    private static Labels labels(Metric metric, String... values) {
        return Labels.of(metric.labels(), List.of(values));
    }

    private String host(int pair) {
        return hosts.get(copy.pairHost(pair));
    }

    private String tag(int pair) {
        return tags.get(copy.pairTag(pair));
    }
}
