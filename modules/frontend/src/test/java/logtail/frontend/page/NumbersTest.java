package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "999, 999", "1000, 1 000", "1234567, 1 234 567", "-1234, -1 234", "-100, -100"})
    void shouldGroupCounts(long count, String text) {
        assertThat(Numbers.count(count)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.001, <0.01",
        "0.07, 0.07",
        "1.5, 1.50",
        "9.994, 9.99",
        "9.996, 10.0",
        "25.64, 25.6",
        "99.94, 99.9",
        "99.96, 100",
        "1536.4, 1 536",
        "1e12, 1 000 000 000 000"
    })
    void shouldGiveRatesThreeDigits(double rate, String text) {
        assertThat(Numbers.rate(rate)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0 %",
        "10, 10, 100 %",
        "62, 100, 62 %",
        "1, 3, 33 %",
        "6.2, 100, 6.2 %",
        "1, 1000, 0.10 %",
        "1, 1000000, <0.01 %",
        "5, 0, 0 %"
    })
    void shouldGivePercentages(double part, double whole, String text) {
        assertThat(Numbers.percent(part, whole)).isEqualTo(spaced(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "5, 5 s",
        "119, 119 s",
        "300, 5 min",
        "254, 4 min 14 s",
        "3600, 1 h",
        "12000, 3 h 20 min",
        "86400, 24 h",
        "187200, 2 d 4 h"
    })
    void shouldSayHowLong(long seconds, String text) {
        assertThat(Numbers.duration(seconds)).isEqualTo(spaced(text));
    }

    @Test
    void shouldReadTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            assertThat(Numbers.rate(25.64)).isEqualTo("25.6");
            assertThat(Numbers.time(1_763_628_000)).isEqualTo("08:40:00");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String spaced(String text) {
        return text.replace(' ', Numbers.SPACE);
    }
}
