package logtail.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
    private static String label(String text) {
        return Labels.ofBytes(ColumnKind.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "(other), \\(other)",
        "\\(other), \\\\(other)",
        "www.example.org, www.example.org",
        "x(other), x(other)",
        "(other)x, (other)x",
        "(Other), (Other)",
        "\\, \\",
        "'', ''"
    })
    void onlyTheFoldedText_isEscaped(String text, String label) {
        assertThat(label(text)).isEqualTo(label);
    }

    @Test
    void everyLabel_namesTheTextItCameFrom() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(4); part >= 0; part--) {
                text.append(new String[] {"\\", "(other)", "(", "other)", "ä", ""}[random.nextInt(6)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            String label = label(text.toString());

            assertThat(label).isNotEqualTo(Labels.OTHER);
            assertThat(Labels.toBytes(ColumnKind.TEXT, label)).as(label).isEqualTo(bytes);
        }
    }

    @Test
    void labelOfAFoldedValue_namesNoText() {
        assertThat(Labels.toBytes(ColumnKind.TEXT, "(other)")).isNull();
        assertThat(Labels.toBytes(ColumnKind.PREFIX, "(other)")).isNull();
    }

    @Test
    void prefixesAndNumbers_readAsWritten() {
        byte[] prefix = {4, 24, (byte) 192, 0, 2};

        assertThat(Labels.ofBytes(ColumnKind.PREFIX, prefix)).isEqualTo("192.0.2.0/24");
        assertThat(Labels.toBytes(ColumnKind.PREFIX, "192.0.2.0/24")).isEqualTo(prefix);
        assertThat(Labels.ofNumber((int) 4_200_000_000L)).isEqualTo("4200000000");
        assertThat(Labels.ofNumber(99)).isEqualTo("99");
    }

    @Test
    void textWithinAnArray_isLookedAtAlone() {
        byte[] bytes = "x\\(other)y".getBytes(StandardCharsets.UTF_8);

        assertThat(Labels.looksFolded(bytes, 1, 8)).isTrue();
        assertThat(Labels.looksFolded(bytes, 2, 7)).isTrue();
        assertThat(Labels.looksFolded(bytes, 1, 9)).isFalse();
        assertThat(Labels.looksFolded(bytes, 0, 9)).isFalse();
        assertThat(Labels.looksFolded(bytes, 2, 6)).isFalse();
    }
}
