package logtail.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    @Test
    void aTerminal_getsWhatFits() {
        Table table = new Table(OptionalInt.of(20));
        table.row(table.number(1_234_567), "www.example.org").row(table.number(1), "short");

        assertThat(print(table, 1)).isEqualTo("1 234 567  www.exam\u2026\n        1  short\n");
    }

    @Test
    void aPipe_getsEverythingAndPlainNumbers() {
        Table table = new Table(OptionalInt.empty());
        table.row(table.number(1_234_567), "x".repeat(300));

        assertThat(print(table, 1)).isEqualTo("1234567  " + "x".repeat(300) + "\n");
    }

    @Test
    void characters_areNotCutInHalf() {
        Table table = new Table(OptionalInt.of(4));
        table.row("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00");

        assertThat(print(table, 0)).isEqualTo("\ud83d\ude00\ud83d\ude00\ud83d\ude00\u2026\n");
    }

    @ParameterizedTest
    @CsvSource({"0", "999", "1000", "-5"})
    void numbersWithoutATerminal_arePlain(long number) {
        assertThat(new Table(OptionalInt.empty()).number(number)).isEqualTo(Long.toString(number));
    }

    @Test
    void fields_areJoinedByTabsThatNoFieldCanFake() {
        assertThat(Table.fields(List.of("a\tb", "c\nd", "caf\u00e9", "\ufeff", "\u007f")))
                .isEqualTo("a\\x09b\tc\\x0Ad\tcaf\u00e9\t\\xEF\\xBB\\xBF\t\\x7F");
    }

    private static String print(Table table, int right) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            table.print(stream, right);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
