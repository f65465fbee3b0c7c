package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "255, 1", "256, 2", "65535, 2", "65536, 4", "2147483647, 4", "-1, 4"})
    void values_areHeldAsNarrowAsTheLargestAllows(int largest, int bytesPerRow) {
        Column column = Column.of(new int[] {0, largest, 1});

        assertThat(column.rows()).isEqualTo(3);
        assertThat(column.get(0)).isZero();
        assertThat(column.get(1)).isEqualTo(largest);
        assertThat(column.get(2)).isEqualTo(1);
        assertThat(column.bytes()).isEqualTo(3L * bytesPerRow);
    }
}
