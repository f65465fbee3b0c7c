package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import logtail.core.schema.KeyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bucket holds of a table that has more rows or text than the ring keeps. */
class TailFoldTest {
    private static final int WEBSITE = 1;
    private static final int URI = 1 << 2;
    private static final int PREFIX = 1 << 1;
    private static final int ALL = (1 << 7) - 1;

    private final KeyHash hash = new KeyHash(3, 5);
    private final Tuples tuples = new Tuples(hash);
    private final LiveTable table = new LiveTable(tuples.layout(), hash, 100_000, 32 << 20, LiveTable.Overflow.FOLD);

    private static List<String> tuple(String site, String prefix, String uri) {
        return List.of(site, prefix, uri, "200", "0", "64496", "direct");
    }

    private Rotation seal(int top, int keyBytes) {
        RingLimits limits = new RingLimits(60, top, keyBytes);
        return new Sealer(tuples.layout(), hash, 60, limits, RingLimits.COARSE).rotate(table, 0, false);
    }

    private List<Tuples.Row> rows(int top, int keyBytes) {
        Rotation rotation = seal(top, keyBytes);
        return Tuples.rows(rotation.view(), rotation.bucket());
    }

    private void add(List<String> tuple, long count) {
        tuples.add(table, tuple, count);
    }

    @Test
    void tableThatFits_isKeptWhole() {
        IntStream.range(0, 100).forEach(i -> add(tuple("a", "10.0.0.0/24", "/" + i), i + 1));

        assertThat(rows(100, 1000)).hasSize(100).allMatch(row -> row.folded() == 0);
    }

    @Test
    void manyPathsOfOneSite_becomeOneRowThatKeepsSiteAndPrefix() {
        IntStream.range(0, 150).forEach(i -> add(tuple("a", "10.0.0.0/24", "/" + i), i + 1));

        List<Tuples.Row> rows = rows(100, 100_000);
        assertThat(rows).hasSize(100);
        assertThat(rows).filteredOn(row -> row.folded() != 0).singleElement().satisfies(row -> {
            assertThat(row.folded()).isEqualTo(URI);
            assertThat(row.label()).isEqualTo(tuple("a", "10.0.0.0/24", "(other)"));
            // The 51 smallest: 1 + 2 + ... + 51.
            assertThat(row.count()).isEqualTo(51 * 52 / 2);
        });
        assertThat(rows).isSortedAccordingTo(Tuples.RANK);
    }

    @Test
    void manyPrefixes_keepTheSite() {
        IntStream.range(0, 200).forEach(i -> add(tuple("a", "10.0." + i + ".0/24", "/"), 1 + i));

        assertThat(rows(100, 100_000))
                .filteredOn(row -> row.folded() != 0)
                .singleElement()
                .extracting(Tuples.Row::folded)
                .isEqualTo(PREFIX);
    }

    @Test
    void manySites_becomeOneRowThatKeepsTheRest() {
        IntStream.range(0, 200).forEach(i -> add(tuple("s" + i, "10.0.0.0/24", "/"), 1 + i));

        List<Tuples.Row> rows = rows(100, 100_000);
        assertThat(rows).hasSize(100);
        assertThat(rows)
                .filteredOn(row -> row.folded() != 0)
                .singleElement()
                .extracting(Tuples.Row::folded)
                .isEqualTo(WEBSITE);
    }

    @Test
    void equalCounts_areCutByLabel() {
        IntStream.range(0, 300).forEach(i -> add(tuple("s" + (1000 + i), "10.0.0.0/24", "/"), 1));

        assertThat(rows(100, 100_000).stream().skip(1).map(row -> row.label().get(0)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 99).mapToObj(i -> "s" + (1000 + i)).toList());
    }

    @Test
    void longPaths_foldUntilTheTextFits() {
        IntStream.range(0, 100).forEach(i -> add(tuple("a", "10.0.0.0/24", "/" + (100 + i) + "x".repeat(96)), 200 - i));

        Rotation rotation = seal(1000, 5_000);
        List<Tuples.Row> rows = Tuples.rows(rotation.view(), rotation.bucket());
        assertThat(Tuples.textBytes(rotation.view(), rotation.bucket())).isBetween(4_900L, 5_000L);
        assertThat(rows).hasSize(50);
        assertThat(rows).filteredOn(row -> row.folded() != 0).hasSize(1);
    }

    @Test
    void textThatManyRowsShare_isPaidOnce() {
        IntStream.range(0, 100).forEach(i -> add(tuple("a", "10.0." + i + ".0/24", "/" + "x".repeat(4000)), 1));

        assertThat(rows(1000, 5_000)).hasSize(100).allMatch(row -> row.folded() == 0);
    }

    @Test
    void oneRowAllowed_isEverything() {
        IntStream.range(0, 10).forEach(i -> add(tuple("a" + i, "10.0.0.0/24", "/"), 1));

        assertThat(rows(1, 1))
                .containsExactly(
                        new Tuples.Row(List.of("(other)", "(other)", "(other)", "0", "0", "0", "(other)"), ALL, 10));
    }

    @Test
    void rowThatWasFoldedWhileCounting_takesUpWhatReadsTheSame() {
        LiveTable small = new LiveTable(tuples.layout(), hash, 100, 1 << 20, LiveTable.Overflow.FOLD);
        IntStream.range(0, 1_000).forEach(i -> tuples.add(small, tuple("a", "10.0.0.0/24", "/" + i), 1));
        Rotation rotation = new Sealer(tuples.layout(), hash, 60, new RingLimits(5, 50, 100_000), RingLimits.COARSE)
                .rotate(small, 0, false);

        List<Tuples.Row> rows = Tuples.rows(rotation.view(), rotation.bucket());
        assertThat(rows).hasSize(50);
        assertThat(rows.get(0)).isEqualTo(new Tuples.Row(tuple("a", "10.0.0.0/24", "(other)"), URI, 951));
    }

    @Test
    void rowThatWasFoldedBefore_risesWithWhatItTakesUp() {
        tuples.addFolded(table, tuple("a", "10.0.0.0/24", ""), URI, 1);
        IntStream.range(0, 100).forEach(i -> add(tuple("a", "10.0.0.0/24", "/" + i), 10 + i));

        List<Tuples.Row> rows = rows(80, 100_000);
        assertThat(rows).hasSize(80).isSortedAccordingTo(Tuples.RANK);
        // One of its own and the 21 smallest: 10 + 11 + ... + 30.
        assertThat(rows.get(0)).isEqualTo(new Tuples.Row(tuple("a", "10.0.0.0/24", "(other)"), URI, 1 + 21 * 20));
    }

    @Test
    void biggestHalf_keepsItsPathsThoughFoldingThemWouldDo() {
        for (int i = 0; i < 50; i++) {
            add(tuple("a", "10.0.0.0/24", "/" + (100 + i) + "x".repeat(900)), 1_000);
        }
        for (int i = 0; i < 57; i++) {
            add(tuple((10 + i % 19) + "s".repeat(4_200), "10.0.0.0/24", "/" + i % 3), 1);
        }

        List<Tuples.Row> rows = rows(100, 100_000);
        assertThat(rows).filteredOn(row -> row.count() == 1_000).hasSize(50).allMatch(row -> row.folded() == 0);
        assertThat(rows.stream().mapToLong(Tuples.Row::count).sum()).isEqualTo(50_057);
        assertThat(rows).filteredOn(row -> row.folded() != 0).isNotEmpty();
    }

    /** What merges most is folded, whatever it is: a flood of paths costs the paths, one of clients the clients. */
    @Test
    void twoFloods_eachLoseWhatTheyHaveMadeUp() {
        IntStream.range(0, 300).forEach(i -> add(tuple("a", "10.0.0.0/24", "/" + i), 1));
        IntStream.range(0, 300).forEach(i -> add(tuple("b", "10." + i / 250 + "." + i % 250 + ".0/24", "/login"), 1));
        IntStream.range(0, 40).forEach(i -> add(tuple("c" + i, "10.0.1.0/24", "/" + i), 100 + i));

        List<Tuples.Row> rows = rows(100, 100_000);
        assertThat(rows).filteredOn(row -> row.folded() != 0).hasSize(2).allSatisfy(row -> assertThat(row.folded())
                .isEqualTo(row.label().get(0).equals("a") ? URI : PREFIX));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 300, 100000",
        "2, 300, 3000",
        "3, 40, 100000",
        "4, 40, 700",
        "5, 3, 100000",
        "6, 3, 40",
        "7, 2, 5",
        "8, 1000, 8000",
        "9, 1500, 20000",
        "10, 10, 300",
        "11, 500, 4000",
        "12, 800, 100000"
    })
    void shouldKeepTotalsCapsAndTheBiggestHalf(long seed, int top, int keyBytes) {
        Map<List<String>, Long> model = new HashMap<>();
        new RandomTraffic(seed).bucket(3_000, 400).forEach((tuple, count) -> {
            add(tuple, count);
            List<String> label = new ArrayList<>(tuple);
            label.replaceAll(text -> text.endsWith("(other)") ? "\\" + text : text);
            model.put(label, count);
        });
        List<Tuples.Row> all = new ArrayList<>();
        model.forEach((label, count) -> all.add(new Tuples.Row(label, 0, count)));
        all.sort(Tuples.RANK);

        Rotation rotation = seal(top, keyBytes);
        List<Tuples.Row> rows = Tuples.rows(rotation.view(), rotation.bucket());

        assertThat(rows).hasSizeLessThanOrEqualTo(top).isSortedAccordingTo(Tuples.RANK);
        assertThat(Tuples.textBytes(rotation.view(), rotation.bucket())).isLessThanOrEqualTo(keyBytes);
        assertThat(rows.stream().mapToLong(Tuples.Row::count).sum())
                .isEqualTo(rotation.bucket().total())
                .isEqualTo(model.values().stream().mapToLong(n -> n).sum());
        assertThat(rows).containsAll(all.subList(0, biggestHalf(all, top, keyBytes)));
        assertThat(rows).allSatisfy(row -> assertThat(row.count())
                .isBetween(1L, row.folded() == 0 ? model.getOrDefault(row.label(), 0L) : covered(all, row)));
        assertThat(rows.stream().<List<Object>>map(row -> List.of(row.label(), row.folded())))
                .doesNotHaveDuplicates();
    }

    /** Rows that fit into half of what is allowed. */
    private static int biggestHalf(List<Tuples.Row> all, int top, int keyBytes) {
        List<List<String>> texts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int bytes = 0;
        for (int i = 0; i < Math.min(top / 2, all.size()); i++) {
            int[] dimensions = {0, 1, 2, 6};
            for (int d = 0; d < dimensions.length; d++) {
                String text = all.get(i).label().get(dimensions[d]);
                if (!texts.get(d).contains(text)) {
                    texts.get(d).add(text);
                    // An encoded prefix is shorter than its text; this half is the smaller one then.
                    bytes += text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
                }
            }
            if (bytes > keyBytes / 2) {
                return i;
            }
        }
        return Math.min(top / 2, all.size());
    }

    /** Requests of all rows that a folded one may stand for. */
    private static long covered(List<Tuples.Row> all, Tuples.Row folded) {
        return all.stream()
                .filter(row -> IntStream.range(0, 7)
                        .allMatch(d -> (folded.folded() >>> d & 1) != 0
                                || row.label().get(d).equals(folded.label().get(d))))
                .mapToLong(Tuples.Row::count)
                .sum();
    }
}
