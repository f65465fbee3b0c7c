package logtail.verify.bench;

import java.nio.charset.StandardCharsets;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.LiveTable;
import logtail.core.store.RingLimits;
import logtail.core.store.Sealer;
import logtail.core.store.View;

/** Rings as full as they get, filled the way a collector fills them: 60 x 50 000 rows fine, 288 x 5 000 coarse. */
public final class FullRings {
    /** Tuples of a minute: more than the fine ring keeps, less than the live table folds. */
    private static final int TUPLES = 60_000;

    /** Tuples of a minute of which only the coarse ring is left: five of them are more than it keeps. */
    private static final int OLD_TUPLES = 1_500;

    private static final int MINUTES = 24 * 60;
    private static final int FINE_MINUTES = 60;
    private static final int BATCH_LINES = 500;

    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final KeyHash hash = new KeyHash(1, 2);
    private final LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
    private final Batch batch = new Batch(BATCH_LINES * 512, new InputStats("bench", Schema.LOGTAIL));
    private final LiveTable table = new LiveTable(layout, hash, 100_000, 32 << 20, LiveTable.Overflow.FOLD);
    private final Sealer sealer = new Sealer(layout, hash, 60, RingLimits.FINE, RingLimits.COARSE);

    private FullRings() {}

    /**
     * A view at the end of a full day.
     *
     * @param unique whether every request has a path and a prefix of its own
     */
    public static View of(boolean unique) {
        return new FullRings().fill(new TrafficModel(7, unique));
    }

    private View fill(TrafficModel traffic) {
        for (int minute = 0; minute < MINUTES; minute++) {
            int tuples = minute < MINUTES - FINE_MINUTES ? OLD_TUPLES : TUPLES;
            while (table.rows() < tuples) {
                count(traffic, Math.min(BATCH_LINES, tuples - table.rows()));
            }
            sealer.rotate(table, minute * 60L, false);
            table.clear();
        }
        return sealer.view();
    }

    private void count(TrafficModel traffic, int lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            traffic.line(text);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, batch.raw(), 0, bytes.length);
        batch.rawLength(bytes.length);
        decoder.decode(batch);
        table.add(batch);
    }
}
