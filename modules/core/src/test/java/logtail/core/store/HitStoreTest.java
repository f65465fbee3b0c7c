package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.time.BucketClock;
import logtail.core.time.ClockStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitStoreTest {
    private static final long START_MS = 1_792_886_400_000L;
    private static final long START = START_MS / 1000;

    private final KeyHash hash = new KeyHash(3, 5);
    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
    private final List<ClockStep> steps = new ArrayList<>();
    private final HitStore store = store(LiveTable.Overflow.FOLD, 100);

    private HitStore store(LiveTable.Overflow overflow, int rows) {
        return new HitStore(
                new BucketClock(60),
                new LiveTable(layout, hash, rows, 1 << 20, overflow),
                new LiveTable(layout, hash, rows, 1 << 20, overflow),
                steps::add);
    }

    /** Both clocks that long after the start. */
    private static Optional<FilledTable> at(HitStore store, long ms) {
        return store.advance(START_MS + ms, ms * 1_000_000);
    }

    private Batch batch(int requests, String site, boolean late) {
        String line = "v1\t" + site + "%d\t192.0.2.1\tGET\t/\t200\t1\t0.1\t0\t0\tdirect\t-\thttps\n";
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            lines.append(line.formatted(i));
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        Batch batch = new Batch(1 << 16, new InputStats("file:test", Schema.LOGTAIL));
        System.arraycopy(bytes, 0, batch.raw(), 0, bytes.length);
        batch.rawLength(bytes.length);
        batch.received(START_MS, 0, null, late);
        decoder.decode(batch);
        return batch;
    }

    private static LiveTable cleared(FilledTable filled) {
        filled.table().clear();
        return filled.table();
    }

    @Test
    void bucketThatHasEnded_handsItsTableOver() {
        assertThat(at(store, 0)).isEmpty();
        store.count(batch(3, "a", false));
        assertThat(at(store, 59_999)).isEmpty();

        FilledTable filled = at(store, 60_000).orElseThrow();

        assertThat(filled.startSeconds()).isEqualTo(START);
        assertThat(filled.catchUp()).isFalse();
        assertThat(filled.table().total()).isEqualTo(3);
        assertThat(store.startSeconds()).isEqualTo(START + 60);
        assertThat(at(store, 60_001)).isEmpty();
    }

    @Test
    void bucketWithoutTraffic_isHandedOverToo() {
        at(store, 0);

        assertThat(at(store, 60_000).orElseThrow().table().rows()).isZero();
    }

    @Test
    void batchFromBeforeTheEdge_countsInTheLiveBucket() {
        at(store, 0);
        store.giveBack(cleared(at(store, 60_000).orElseThrow()));
        assertThat(at(store, 59_990)).isEmpty();
        store.count(batch(3, "a", false));

        FilledTable filled = at(store, 120_000).orElseThrow();
        assertThat(filled.startSeconds()).isEqualTo(START + 60);
        assertThat(filled.table().total()).isEqualTo(3);
    }

    @Test
    void spareThatIsNotBack_keepsTheBucketOpenAndLosesNothing() {
        at(store, 0);
        FilledTable first = at(store, 60_000).orElseThrow();
        store.count(batch(2, "a", false));
        assertThat(store.isOverdue()).isFalse();

        assertThat(at(store, 120_000)).isEmpty();
        assertThat(store.isOverdue()).isTrue();
        store.count(batch(3, "a", false));
        assertThat(at(store, 180_000)).isEmpty();

        store.giveBack(cleared(first));
        FilledTable second = at(store, 180_010).orElseThrow();
        assertThat(second.startSeconds()).isEqualTo(START + 60);
        assertThat(second.table().total()).isEqualTo(5);
        assertThat(store.startSeconds()).isEqualTo(START + 180);
        assertThat(store.isOverdue()).isFalse();
    }

    @Test
    void lateLines_markTheirBucketOnly() {
        at(store, 0);
        store.count(batch(1, "a", true));
        store.count(batch(1, "a", false));
        FilledTable first = at(store, 60_000).orElseThrow();
        assertThat(first.catchUp()).isTrue();

        store.giveBack(cleared(first));
        assertThat(at(store, 120_000).orElseThrow().catchUp()).isFalse();
    }

    @Test
    void counters_goOnOverRotations() {
        at(store, 0);
        store.count(batch(200, "a", false));
        assertThat(store.liveKeys()).isBetween(80L, 100L);
        assertThat(store.counted()).isEqualTo(200);
        assertThat(store.folded()).isEqualTo(120);

        at(store, 60_000);
        assertThat(store.liveKeys()).isZero();
        store.count(batch(1, "b", false));
        assertThat(store.counted()).isEqualTo(201);
        assertThat(store.folded()).isEqualTo(120);
        assertThat(store.dropped()).isZero();
    }

    @Test
    void overflowDrop_countsWhatItRefuses() {
        HitStore dropping = store(LiveTable.Overflow.DROP, 100);
        at(dropping, 0);
        dropping.count(batch(150, "a", false));
        at(dropping, 60_000);

        assertThat(dropping.counted()).isEqualTo(100);
        assertThat(dropping.dropped()).isEqualTo(50);
    }

    @Test
    void stepOfTheClock_isToldOnceAndTheOffsetShown() {
        at(store, 0);
        store.advance(START_MS - 600_000 + 100, 100_000_000);
        store.advance(START_MS - 600_000 + 200, 200_000_000);

        assertThat(steps).containsExactly(new ClockStep(-600_000, 600_000));
        assertThat(store.clockOffsetMs()).isEqualTo(600_000);
    }

    @Test
    void tableThatIsNotEmptyOrTooMany_isNotTakenBack() {
        at(store, 0);
        store.count(batch(1, "a", false));
        LiveTable full = at(store, 60_000).orElseThrow().table();

        assertThatThrownBy(() -> store.giveBack(full)).isInstanceOf(IllegalStateException.class);
        full.clear();
        store.giveBack(full);
        assertThatThrownBy(() -> store.giveBack(full)).isInstanceOf(IllegalStateException.class);
    }

    /** H01, H06: whatever the clock does, timestamps rise and each request is in exactly one bucket. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void clockThatIsSetBackAndForth_losesAndDoublesNothing(long seed) {
        Random random = new Random(seed);
        long wallMs = START_MS;
        long monotonicMs = 0;
        long counted = 0;
        long sealed = 0;
        long newest = Long.MIN_VALUE;
        FilledTable away = null;
        for (int i = 0; i < 3_000; i++) {
            long ms = random.nextInt(20_000);
            monotonicMs += ms;
            wallMs += ms + (random.nextInt(50) == 0 ? (random.nextInt(7_200) - 3_600) * 1000L : 0);
            Optional<FilledTable> filled = store.advance(wallMs, monotonicMs * 1_000_000);
            if (filled.isPresent()) {
                away = filled.get();
                assertThat(away.startSeconds()).as("seed %d", seed).isGreaterThan(newest);
                assertThat(away.startSeconds() % 60).isZero();
                newest = away.startSeconds();
                sealed += away.table().total();
            }
            int requests = random.nextInt(20);
            store.count(batch(requests, "s" + random.nextInt(20), false));
            counted += requests;
            if (away != null && random.nextInt(3) == 0) {
                store.giveBack(cleared(away));
                away = null;
            }
        }

        assertThat(newest).isGreaterThan(START);
        assertThat(store.counted()).isEqualTo(counted);
        if (away != null) {
            store.giveBack(cleared(away));
        }
        monotonicMs += 7_200_000;
        sealed += store.advance(wallMs + 7_200_000, monotonicMs * 1_000_000)
                .orElseThrow()
                .table()
                .total();
        assertThat(sealed).isEqualTo(counted);
    }
}
