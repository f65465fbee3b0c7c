package logtail.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistogramTest {
    /** Upstream's bounds, digit by digit. */
    @Test
    void boundsAreThoseOfTheOriginal() {
        assertThat(uppers(Histogram.Bounds.BYTES))
                .containsExactly(256., 1024., 4096., 16384., 65536., 262144., 1048576., Double.POSITIVE_INFINITY);
        assertThat(uppers(Histogram.Bounds.MICROS))
                .containsExactly(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1., 2.5, 5., 10., Double.POSITIVE_INFINITY);
    }

    private static List<Double> uppers(Histogram.Bounds bounds) {
        List<Double> uppers = new ArrayList<>();
        for (int bucket = 0; bucket < bounds.buckets(); bucket++) {
            uppers.add(bounds.upper(bucket));
        }
        return uppers;
    }

    @ParameterizedTest
    @EnumSource
    void valueFallsInTheFirstBucketThatIsNotBelowIt(Histogram.Bounds bounds) {
        List<Long> values = new ArrayList<>(List.of(0L, 1L, 2L, 3L, Long.MAX_VALUE - 1, Long.MAX_VALUE));
        for (int bucket = 0; bucket < bounds.buckets() - 1; bucket++) {
            long bound = Math.round(bounds.upper(bucket) * (bounds == Histogram.Bounds.MICROS ? 1e6 : 1));
            values.addAll(List.of(bound - 1, bound, bound + 1));
        }
        for (int bit = 1; bit < 63; bit++) {
            values.addAll(List.of((1L << bit) - 1, 1L << bit, (1L << bit) + 1));
        }
        for (long value : values) {
            int bucket = bounds.bucketOf(value);
            assertThat(bounds.inUnit(value)).as("bucket of %s", value).isLessThanOrEqualTo(bounds.upper(bucket));
            if (bucket > 0) {
                assertThat(bounds.inUnit(value)).as("bucket of %s", value).isGreaterThan(bounds.upper(bucket - 1));
            }
        }
    }

    @Test
    void sumsOfMillisecondsPrintExactly() {
        for (long millis = 1; millis < 4_000_000_000L; millis = millis * 3 + 1) {
            String seconds = Double.toString(Histogram.Bounds.MICROS.inUnit(millis * 1000));
            assertThat(new java.math.BigDecimal(seconds).movePointRight(3)).isEqualByComparingTo("" + millis);
        }
    }
}
