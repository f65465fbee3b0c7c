package logtail.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebsitePatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.access.log, www.example.org.access.log, www.example.org",
        "access_*, access_a, a",
        "*.access.log, access.log, source",
        "*.access.log, .access.log, source",
        "aa*a, aaa, source",
        "www.example.org, x.log, www.example.org",
        "'', x.log, source",
    })
    void website_isWhatStandsForTheStar(String pattern, String file, String website) {
        assertThat(new WebsitePattern(pattern).of(file, "source")).isEqualTo(website);
    }

    @Test
    void secondStar_isRefused() {
        assertThatThrownBy(() -> new WebsitePattern("*.*")).hasMessageContaining("more than one *");
    }
}
