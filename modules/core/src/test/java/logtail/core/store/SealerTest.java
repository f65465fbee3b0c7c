package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final RingLimits LIMITS = new RingLimits(10, 1000, 1 << 20);

    private final KeyHash hash = new KeyHash(3, 5);
    private final Tuples tuples = new Tuples(hash);
    private final LiveTable table = new LiveTable(tuples.layout(), hash, 10_000, 1 << 22, LiveTable.Overflow.FOLD);
    private final Sealer sealer = new Sealer(tuples.layout(), hash, 60, LIMITS, new RingLimits(4, 1000, 1 << 20));

    private static List<String> path(String uri) {
        return List.of("a", "10.0.0.0/24", uri, "200", "0", "0", "");
    }

    private Rotation rotate(long startSeconds, String... paths) {
        return rotate(startSeconds, false, paths);
    }

    private Rotation rotate(long startSeconds, boolean catchUp, String... paths) {
        for (String path : paths) {
            tuples.add(table, path(path), 1);
        }
        Rotation rotation = sealer.rotate(table, startSeconds, catchUp);
        table.clear();
        return rotation;
    }

    private static List<Long> starts(List<Bucket> buckets) {
        return buckets.stream().map(Bucket::startSeconds).toList();
    }

    private static Map<List<String>, Long> counts(View view, Bucket bucket) {
        return Tuples.counts(Tuples.rows(view, bucket));
    }

    @Test
    void viewBeforeTheFirstBucket_isEmpty() {
        assertThat(sealer.view()).isEqualTo(View.empty(Schema.LOGTAIL, 60));
        assertThat(sealer.view().texts()).hasSize(7).allMatch(texts -> texts.limit() == 1);
    }

    @Test
    void rotation_handsOutTheBucketAndTheViewItIsIn() {
        Rotation rotation = rotate(120, "/b", "/a", "/b");

        Bucket bucket = rotation.bucket();
        assertThat(bucket.startSeconds()).isEqualTo(120);
        assertThat(bucket.endSeconds()).isEqualTo(180);
        assertThat(bucket.coarse()).isFalse();
        assertThat(bucket.total()).isEqualTo(3);
        assertThat(counts(rotation.view(), bucket)).isEqualTo(Map.of(path("/b"), 2L, path("/a"), 1L));
        assertThat(rotation.view().fine()).containsExactly(bucket);
        assertThat(rotation.view().firstSeconds()).isEqualTo(120);
        assertThat(rotation.view().endSeconds()).isEqualTo(180);
        assertThat(sealer.view()).isSameAs(rotation.view());
    }

    @Test
    void emptyTable_isAnEmptyBucket() {
        Rotation rotation = rotate(120);

        assertThat(rotation.bucket().rows()).isZero();
        assertThat(rotation.bucket().total()).isZero();
        assertThat(rotation.view().fine()).hasSize(1);
    }

    @Test
    void slotOfFiveBuckets_isMadeWhenItsLastOneIsThere() {
        for (int minute = 0; minute < 4; minute++) {
            assertThat(rotate(minute * 60, "/" + minute % 2).view().coarse()).isEmpty();
        }
        View view = rotate(240, "/0").view();

        Bucket coarse = view.coarse().get(0);
        assertThat(coarse.startSeconds()).isZero();
        assertThat(coarse.lengthSeconds()).isEqualTo(300);
        assertThat(coarse.coarse()).isTrue();
        assertThat(counts(view, coarse)).isEqualTo(Map.of(path("/0"), 3L, path("/1"), 2L));
    }

    @Test
    void startInTheMiddleOfASlot_firstCoarseBucketEndsAtTheEdge() {
        assertThat(rotate(480, "/a").view().coarse()).isEmpty();
        View view = rotate(540, "/a").view();

        assertThat(starts(view.coarse())).containsExactly(300L);
        assertThat(view.coarse().get(0).total()).isEqualTo(2);
    }

    @Test
    void gapOverTheEndOfASlot_completesItWithTheNextBucket() {
        rotate(0, "/a");
        rotate(60, "/b");
        View view = rotate(660, "/c").view();

        assertThat(starts(view.coarse())).containsExactly(0L);
        assertThat(counts(view, view.coarse().get(0))).isEqualTo(Map.of(path("/a"), 1L, path("/b"), 1L));
        assertThat(starts(view.fine())).containsExactly(660L);
        assertThat(starts(rotate(840, "/d").view().coarse())).containsExactly(0L, 600L);
    }

    @Test
    void gapOfAYear_leavesNothingOldAndMakesNothingEmpty() {
        long year = 365 * 86_400L;
        rotate(0, "/a");
        View view = rotate(year, "/b").view();

        assertThat(starts(view.fine())).containsExactly(year);
        assertThat(view.coarse()).hasSizeLessThanOrEqualTo(1);
        view = rotate(year + 240, "/c").view();
        assertThat(starts(view.coarse())).containsExactly(year);
        assertThat(counts(view, view.coarse().get(0))).isEqualTo(Map.of(path("/b"), 1L, path("/c"), 1L));
    }

    @Test
    void bucketsOlderThanTheRing_leaveByTheirTimestamp() {
        for (int minute = 0; minute < 40; minute++) {
            rotate(minute * 60, "/" + minute);
        }

        View view = sealer.view();
        assertThat(starts(view.fine())).hasSize(10).startsWith(1800L).endsWith(2340L);
        assertThat(starts(view.coarse())).containsExactly(1200L, 1500L, 1800L, 2100L);
        assertThat(view.firstSeconds()).isZero();

        view = rotate(2400 + 300, "/x").view();
        assertThat(starts(view.fine())).containsExactly(2160L, 2220L, 2280L, 2340L, 2700L);
    }

    @Test
    void lateLines_markTheirBucketAndItsSlot() {
        assertThat(rotate(0, true, "/a").bucket().catchUp()).isTrue();
        assertThat(rotate(60, false, "/a").bucket().catchUp()).isFalse();
        assertThat(rotate(240, false, "/a").view().coarse().get(0).catchUp()).isTrue();
        assertThat(rotate(540, false, "/a").view().coarse().get(1).catchUp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 0, 130, -60})
    void timestampThatDoesNotFollow_isRefused(long startSeconds) {
        rotate(60, "/a");

        assertThatThrownBy(() -> rotate(startSeconds, "/a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fineRingShorterThanASlot_isRefused() {
        RingLimits four = new RingLimits(4, 10, 10);

        assertThatThrownBy(() -> new Sealer(tuples.layout(), hash, 60, four, LIMITS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** I11: what is equal must not depend on how it came. */
    @ParameterizedTest
    @CsvSource({"1, 100, 100000", "2, 500, 2000", "3, 7, 500", "4, 100000, 1000000"})
    void equalInputInAnotherOrder_isAnEqualBucketWhateverTheSecret(long seed, int top, int keyBytes) {
        RandomTraffic traffic = new RandomTraffic(seed);
        Map<List<String>, Long> requests = traffic.bucket(2_000, 300);
        List<List<Tuples.Row>> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            KeyHash secret = new KeyHash(seed, i * 1_000_003L);
            Tuples own = new Tuples(secret);
            LiveTable live = new LiveTable(own.layout(), secret, 10_000, 1 << 22, LiveTable.Overflow.FOLD);
            traffic.shuffled(requests.entrySet()).forEach(e -> own.add(live, e.getKey(), e.getValue()));
            RingLimits limits = new RingLimits(5, top, keyBytes);
            Rotation rotation = new Sealer(own.layout(), secret, 60, limits, limits).rotate(live, 240, false);
            results.add(Tuples.rows(rotation.view(), rotation.bucket()));
            results.add(Tuples.rows(rotation.view(), rotation.view().coarse().get(0)));
        }

        assertThat(results).allMatch(rows -> rows.equals(results.get(0)));
    }

    /** Random traffic over many rotations with gaps: totals, slots and dictionaries of every view ever handed out. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyView_keepsReadingTheSame(long seed) {
        record Seen(View view, List<List<Tuples.Row>> rows) {}
        RandomTraffic traffic = new RandomTraffic(seed);
        RingLimits fine = new RingLimits(5 + traffic.next(6), 20 + traffic.next(400), 500 + traffic.next(20_000));
        RingLimits coarse = new RingLimits(1 + traffic.next(5), 20 + traffic.next(400), 500 + traffic.next(20_000));
        Sealer own = new Sealer(tuples.layout(), hash, 60, fine, coarse);
        List<Seen> seen = new ArrayList<>();
        Map<Long, Map<List<String>, Long>> slots = new HashMap<>();
        long start = 60L * traffic.next(1000);
        for (int i = 0; i < 80; i++) {
            Map<List<String>, Long> requests = traffic.bucket(traffic.next(800), 10 + traffic.next(800));
            requests.forEach((tuple, count) -> tuples.add(table, tuple, count));
            long total = table.total();
            Rotation rotation = own.rotate(table, start, false);
            table.clear();
            View view = rotation.view();
            Bucket bucket = rotation.bucket();

            assertThat(bucket.total()).isEqualTo(total);
            assertThat(bucket.rows()).isLessThanOrEqualTo(fine.top());
            assertThat(Tuples.textBytes(view, bucket)).isLessThanOrEqualTo(fine.keyBytes());
            counts(view, bucket)
                    .forEach((label, count) -> slots.computeIfAbsent(bucket.startSeconds() / 300, s -> new HashMap<>())
                            .merge(label, count, Long::sum));
            if (!view.coarse().isEmpty()) {
                Bucket slot = view.coarse().get(view.coarse().size() - 1);
                checkSlot(view, slot, coarse, slots.getOrDefault(slot.startSeconds() / 300, Map.of()));
            }
            if (i % 4 == 0) {
                seen.add(new Seen(view, allRows(view)));
            }
            start += traffic.next(6) == 0 ? 60L * (1 + traffic.next(20)) : 60;
        }

        for (Seen then : seen) {
            assertThat(allRows(then.view).equals(then.rows)).as("seed %d", seed).isTrue();
        }
    }

    private static List<List<Tuples.Row>> allRows(View view) {
        List<List<Tuples.Row>> rows = new ArrayList<>();
        view.fine().forEach(bucket -> rows.add(Tuples.rows(view, bucket)));
        view.coarse().forEach(bucket -> rows.add(Tuples.rows(view, bucket)));
        return rows;
    }

    private static void checkSlot(View view, Bucket slot, RingLimits limits, Map<List<String>, Long> model) {
        assertThat(slot.total())
                .isEqualTo(model.values().stream().mapToLong(n -> n).sum());
        assertThat(slot.rows()).isLessThanOrEqualTo(limits.top());
        assertThat(Tuples.textBytes(view, slot)).isLessThanOrEqualTo(limits.keyBytes());
        List<Tuples.Row> rows = Tuples.rows(view, slot);
        assertThat(rows).isSortedAccordingTo(Tuples.RANK);
        if (rows.stream().allMatch(row -> row.folded() == 0)) {
            assertThat(Tuples.counts(rows)).isEqualTo(model);
        }
    }

    @Test
    void textsNobodyKeeps_leaveTheDictionaries() {
        for (int minute = 0; minute < 100; minute++) {
            for (int i = 0; i < 100; i++) {
                tuples.add(table, path("/" + minute + "/" + i), 1);
            }
            rotate(minute * 60);
        }

        // Ten fine buckets and four coarse ones, of which two lie beyond the fine ones.
        assertThat(sealer.view().texts().get(2).limit()).isBetween(2_001, 2_600);
    }
}
