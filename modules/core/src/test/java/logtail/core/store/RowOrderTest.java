package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import logtail.core.schema.KeyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowOrderTest {
    private final KeyHash hash = new KeyHash(1, 2);
    private final Tuples tuples = new Tuples(hash);

    private List<Tuples.Row> ranked(LiveTable table) {
        List<Tuples.Row> inTable = Tuples.rows(table);
        List<Tuples.Row> ranked = new ArrayList<>();
        RowSet rows = RowSet.of(table, ArenaTexts.of(table.schema(), hash));
        for (int row : new RowOrder(rows, new LabelPieces(rows)).ranked()) {
            ranked.add(inTable.get(row));
        }
        return ranked;
    }

    private LiveTable table(int rows) {
        return new LiveTable(tuples.layout(), hash, rows, 1 << 24, LiveTable.Overflow.FOLD);
    }

    /** Few rows have texts of their own, many share them; both ways of comparing are taken. */
    @ParameterizedTest
    @CsvSource({"1, 1, 10", "2, 7, 10", "3, 9, 1000", "4, 3000, 5", "5, 3000, 300", "6, 3000, 100000"})
    void shouldRankByCountThenByTheBytesOfTheWireLabel(long seed, int requests, int paths) {
        LiveTable table = table(10_000);
        new RandomTraffic(seed).bucket(requests, paths).forEach((label, count) -> tuples.add(table, label, count));

        assertThat(ranked(table)).hasSize(table.rows()).isSortedAccordingTo(Tuples.RANK);
    }

    @Test
    void foldedRows_standWhereTheirLabelReads() {
        LiveTable table = table(40);
        new RandomTraffic(8).bucket(500, 100).forEach((label, count) -> tuples.add(table, label, 1));

        assertThat(table.folded()).isPositive();
        assertThat(ranked(table)).isSortedAccordingTo(Tuples.RANK);
    }

    @Test
    void pathsThatShareThousandsOfBytes_areToldApartAtTheirEnds() {
        LiveTable table = table(1000);
        String path = "/x".repeat(4000);
        for (int i = 0; i < 200; i++) {
            tuples.add(table, List.of("h", "10.0.0.0/24", path + "y".repeat(i * 7 % 200), "200", "0", "0", ""), 5);
        }

        assertThat(ranked(table)).hasSize(200).isSortedAccordingTo(Tuples.RANK);
    }

    @Test
    void rowsThatReadTheSame_standByWhatIsFolded() {
        List<String> tuple = List.of("a", "10.0.0.0/24", "/", "0", "0", "0", "");
        LiveTable table = table(100);
        for (int mask : new int[] {0b111000, 0b100000, 0b001000, 0b000000, 0b101000}) {
            tuples.addFolded(table, tuple, mask, 1);
        }

        assertThat(ranked(table))
                .extracting(Tuples.Row::folded)
                .containsExactly(0b000000, 0b001000, 0b100000, 0b101000, 0b111000);
    }

    @Test
    void oneRow_standsBehindTheRowsOfTheSameCountThatReadSmaller() {
        LiveTable table = table(100);
        List<String> big = List.of("b", "10.0.0.0/24", "/", "200", "0", "0", "");
        List<String> v4 = List.of("a", "9.0.0.0/24", "/", "200", "0", "0", "");
        List<String> v6 = List.of("a", "2001:db8::/48", "/", "200", "0", "0", "");
        List<String> status = List.of("a", "2001:db8::/48", "/", "1000", "0", "0", "");
        tuples.add(table, v4, 1);
        tuples.add(table, v6, 1);
        tuples.add(table, status, 1);
        tuples.add(table, big, 2);

        assertThat(ranked(table)).extracting(Tuples.Row::label).containsExactly(big, status, v6, v4);
    }
}
