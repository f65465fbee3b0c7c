package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
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
    private static final int PREFIX = 1 << 1;
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
            assertThat(table.rows()).isLessThanOrEqualTo(rows);
            assertThat(table.keyBytes()).isLessThanOrEqualTo(bytes);
        }
        assertThat(table.total()).isEqualTo(15_000);

        List<Tuples.Row> counted = Tuples.rows(table);
        assertThat(counted).hasSize(table.rows());
        assertThat(counted.stream().mapToLong(Tuples.Row::count).sum()).isEqualTo(15_000);
        assertThat(counted.stream()
                        .filter(row -> row.folded() != 0)
                        .mapToLong(Tuples.Row::count)
                        .sum())
                .isEqualTo(table.folded());
        // A tuple that came when the table was full may have been folded before it got its row.
        assertThat(counted).allSatisfy(row -> assertThat(row.count()).isBetween(1L, truth(model, row)));
        assertThat(foldedLabels(counted)).doesNotHaveDuplicates();
    }

    /** Requests of all tuples that a row may stand for. */
    private static long truth(Map<List<String>, Long> model, Tuples.Row row) {
        if (row.folded() == 0) {
            return model.getOrDefault(row.label(), 0L);
        }
        return model.entrySet().stream()
                .filter(e -> IntStream.range(0, 7)
                        .allMatch(d -> (row.folded() >>> d & 1) != 0
                                || e.getKey().get(d).equals(row.label().get(d))))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What tells rows apart: two labels may read the same and differ in what is folded. */
    private static List<List<Object>> foldedLabels(List<Tuples.Row> rows) {
        return rows.stream()
                .<List<Object>>map(row -> List.of(row.label(), row.folded()))
                .toList();
    }

    /** The promise of D9, at every size, whatever the secret. */
    @ParameterizedTest
    @CsvSource({"2, 1", "10, 2", "64, 3", "100, 4", "1000, 5", "1000, 6", "20000, 7", "100000, 8", "139810, 9"})
    void tableHalfFull_hasFoldedNothing(int rows, long secret) {
        KeyHash own = new KeyHash(secret, ~secret);
        Tuples ownTuples = new Tuples(own);
        LiveTable table = new LiveTable(ownTuples.layout(), own, rows, 32 << 20, Overflow.FOLD);
        IntStream.range(0, rows / 2).forEach(i -> ownTuples.add(table, tuple("a" + i % 7, "10.0.0.0/24", "/" + i), 1));

        assertThat(table.folded()).isZero();
        assertThat(table.rows()).isEqualTo(rows / 2);
    }

    @Test
    void tupleThatComesLateAndOften_getsARow() {
        LiveTable table = table(1000, 1 << 20, Overflow.FOLD);
        IntStream.range(0, 20_000).forEach(i -> tuples.add(table, tuple("a", "10.0.0.0/24", "/" + i), 1));
        IntStream.range(0, 10_000).forEach(i -> tuples.add(table, tuple("late", "10.9.0.0/24", "/" + i % 10), 1));

        assertThat(Tuples.rows(table))
                .filteredOn(row -> row.label().get(0).equals("late") && row.folded() == 0)
                .hasSize(10)
                .allMatch(row -> row.count() >= 990);
    }

    @Test
    void flashCrowd_losesThePrefixOnly() {
        LiveTable table = table(1000, 1 << 20, Overflow.FOLD);
        IntStream.range(0, 50_000)
                .forEach(i -> tuples.add(table, tuple("a", "10." + i / 256 + "." + i % 256 + ".0/24", "/login"), 1));

        // A fold before the first others have come is a guess.
        assertThat(Tuples.rows(table).stream()
                        .filter(row -> row.folded() == PREFIX)
                        .mapToLong(Tuples.Row::count)
                        .sum())
                .isGreaterThan(table.folded() * 99 / 100);
    }

    @Test
    void floodOfEverything_keepsWhatNobodyCanChoose() {
        LiveTable table = table(1000, 1 << 20, Overflow.FOLD);
        IntStream.range(0, 50_000)
                .forEach(i -> tuples.add(
                        table,
                        List.of("s" + i, "10." + i / 256 + "." + i % 256 + ".0/24", "/" + i, "404", "0", "" + i, "t"),
                        1));

        assertThat(Tuples.rows(table)).allSatisfy(row -> {
            assertThat(row.label().get(3)).isEqualTo("404");
            assertThat(row.label().get(6)).isEqualTo("t");
        });
    }

    @Test
    void longKeys_leaveRoomForTheUsualOnes() {
        LiveTable table = table(10_000, 1 << 20, Overflow.FOLD);
        String path = "/" + "x".repeat(8000);
        IntStream.range(0, 1_000).forEach(i -> tuples.add(table, tuple("long", "10.0.0.0/24", path + i), 1));
        IntStream.range(0, 3_000).forEach(i -> tuples.add(table, tuple("a", "10.0.0.0/24", "/" + i), 1));

        assertThat(table.keyBytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(Tuples.rows(table))
                .filteredOn(row -> row.label().get(0).equals("a") && row.folded() == 0)
                .hasSize(3_000);
    }

    @Test
    void sameRequestsAgain_giveTheSameRows() {
        List<List<Tuples.Row>> results = new ArrayList<>();
        LiveTable table = table(500, 30_000, Overflow.FOLD);
        for (int i = 0; i < 2; i++) {
            RandomTraffic traffic = new RandomTraffic(11);
            IntStream.range(0, 20_000).forEach(n -> tuples.add(table, traffic.tuple(3000), 1));
            results.add(Tuples.rows(table));
            table.clear();
        }

        assertThat(results.get(0)).isEqualTo(results.get(1));
    }

    @Test
    void floodOfPaths_losesThePathOnly() {
        LiveTable table = table(1000, 1 << 20, Overflow.FOLD);
        IntStream.range(0, 50_000).forEach(i -> tuples.add(table, tuple("a", "10.0.0.0/24", "/" + i), 1));

        assertThat(Tuples.rows(table)).allMatch(row -> row.folded() == 0 || row.folded() == URI);
        assertThat(table.folded()).isBetween(49_000L, 49_300L);
    }

    @Test
    void rowThatIsOften_countsOnWhenTheTableIsFull() {
        LiveTable table = table(100, 1 << 20, Overflow.FOLD);
        tuples.add(table, tuple("mine", "10.0.0.0/24", "/"), 50);
        IntStream.range(0, 5_000).forEach(i -> tuples.add(table, tuple("s" + i, "10.0.0.0/24", "/" + i), 1));
        tuples.add(table, tuple("mine", "10.0.0.0/24", "/"), 1);

        assertThat(Tuples.counts(Tuples.rows(table))).containsEntry(tuple("mine", "10.0.0.0/24", "/"), 51L);
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
        long grown = table.keyHeapBytes();
        for (int i = 0; i < 10; i++) {
            table.clear();
        }

        assertThat(grown).isGreaterThanOrEqualTo(8 << 20);
        assertThat(table.keyHeapBytes()).isLessThanOrEqualTo(2 << 20);
    }

    @Test
    void tableWithoutRoomForOneRow_isRefused() {
        assertThatThrownBy(() -> table(0, 1000, Overflow.FOLD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table(10, 4, Overflow.FOLD)).isInstanceOf(IllegalArgumentException.class);
    }
}
