package logtail.core.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/** Lines into a table, by the way that real ones take. */
final class Traffic {
    private static final int BATCH_BYTES = 1 << 20;

    private final TupleLayout layout;
    private final KeyHash hash;
    private final LogtailDecoder decoder;
    private final TrafficTable table;

    Traffic(TrafficLimits limits) {
        this(Schema.LOGTAIL, limits);
    }

    Traffic(Schema schema, TrafficLimits limits) {
        layout = new TupleLayout(schema);
        Random random = new Random(limits.hashCode());
        hash = new KeyHash(random.nextLong(), random.nextLong());
        decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
        table = new TrafficTable(layout, hash, limits);
    }

    TrafficTable table() {
        return table;
    }

    /** Counts what a text of lines holds. */
    Traffic add(String lines) {
        return add(lines.getBytes(StandardCharsets.UTF_8));
    }

    Traffic add(byte[] lines) {
        table.add(batch(lines));
        return this;
    }

    /** Lines, decoded. */
    Batch batch(byte[] lines) {
        Batch batch = new Batch(Math.max(BATCH_BYTES, lines.length), new InputStats("test", layout.schema()));
        System.arraycopy(lines, 0, batch.raw(), 0, lines.length);
        batch.rawLength(lines.length);
        decoder.decode(batch);
        return batch;
    }

    TrafficCopy copy() {
        return table.copy();
    }

    /** A line that is ordinary but for these fields. */
    static String line(String host, String method, String status, String tag) {
        return v2(host, method, status, "100", "10", "0.001", "-", "-", tag);
    }

    static String v1(String host, String method, String status, String bytes, String time, String tag) {
        return String.join("\t", "v1", host, "192.0.2.1", method, "/", status, bytes, time, "0", "0", tag, "-", "-")
                + "\n";
    }

    static String v2(
            String host,
            String method,
            String status,
            String bytes,
            String requestBytes,
            String time,
            String upstreamTime,
            String upstreamStatus,
            String tag) {
        return String.join(
                        "\t",
                        "v2",
                        host,
                        "192.0.2.1",
                        method,
                        "/",
                        status,
                        bytes,
                        requestBytes,
                        time,
                        upstreamTime,
                        upstreamStatus,
                        "0",
                        "0",
                        tag,
                        "-",
                        "-")
                + "\n";
    }
}
