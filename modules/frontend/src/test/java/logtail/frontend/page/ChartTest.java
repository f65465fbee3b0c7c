package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import logtail.core.query.TrendAnswer.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
    private static final Pattern PATH = Pattern.compile("M0 [0-9.]+H[0-9.]+(V[0-9.]+H[0-9.]+)*");

    private static Chart chart(long... counts) {
        List<Point> points = new ArrayList<>();
        for (long count : counts) {
            points.add(new Point(1_763_628_000 + 60L * points.size(), count, 0));
        }
        return Chart.of(points, Span.of(points, 1).orElseThrow());
    }

    @Test
    void shouldDrawOneStepPerBucket_fromTheFloorToTheTop() {
        Chart chart = chart(0, 10, 5);

        assertThat(chart.line()).isEqualTo("M0 58H200V2H400V30H600");
        assertThat(chart.area()).isEqualTo("M0 58H200V2H400V30H600V60H0Z");
        assertThat(chart.windowX()).isEqualTo("400");
        assertThat(chart.windowWidth()).isEqualTo("200");
        assertThat(chart.blocks()).isEqualTo("▁█▅");
        assertThat(chart.from()).isEqualTo("08:40:00");
        assertThat(chart.to()).isEqualTo("08:43:00");
        assertThat(chart.peak()).isEqualTo("0.17/s at 08:41:00");
        assertThat(chart.last()).isEqualTo("0.08/s");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE, -5, Long.MIN_VALUE})
    void shouldDrawNumbersOnly_whateverTheCounts(long count) {
        Chart chart = chart(count, 0, count);

        assertThat(chart.line()).matches(PATH);
        assertThat(chart.blocks()).hasSize(3);
    }

    @Test
    void shouldMarkTheWindow_unlessItIsAllThereIs() {
        List<Point> points = List.of(new Point(0, 1, 0), new Point(60, 2, 0));

        assertThat(Chart.of(points, new Span(60, 1, 120)).windowX()).isEqualTo("300");
        assertThat(Chart.of(points, new Span(60, 2, 120)).windowX()).isEmpty();
        assertThat(Chart.of(points, new Span(60, 5, 120)).windowX()).isEmpty();
    }

    @Test
    void shouldFitALongTrendIntoOneLineOfBlocks() {
        long[] counts = new long[288];
        counts[100] = 7;

        Chart chart = chart(counts);

        assertThat(chart.blocks()).hasSize(60).containsOnlyOnce("█");
        assertThat(chart.line()).matches(PATH);
    }

    @Test
    void shouldNeedTwoPointsToKnowHowLongABucketIs() {
        Point point = new Point(60, 1, 0);

        assertThat(Span.of(List.of(), 5)).isEmpty();
        assertThat(Span.of(List.of(point), 1)).isEmpty();
        assertThat(Span.of(List.of(point, point), 2)).isEmpty();
        assertThat(Span.of(List.of(point, new Point(61, 1, 0)), 2)).contains(new Span(1, 2, 62));
    }
}
