package logtail.verify.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.line.Measure;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.LiveTable;
import logtail.core.traffic.TrafficLimits;
import logtail.core.traffic.TrafficTable;

/**
 * All the work of a collector on one thread: reads a file, frames and decodes its lines, counts tuples, counters and
 * histograms. Arguments: the file, and how often it is read.
 */
public final class OneCore {
    /** What the collector reads at once. */
    private static final int BATCH_BYTES = 256 << 10;

    private OneCore() {}

    /** Prints {@code lines= rows= folded= bytes= nsPerLine=}. */
    public static void main(String[] args) throws IOException {
        SecureRandom random = new SecureRandom();
        KeyHash hash = new KeyHash(random.nextLong(), random.nextLong());
        TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
        LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
        LiveTable table = new LiveTable(layout, hash, 100_000, 32 << 20, LiveTable.Overflow.FOLD);
        TrafficTable traffic = new TrafficTable(layout, hash, TrafficLimits.defaults());
        InputStats stats = new InputStats("bench", Schema.LOGTAIL);
        Batch batch = new Batch(BATCH_BYTES, stats);
        long bytesSent = 0;
        long start = System.nanoTime();
        int passes = Integer.parseInt(args[1]);
        for (int pass = 0; pass < passes; pass++) {
            try (FileChannel file = FileChannel.open(Path.of(args[0]))) {
                for (long at = 0; at < file.size(); at += batch.rawLength()) {
                    batch.begin(stats);
                    int read = file.read(ByteBuffer.wrap(batch.raw(), 0, BATCH_BYTES), at);
                    batch.rawLength(behindLastLf(batch.raw(), read));
                    decoder.decode(batch);
                    table.add(batch);
                    traffic.add(batch);
                    bytesSent += sum(batch, Measure.BYTES_SENT);
                }
            }
        }
        long ns = System.nanoTime() - start;
        System.out.printf(
                Locale.ROOT,
                "lines=%d rows=%d folded=%d bytes=%d nsPerLine=%.0f%n",
                table.total(),
                table.rows(),
                table.folded(),
                bytesSent,
                (double) ns / table.total());
    }

    private static int behindLastLf(byte[] raw, int length) {
        int end = length;
        while (raw[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static long sum(Batch batch, Measure measure) {
        long sum = 0;
        for (int i = 0; i < batch.records(); i++) {
            sum += Math.max(0, batch.measure(i, measure));
        }
        return sum;
    }
}
