package logtail.collector.traffic;

import java.nio.charset.StandardCharsets;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.traffic.TrafficLimits;
import logtail.core.traffic.TrafficTable;

/** A table that has counted some lines. */
final class Counted {
    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final KeyHash hash = new KeyHash(7, 11);
    private final LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
    private final TrafficTable table;

    Counted(TrafficLimits limits) {
        table = new TrafficTable(layout, hash, limits);
    }

    Counted() {
        this(TrafficLimits.defaults());
    }

    TrafficTable table() {
        return table;
    }

    TrafficPage page() {
        return new TrafficPage(table.copy());
    }

    Counted v1(String host, String method, String status, String bytes, String seconds, String tag) {
        return add(String.join(
                "\t", "v1", host, "192.0.2.1", method, "/", status, bytes, seconds, "0", "0", tag, "-", "-"));
    }

    Counted v2(String host, String status, String upstreamSeconds, String upstreamStatus, String tag) {
        return add(String.join(
                "\t",
                "v2",
                host,
                "192.0.2.1",
                "GET",
                "/",
                status,
                "1000",
                "300",
                "0.250",
                upstreamSeconds,
                upstreamStatus,
                "0",
                "0",
                tag,
                "-",
                "-"));
    }

    Counted add(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        Batch batch = new Batch(bytes.length, new InputStats("test", Schema.LOGTAIL));
        System.arraycopy(bytes, 0, batch.raw(), 0, bytes.length);
        batch.rawLength(bytes.length);
        decoder.decode(batch);
        table.add(batch);
        return this;
    }
}
