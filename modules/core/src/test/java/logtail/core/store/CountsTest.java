package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 127", "4, 128", "5, 129", "6, 5000"})
    void shouldGiveBackWhatItPacks(long seed, int rows) {
        Random random = new Random(seed);
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            // Whole blocks of each width, zeros among them.
            values[i] = random.nextLong() >>> 1 >>> Math.min(63, i / 128 * 4);
        }
        Counts counts = Counts.of(values);
        long[] added = new long[rows];
        counts.addTo(added);

        assertThat(counts.rows()).isEqualTo(rows);
        assertThat(added).isEqualTo(values);
        for (int i = 0; i < rows; i++) {
            assertThat(counts.get(i)).isEqualTo(values[i]);
        }
    }
}
