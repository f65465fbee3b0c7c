package logtail.collector;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import logtail.core.line.InputStats;
import logtail.core.line.RejectReason;
import logtail.core.store.HitStore;
import logtail.sources.FileInput;
import logtail.sources.Sources;
import logtail.sources.UdpInput;

/** What the collector tells Prometheus of itself: everything it received, refused, lost or has under way. */
final class CollectorMeters {
    private final MeterRegistry registry;

    CollectorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Binds the store. */
    void store(HitStore store) {
        counter(
                "logtail.folded",
                "Requests counted in a row some of whose fields read (other)",
                store,
                HitStore::folded);
        counter(
                "logtail.requests.dropped",
                "Requests refused because the live table was full (store.overflow drop)",
                store,
                HitStore::dropped);
        gauge("logtail.live.keys", "Rows of the bucket now filling", store, HitStore::liveKeys);
        gauge(
                "logtail.clock.offset.seconds",
                "How far bucket timestamps are ahead of the wall clock",
                store,
                s -> s.clockOffsetMs() / 1000.0);
    }

    /** Binds the inputs; to be called once all of them are registered. */
    void sources(Sources sources) {
        gauge(
                "logtail.channel.records",
                "Requests under way between the inputs and the store",
                sources,
                s -> s.channel().records());
        sources.stats().forEach(this::parsing);
        sources.files().forEach(this::file);
        sources.udp().ifPresent(this::udp);
        fieldErrors(sources);
    }

    private void parsing(InputStats stats) {
        for (RejectReason reason : RejectReason.values()) {
            FunctionCounter.builder("logtail.parse.errors", stats, s -> s.rejected(reason))
                    .description("Lines that were refused, by input and reason")
                    .tag("input", stats.input())
                    .tag("reason", reason.label())
                    .register(registry);
        }
        FunctionCounter.builder("logtail.lines", stats, InputStats::acceptedLines)
                .description("Lines that were accepted, by input")
                .tag("input", stats.input())
                .register(registry);
    }

    private void file(FileInput file) {
        String input = file.stats().input();
        Gauge.builder("logtail.file.lag.bytes", file, FileInput::lagBytes)
                .description("Bytes that stand in the files of an input and have not been read yet")
                .tag("input", input)
                .register(registry);
        Gauge.builder("logtail.files", file, FileInput::files)
                .description("Files that are followed, by input")
                .tag("input", input)
                .register(registry);
        Gauge.builder("logtail.files.unreadable", file, FileInput::unreadable)
                .description("Files that cannot be opened at the moment, by input")
                .tag("input", input)
                .register(registry);
    }

    private void udp(UdpInput udp) {
        counter("logtail.udp.packets.received", "Datagrams received", udp, UdpInput::packetsReceived);
        counter("logtail.udp.loglines.success", "Lines in datagrams that parsed", udp, UdpInput::linesSuccess);
        counter(
                "logtail.udp.loglines.consumed",
                "Lines in datagrams that were handed to the store",
                udp,
                UdpInput::linesConsumed);
        counter(
                "logtail.udp.kernel.drops",
                "Datagrams that the kernel dropped because the socket buffer was full",
                udp,
                UdpInput::kernelDrops);
    }

    /** By field alone: which input brought a bad value shows in its rejected lines. */
    private void fieldErrors(Sources sources) {
        sources.stats().stream().findFirst().map(InputStats::fields).ifPresent(fields -> {
            for (int i = 0; i < fields.size(); i++) {
                int field = i;
                FunctionCounter.builder("logtail.field.errors", sources, s -> fieldErrors(s, field))
                        .description("Values that are neither valid nor absent, by field")
                        .tag("field", fields.get(i))
                        .register(registry);
            }
        });
    }

    private static double fieldErrors(Sources sources, int field) {
        return sources.stats().stream().mapToLong(s -> s.fieldErrors(field)).sum();
    }

    private <T> void counter(String name, String description, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).description(description).register(registry);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(description).register(registry);
    }
}
