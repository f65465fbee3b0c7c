package logtail.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import logtail.runtime.telemetry.Metric.Type;

/**
 * The meters of one program. A meter is asked for its value by every rendering of the page, on that thread, so that
 * whoever counts need not know of it. Threadsafe.
 *
 * <p>Registering the same metric with the same label values twice, or with other labels than the table has, is a
 * programming error: {@link IllegalArgumentException}.
 */
public final class Meters {
    private static final String INFO = "_info";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<Metric, Family> families = new EnumMap<>(Metric.class);

    /** What the client library renders. */
    public PrometheusRegistry registry() {
        return registry;
    }

    /** Shows a count that only rises. */
    public void counter(Metric metric, LongSupplier count, String... labelValues) {
        add(metric, Type.COUNTER, count::getAsLong, labelValues);
    }

    /** Shows a sum that only rises and is no whole number. */
    public void sum(Metric metric, DoubleSupplier sum, String... labelValues) {
        add(metric, Type.COUNTER, sum, labelValues);
    }

    /** Shows a value; NaN leaves it out. */
    public void gauge(Metric metric, DoubleSupplier value, String... labelValues) {
        add(metric, Type.GAUGE, value, labelValues);
    }

    /** Shows what never changes, as the labels of a metric whose name ends in {@code _info}. */
    public void info(Metric metric, String... labelValues) {
        Labels labels = labels(metric, labelValues);
        String family = metric.family();
        InfoSnapshot info = InfoSnapshot.builder()
                .name(family.substring(0, family.length() - INFO.length()))
                .help(metric.help())
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(labels)
                        .build())
                .build();
        registry.register((Collector) () -> info);
    }

    /** A histogram that is filled by whoever asked for it. */
    public Histogram histogram(Metric metric, double... upperBounds) {
        check(metric, Type.HISTOGRAM);
        return Histogram.builder()
                .name(metric.family())
                .help(metric.help())
                .labelNames(metric.labels().toArray(String[]::new))
                .classicOnly()
                .withoutExemplars()
                .classicUpperBounds(upperBounds)
                .register(registry);
    }

    private synchronized void add(Metric metric, Type type, DoubleSupplier value, String... labelValues) {
        check(metric, type);
        Labels labels = labels(metric, labelValues);
        Family family = families.get(metric);
        if (family == null) {
            family = new Family(metric);
            families.put(metric, family);
            registry.register(family);
        }
        family.add(labels, value);
    }

    private static void check(Metric metric, Type type) {
        if (metric.type() != type) {
            throw new IllegalArgumentException(metric.metric() + " is a " + metric.type());
        }
    }

    private static Labels labels(Metric metric, String... values) {
        if (values.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.metric() + " has the labels " + metric.labels());
        }
        return Labels.of(metric.labels(), List.of(values));
    }

    /** The series of one metric. */
    private static final class Family implements Collector {
        private record Series(Labels labels, DoubleSupplier value) {}

        private final Metric metric;
        private final List<Series> all = new CopyOnWriteArrayList<>();

        Family(Metric metric) {
            this.metric = metric;
        }

        void add(Labels labels, DoubleSupplier value) {
            if (all.stream().anyMatch(series -> series.labels.equals(labels))) {
                throw new IllegalArgumentException(metric.metric() + labels + " is there already");
            }
            all.add(new Series(labels, value));
        }

        @Override
        public MetricSnapshot collect() {
            return metric.type() == Type.COUNTER ? counter() : gauge();
        }

        private CounterSnapshot counter() {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(metric.family()).help(metric.help());
            all.forEach(series -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                    .labels(series.labels)
                    .value(series.value.getAsDouble())
                    .build()));
            return counter.build();
        }

        private GaugeSnapshot gauge() {
            GaugeSnapshot.Builder gauge =
                    GaugeSnapshot.builder().name(metric.family()).help(metric.help());
            for (Series series : all) {
                double value = series.value.getAsDouble();
                if (!Double.isNaN(value)) {
                    gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                            .labels(series.labels)
                            .value(value)
                            .build());
                }
            }
            return gauge.build();
        }

        @Override
        public String getPrometheusName() {
            return metric.family();
        }
    }
}
