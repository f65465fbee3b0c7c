package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F05: whatever the numbers are, a path holds numbers only and ends where it began. */
class SparkTest {
    private static final Pattern RUN = Pattern.compile("h([1-9])");

    @Test
    void shouldBeFlatOverEachBucket() {
        assertThat(Spark.of(List.of(0L, 10L, 10L, 5L), 10))
                .isEqualTo(new Spark("M0 20h1v-20h2v10h1V20z", "0 to 1.00 per second"));
    }

    @Test
    void shouldBeNothing_whenOnePointOrNoneIsThere() {
        assertThat(Spark.of(List.of(), 60)).isEqualTo(Spark.NONE);
        assertThat(Spark.of(List.of(7L), 60)).isEqualTo(Spark.NONE);
        assertThat(Spark.of(List.of(7L, 8L), 0)).isEqualTo(Spark.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000_000, Long.MAX_VALUE})
    void shouldStayInItsFrame(long most) {
        List<Long> points = new ArrayList<>(Collections.nCopies(288, most / 2));
        points.set(100, most);

        Spark spark = Spark.of(points, 300);

        assertThat(spark.path()).matches("M0 20(v-?[0-9]{1,2}|h[1-9])*V20z").hasSizeLessThan(400);
        assertThat(width(spark)).isEqualTo(60);
    }

    @Test
    void shouldKeepPeaks_whenSeveralPointsBecomeOne() {
        List<Long> points = new ArrayList<>(Collections.nCopies(288, 0L));
        points.set(287, 9L);

        assertThat(Spark.of(points, 300).path()).endsWith("v-20h1V20z");
    }

    private static int width(Spark spark) {
        return RUN.matcher(spark.path())
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .sum();
    }
}
