package logtail.core.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotatedNameTest {
    @ParameterizedTest
    @CsvSource({
        "access.log.1, true",
        "access.log.10, true",
        "access.log-20261120, true",
        "access.log_2026-11-20T03, true",
        "access-20261120.log, true",
        "access.1.log, true",
        "access.log, false",
        "access.log.offset, false",
        "access.log1, false",
        "access2.log, false",
        "other.log.1, false",
        "access.txt.1, false",
    })
    void of_tellsWhatRotationMakesOfAName(String name, boolean rotated) {
        assertThat(RotatedName.of(name, "access.log")).isEqualTo(rotated);
        assertThat(RotatedName.bases(name).contains("access.log")).isEqualTo(rotated);
    }

    @Test
    void behind_wantsTheDigitsBehindTheWholeName() {
        assertThat(RotatedName.behind("access.log.1", "access.log")).isTrue();
        assertThat(RotatedName.behind("access-1.log", "access.log")).isFalse();
    }

    @Test
    void shouldWorkWithoutExtension() {
        assertThat(RotatedName.of("access.1", "access")).isTrue();
        assertThat(RotatedName.of("access", "access")).isFalse();
        assertThat(RotatedName.of(".1", ".bashrc")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "access.log.2.gz, true",
        "access.log.2.GZ, true",
        "a.bz2, true",
        "a.xz, true",
        "a.zst, true",
        "a.lz4, true",
        "a.zip, true",
        "access.log.2, false",
        ".gz, false",
        "gz, false",
    })
    void isCompressed_tellsByTheEnd(String name, boolean compressed) {
        assertThat(RotatedName.isCompressed(name)).isEqualTo(compressed);
    }
}
