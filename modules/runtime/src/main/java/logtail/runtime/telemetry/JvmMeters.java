package logtail.runtime.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmHeapPressureMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;

/**
 * Micrometer's meters of the Java virtual machine and the process: those that stand in {@link Metric}, with the help
 * that stands there. Some get the name that every Prometheus client uses; what promtool objects to is left out.
 */
final class JvmMeters implements AutoCloseable {
    private static final Map<String, Metric> LISTED = Map.ofEntries(
            Map.entry("jvm.info", Metric.JVM_INFO),
            Map.entry("jvm.memory.used", Metric.JVM_MEMORY_USED),
            Map.entry("jvm.memory.committed", Metric.JVM_MEMORY_COMMITTED),
            Map.entry("jvm.memory.max", Metric.JVM_MEMORY_MAX),
            Map.entry("jvm.memory.usage.after.gc", Metric.JVM_USAGE_AFTER_GC),
            Map.entry("jvm.buffer.count", Metric.JVM_BUFFERS),
            Map.entry("jvm.buffer.memory.used", Metric.JVM_BUFFER_USED),
            Map.entry("jvm.gc.pause", Metric.JVM_GC_PAUSE),
            Map.entry("jvm.gc.overhead", Metric.JVM_GC_OVERHEAD),
            Map.entry("jvm.gc.memory.allocated", Metric.JVM_GC_ALLOCATED),
            Map.entry("jvm.gc.memory.promoted", Metric.JVM_GC_PROMOTED),
            Map.entry("jvm.gc.live.data.size", Metric.JVM_GC_LIVE),
            Map.entry("jvm.gc.max.data.size", Metric.JVM_GC_MAX),
            Map.entry("jvm.classes.loaded", Metric.JVM_CLASSES_LOADED),
            Map.entry("jvm.threads.live", Metric.JVM_THREADS_LIVE),
            Map.entry("jvm.threads.daemon", Metric.JVM_THREADS_DAEMON),
            Map.entry("jvm.threads.peak", Metric.JVM_THREADS_PEAK),
            Map.entry("jvm.threads.states", Metric.JVM_THREADS_STATES),
            Map.entry("process.cpu.usage", Metric.PROCESS_CPU_USAGE),
            Map.entry("process.start.time", Metric.PROCESS_START_TIME),
            Map.entry("process.uptime", Metric.PROCESS_UPTIME),
            Map.entry("process.files.open", Metric.PROCESS_OPEN_FDS),
            Map.entry("process.files.max", Metric.PROCESS_MAX_FDS),
            Map.entry("system.cpu.count", Metric.SYSTEM_CPUS),
            Map.entry("system.cpu.usage", Metric.SYSTEM_CPU_USAGE),
            Map.entry("system.load.average.1m", Metric.SYSTEM_LOAD));

    /** Those whose name Micrometer would not make out of its own. */
    private static final Set<Metric> RENAMED =
            Set.of(Metric.PROCESS_OPEN_FDS, Metric.PROCESS_MAX_FDS, Metric.SYSTEM_CPUS);

    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final JvmHeapPressureMetrics pressure = new JvmHeapPressureMetrics();

    JvmMeters(Meters meters) {
        registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, meters.registry(), Clock.SYSTEM);
        registry.config().meterFilter(new Listed());
        new JvmInfoMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        collections.bindTo(registry);
        pressure.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /** Stops listening for collections of garbage. */
    @Override
    public void close() {
        collections.close();
        pressure.close();
        registry.close();
    }

    /** Lets through what is in the table, with the help it has there. */
    private static final class Listed implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id id) {
            Metric metric = LISTED.get(id.getName());
            if (metric == null) {
                return id;
            }
            boolean renamed = RENAMED.contains(metric);
            return new Meter.Id(
                    renamed ? metric.metric() : id.getName(),
                    Tags.of(id.getTags()),
                    renamed ? null : id.getBaseUnit(),
                    metric.help(),
                    id.getType());
        }

        /** Asked after the mapping. */
        @Override
        public MeterFilterReply accept(Meter.Id id) {
            boolean renamed =
                    RENAMED.stream().anyMatch(metric -> metric.metric().equals(id.getName()));
            return renamed || LISTED.containsKey(id.getName()) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
        }
    }
}
