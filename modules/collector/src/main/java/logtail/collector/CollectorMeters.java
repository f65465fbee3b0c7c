package logtail.collector;

import java.util.List;
import logtail.core.line.InputStats;
import logtail.core.line.RejectReason;
import logtail.core.store.HitStore;
import logtail.runtime.telemetry.Meters;
import logtail.runtime.telemetry.Metric;
import logtail.sources.FileInput;
import logtail.sources.Sources;
import logtail.sources.UdpInput;

/** What the collector tells Prometheus of itself: everything it received, refused, lost or has under way. */
final class CollectorMeters {
    private static final double MILLIS = 1000;

    private final Meters meters;

    CollectorMeters(Meters meters) {
        this.meters = meters;
    }

    /** Shows the store. */
    void store(HitStore store) {
        meters.counter(Metric.FOLDED, store::folded);
        meters.counter(Metric.REQUESTS_DROPPED, store::dropped);
        meters.gauge(Metric.LIVE_KEYS, store::liveKeys);
        meters.gauge(Metric.CLOCK_OFFSET, () -> store.clockOffsetMs() / MILLIS);
    }

    /** Shows the inputs; to be called once all of them are registered. */
    void sources(Sources sources) {
        meters.gauge(Metric.CHANNEL_RECORDS, () -> sources.channel().records());
        meters.gauge(Metric.CHANNEL_BYTES, () -> sources.channel().bytes());
        sources.stats().forEach(this::parsing);
        sources.files().forEach(this::file);
        sources.udp().ifPresent(this::udp);
        fieldErrors(sources.stats());
    }

    private void parsing(InputStats stats) {
        for (RejectReason reason : RejectReason.values()) {
            meters.counter(Metric.PARSE_ERRORS, () -> stats.rejected(reason), stats.input(), reason.label());
        }
        meters.counter(Metric.LINES, stats::acceptedLines, stats.input());
    }

    private void file(FileInput file) {
        String input = file.stats().input();
        meters.gauge(Metric.FILES, file::files, input);
        meters.gauge(Metric.FILES_UNREADABLE, file::unreadable, input);
        meters.gauge(Metric.FILE_LAG, file::lagBytes, input);
    }

    private void udp(UdpInput udp) {
        meters.counter(Metric.UDP_PACKETS, udp::packetsReceived);
        meters.counter(Metric.UDP_LINES_SUCCESS, udp::linesSuccess);
        meters.counter(Metric.UDP_LINES_CONSUMED, udp::linesConsumed);
        meters.counter(Metric.UDP_KERNEL_DROPS, udp::kernelDrops);
        meters.gauge(Metric.UDP_RECEIVE_BUFFER, udp::receiveBufferBytes);
    }

    /** By field alone: which input brought a bad value shows in its rejected lines. */
    private void fieldErrors(List<InputStats> all) {
        if (all.isEmpty()) {
            return;
        }
        List<String> fields = all.get(0).fields();
        for (int i = 0; i < fields.size(); i++) {
            int field = i;
            meters.counter(
                    Metric.FIELD_ERRORS,
                    () -> all.stream()
                            .mapToLong(stats -> stats.fieldErrors(field))
                            .sum(),
                    fields.get(i));
        }
    }
}
