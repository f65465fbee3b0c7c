package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import logtail.core.schema.KeyHash;
import logtail.core.store.LiveTable.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTableTest {
    private static final int URI = 1 << 2;

    private final KeyHash hash = new KeyHash(3, 5);
    private final Tuples tuples = new Tuples(hash);

    private LiveTable table(int rows, int keyBytes, Overflow overflow) {
        return new LiveTable(tuples.layout(), hash, rows, keyBytes, overflow);
    }

    private static List<String> tuple(String site, String prefix, String uri) {
        return List.of(site, prefix, uri, "200", "0", "64496", "direct");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void tableWithRoom_countsLikeAMap(long seed) {
        LiveTable table = table(30_000, 8 << 20, Overflow.FOLD);
        RandomTraffic traffic = new RandomTraffic(seed);
        for (int bucket = 0; bucket < 3; bucket++) {
            Map<List<String>, Long> model = new HashMap<>();
            for (int i = 0; i < 8_000; i++) {
                List<String> tuple = traffic.tuple(500);
                tuples.add(table, tuple, 1 + i % 3);
                model.merge(escaped(tuple), 1L + i % 3, Long::sum);
            }

            assertThat(Tuples.counts(Tuples.rows(table))).as("seed %d", seed).isEqualTo(model);
            assertThat(table.rows()).isEqualTo(model.size());
            assertThat(table.total())
                    .isEqualTo(model.values().stream().mapToLong(n -> n).sum());
            assertThat(table.folded()).isZero();
            table.clear();
            assertThat(table.rows()).isZero();
            assertThat(table.total()).isZero();
            assertThat(Tuples.rows(table)).isEmpty();
        }
    }

    /** How a label reads that a client really sent. */
    private static List<String> escaped(List<String> tuple) {
        return tuple.stream()
                .map(text -> text.endsWith("(other)") ? "\\" + text : text)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 100000", "3, 100000", "9, 100000", "500, 100000", "1000, 20000", "1000, 400", "1000, 30"})
    void tableThatIsFull_foldsWithinItsLimitsAndForgetsNothing(int rows, int keyBytes) {
        int bytes = Math.max(keyBytes, tuples.layout().headerBytes());
        LiveTable table = table(rows, bytes, Overflow.FOLD);
        RandomTraffic traffic = new RandomTraffic(rows + keyBytes);
        Map<List<String>, Long> model = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            List<String> tuple = traffic.tuple(2000);
            tuples.add(table, tuple, 1 + i % 2);
            model.merge(escaped(tuple), 1L + i % 2, Long::sum);
        }
        // Neither ever shrinks, so the end stands for every moment before.
        assertThat(table.rows()).isLessThanOrEqualTo(rows);
        assertThat(table.keyBytes()).isLessThanOrEqualTo(bytes);
        assertThat(table.total()).isEqualTo(15_000);

        List<Tuples.Row> counted = Tuples.rows(table);
        assertThat(counted.stream().mapToLong(Tuples.Row::count).sum()).isEqualTo(15_000);
        assertThat(counted.stream()
                        .filter(row -> row.folded() != 0)
                        .mapToLong(Tuples.Row::count)
                        .sum())
                .isEqualTo(table.folded());
        assertThat(counted).filteredOn(row -> row.folded() == 0).allSatisfy(row -> assertThat(row.count())
                .isEqualTo(model.get(row.label())));
    }

    @Test
    void halfOfTheRows_neverFold() {
        LiveTable table = table(1000, 1 << 20, Overflow.FOLD);
        for (int i = 0; i < 500; i++) {
            tuples.add(table, tuple("a", "10.0.0.0/24", "/" + i), 1);
        }

        assertThat(table.folded()).isZero();
        assertThat(table.rows()).isEqualTo(500);
    }

    @Test
    void floodOfPaths_losesThePathOnly() {
        LiveTable table = table(1000, 1 << 20, Overflow.FOLD);
        IntStream.range(0, 50_000).forEach(i -> tuples.add(table, tuple("a", "10.0.0.0/24", "/" + i), 1));

        assertThat(Tuples.rows(table)).allMatch(row -> row.folded() == 0 || row.folded() == URI);
        assertThat(table.folded()).isBetween(49_000L, 49_300L);
    }

    @Test
    void rowThatIsThereAlready_countsOnWhenTheTableIsFull() {
        LiveTable table = table(100, 1 << 20, Overflow.FOLD);
        tuples.add(table, tuple("mine", "10.0.0.0/24", "/"), 1);
        IntStream.range(0, 5_000).forEach(i -> tuples.add(table, tuple("s" + i, "10.0.0.0/24", "/" + i), 1));
        tuples.add(table, tuple("mine", "10.0.0.0/24", "/"), 1);

        assertThat(Tuples.counts(Tuples.rows(table))).containsEntry(tuple("mine", "10.0.0.0/24", "/"), 2L);
    }

    @Test
    void overflowDrop_refusesNewTuplesAndCountsThem() {
        LiveTable table = table(100, 1 << 20, Overflow.DROP);
        IntStream.range(0, 250).forEach(i -> tuples.add(table, tuple("a", "10.0.0.0/24", "/" + i % 150), 1));

        assertThat(table.rows()).isEqualTo(100);
        assertThat(table.total()).isEqualTo(200);
        assertThat(table.dropped()).isEqualTo(50);
        assertThat(table.folded()).isZero();
        assertThat(Tuples.rows(table)).allMatch(row -> row.folded() == 0 && row.count() == 2);
    }

    @Test
    void overflowDrop_keepsWithinTheBytesToo() {
        LiveTable table = table(100, 500, Overflow.DROP);
        IntStream.range(0, 100).forEach(i -> tuples.add(table, tuple("a", "10.0.0.0/24", "/" + i), 1));

        assertThat(table.keyBytes()).isLessThanOrEqualTo(500).isGreaterThan(400);
        assertThat(table.total() + table.dropped()).isEqualTo(100);
    }

    @Test
    void arenaOfABucketWithLongPaths_isGivenUpInCalmOnes() {
        LiveTable table = table(10_000, 32 << 20, Overflow.FOLD);
        String path = "/" + "x".repeat(4000);
        IntStream.range(0, 2_000).forEach(i -> tuples.add(table, tuple("a", "10.0.0.0/24", path + i), 1));
        int grown = table.keyArena().length;
        for (int i = 0; i < 10; i++) {
            table.clear();
        }

        assertThat(grown).isGreaterThan(8 << 20);
        assertThat(table.keyArena().length).isLessThan(1 << 20);
    }

    @Test
    void tableWithoutRoomForOneRow_isRefused() {
        assertThatThrownBy(() -> table(0, 1000, Overflow.FOLD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table(10, 4, Overflow.FOLD)).isInstanceOf(IllegalArgumentException.class);
    }
}
