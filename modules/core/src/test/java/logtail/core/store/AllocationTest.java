package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.time.BucketClock;
import org.junit.jupiter.api.Test;

/** The hot path allocates nothing per line (D33). */
class AllocationTest {
    private static final int LINES = 1_000;
    private static final int ROUNDS = 200;

    @Test
    void decodingAndCounting_allocateNothingPerLineOnceWarm() {
        TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
        KeyHash hash = new KeyHash(1, 2);
        LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
        InputStats stats = new InputStats("file:test", Schema.LOGTAIL);
        HitStore store = new HitStore(
                new BucketClock(60),
                new LiveTable(layout, hash, 500, 1 << 20, LiveTable.Overflow.FOLD),
                new LiveTable(layout, hash, 500, 1 << 20, LiveTable.Overflow.FOLD),
                step -> {});
        store.advance(0, 0);
        byte[] lines = lines();
        Batch batch = new Batch(lines.length, stats);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();

        long before = 0;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            if (round == ROUNDS) {
                before = threads.getThreadAllocatedBytes(thread);
            }
            batch.begin(stats);
            System.arraycopy(lines, 0, batch.raw(), 0, lines.length);
            batch.rawLength(lines.length);
            decoder.decode(batch);
            store.count(batch);
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(store.counted()).isEqualTo(2L * ROUNDS * LINES);
        assertThat(store.folded())
                .as("the table is full, so that folding is measured too")
                .isPositive();
        // Measuring and compiling cost a little; one object per line would be 16 bytes.
        assertThat((double) allocated / (ROUNDS * LINES)).isLessThan(0.5);
    }

    /** Both versions, both address families, texts with and without bytes to be replaced, numbers good and bad. */
    private static byte[] lines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            String address = i % 2 == 0 ? "192.0." + i % 256 + ".1" : "2001:db8:" + Integer.toHexString(i) + "::1";
            String uri = "/path/" + i % 700 + (i % 5 == 0 ? "/ä\0" : "") + "?q=" + i;
            lines.append(
                    i % 3 == 0
                            ? "v1\twww%d.example.org\t%s\tGET\t%s\t200\t512\t0.012\t0\t64496\tdirect\t-\thttps\n"
                                    .formatted(i % 20, address, uri)
                            : "v2\twww%d.example.org\t%s\tGET\t%s\tx\t512\t77\t0.012\t0.1, 0.2\t502, 200\t0\t-\tdirect\t-\thttps\n"
                                    .formatted(i % 20, address, uri));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
