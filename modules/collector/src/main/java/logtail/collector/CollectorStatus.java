package logtail.collector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logtail.core.line.InputStats;
import logtail.core.line.RejectReason;
import logtail.core.store.Bucket;
import logtail.core.store.Column;
import logtail.core.store.HitStore;
import logtail.core.store.Rollup;
import logtail.core.store.View;
import logtail.runtime.config.CollectorConfig;
import logtail.runtime.config.Rings;
import logtail.runtime.report.BuildInfo;
import logtail.sources.FileInput;
import logtail.sources.Sources;
import logtail.sources.UdpInput;
import logtail.wire.NodeStatus;

/** How this collector is, for the status page. {@link #get()} is threadsafe; {@link #sample} is for one thread. */
final class CollectorStatus implements Supplier<NodeStatus> {
    private final CollectorConfig config;
    private final Sources sources;
    private final HitStore store;
    private final Supplier<View> view;
    private final long startedSeconds;
    private final LineRates rates = new LineRates();

    /**
     * @param startedSeconds start of the process, Unix seconds
     */
    CollectorStatus(CollectorConfig config, Sources sources, HitStore store, Supplier<View> view, long startedSeconds) {
        this.config = config;
        this.sources = sources;
        this.store = store;
        this.view = view;
        this.startedSeconds = startedSeconds;
    }

    /** Looks how many lines came; to be called about once a second. */
    void sample(long nowNs) {
        sources.stats().forEach(stats -> rates.sample(stats.input(), lines(stats), nowNs));
    }

    private static long lines(InputStats stats) {
        return stats.acceptedLines()
                + Arrays.stream(RejectReason.values())
                        .mapToLong(stats::rejected)
                        .sum();
    }

    @Override
    public NodeStatus get() {
        View now = view.get();
        return new NodeStatus(
                BuildInfo.current().version(),
                startedSeconds,
                Stream.concat(
                                sources.files().stream().map(this::file),
                                sources.udp().stream().map(this::udp))
                        .toList(),
                levels(),
                List.of(
                        ring(
                                now.fine(),
                                false,
                                now.fineSeconds(),
                                config.rings().fine()),
                        ring(
                                now.coarse(),
                                true,
                                now.coarseSeconds(),
                                config.rings().coarse())),
                store.folded(),
                store.dropped(),
                store.clockOffsetMs());
    }

    private List<NodeStatus.Level> levels() {
        Runtime runtime = Runtime.getRuntime();
        return List.of(
                new NodeStatus.Level(
                        "channel records",
                        sources.channel().records(),
                        config.channel().records()),
                new NodeStatus.Level(
                        "channel bytes",
                        sources.channel().bytes(),
                        config.channel().bytes()),
                new NodeStatus.Level(
                        "live keys", store.liveKeys(), config.store().keys()),
                new NodeStatus.Level("heap bytes", runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory()));
    }

    private NodeStatus.Input file(FileInput file) {
        return input(file.stats(), file.files(), file.unreadable(), file.lagBytes(), 0, 0);
    }

    private NodeStatus.Input udp(UdpInput udp) {
        return input(udp.stats(), 0, 0, 0, udp.packetsReceived(), udp.kernelDrops());
    }

    private NodeStatus.Input input(
            InputStats stats, long files, long unreadable, long lagBytes, long packets, long kernelDrops) {
        List<NodeStatus.Named> rejected = new ArrayList<>();
        for (RejectReason reason : RejectReason.values()) {
            add(rejected, reason.label(), stats.rejected(reason));
        }
        List<NodeStatus.Named> fieldErrors = new ArrayList<>();
        IntStream.range(0, stats.fields().size())
                .forEach(field -> add(fieldErrors, stats.fields().get(field), stats.fieldErrors(field)));
        return new NodeStatus.Input(
                stats.input(),
                stats.acceptedLines(),
                rates.perSecond(stats.input()),
                stats.bytes(),
                rejected,
                fieldErrors,
                stats.rejects().stream().map(CollectorStatus::badLine).toList(),
                files,
                unreadable,
                lagBytes,
                packets,
                kernelDrops);
    }

    private static void add(List<NodeStatus.Named> counts, String name, long count) {
        if (count > 0) {
            counts.add(new NodeStatus.Named(name, count));
        }
    }

    private static NodeStatus.BadLine badLine(InputStats.Reject reject) {
        return new NodeStatus.BadLine(
                reject.receivedAtMs(), reject.reason().label(), reject.column(), reject.text(), reject.lengthBytes());
    }

    private static NodeStatus.Ring ring(List<Bucket> buckets, boolean coarse, int seconds, Rings.Ring limits) {
        long rows = 0;
        long requests = 0;
        long bytes = 0;
        for (Bucket bucket : buckets) {
            rows += bucket.rows();
            requests += bucket.total();
            bytes += (long) Long.BYTES * bucket.rows() + bucket.folds().bytes();
            bytes += bucket.columns().stream().mapToLong(Column::bytes).sum();
            bytes += bucket.rollups().stream().mapToLong(Rollup::bytes).sum();
        }
        return new NodeStatus.Ring(coarse, seconds, buckets.size(), limits.buckets(), rows, requests, bytes);
    }
}
