package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import logtail.frontend.Hostile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    @Test
    void shouldLeaveWhatCanBeSeenAsItIs() {
        String text = "/caf\u00e9/\u65e5\u672c/\ud83d\ude00?<>&\"'\\x1B ${x}";

        assertThat(Shown.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, \\x00",
        "7, \\x07",
        "9, \\x09",
        "10, \\x0A",
        "13, \\x0D",
        "27, \\x1B",
        "127, \\x7F",
        "133, \\xC2\\x85",
        "160, \\xC2\\xA0",
        "8203, \\xE2\\x80\\x8B",
        "8232, \\xE2\\x80\\xA8",
        "8238, \\xE2\\x80\\xAE",
        "8294, \\xE2\\x81\\xA6",
        "65279, \\xEF\\xBB\\xBF",
        "57344, \\xEE\\x80\\x80",
        "917569, \\xF3\\xA0\\x81\\x81"
    })
    void shouldShowWhatCannotBeSeenAsBytes(int codePoint, String shown) {
        assertThat(Shown.of("a" + Character.toString(codePoint) + "b")).isEqualTo("a" + shown + "b");
    }

    @Test
    void shouldShowNothingThatMovesTheCursorOrTurnsTheText_whateverComesIn() {
        for (String label : Hostile.LABELS) {
            assertThat(Shown.label(label).codePoints())
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        }
    }

    @Test
    void shouldCutTheMiddleOfALongLabel_betweenCharacters() {
        String label = "/begin" + "\ud83d\ude00".repeat(500) + "end";

        assertThat(Shown.label(label))
                .startsWith("/begin")
                .contains("…")
                .endsWith("end")
                .doesNotContain("?");
        assertThat(Shown.label(label).codePointCount(0, Shown.label(label).length()))
                .isLessThanOrEqualTo(Shown.LABEL_CHARS + 1);
        assertThat(Shown.label("a".repeat(Shown.LABEL_CHARS))).hasSize(Shown.LABEL_CHARS);
    }
}
