package logtail.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KEYS = List.of("listen", "promListen", "rings.fine.bucket", "rings", "logs");

    @ParameterizedTest
    @CsvSource({
        "promLisen,promListen",
        "PROMLISTEN,promListen",
        "lsiten,listen",
        "log,logs",
        "bucket,rings.fine.bucket",
        "rings.fine.buckte,rings.fine.bucket"
    })
    void shouldAskForTheWordThatWasMeant(String given, String meant) {
        assertThat(Nearest.hint(given, KEYS, word -> "\"" + word + "\""))
                .isEqualTo(", did you mean \"" + meant + "\"?");
    }

    @Test
    void shouldNotAskButNameTheNearestWhenNothingIsClose() {
        assertThat(Nearest.hint("collectors", KEYS, word -> "\"" + word + "\"")).startsWith(", the nearest is ");
    }

    @Test
    void shouldSayNothingWhenNothingIsKnown() {
        assertThat(Nearest.hint("x", List.of(), word -> "\"" + word + "\"")).isEmpty();
    }

    @Test
    void shouldCountASwapOfNeighboursAsOneEdit() {
        assertThat(Nearest.edits("promListne", "promListen")).isEqualTo(1);
        assertThat(Nearest.edits("", "abc")).isEqualTo(3);
        assertThat(Nearest.edits("abc", "abc")).isZero();
        assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
    }
}
