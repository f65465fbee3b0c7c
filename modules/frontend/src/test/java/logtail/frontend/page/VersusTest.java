package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import logtail.core.query.Overview.Stretch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersusTest {
    private static String words(Versus versus) {
        return versus.shown().replace(Numbers.SPACE, ' ');
    }

    @ParameterizedTest
    @CsvSource({
        "41000, 300, 1000, 300, ▲ ×41",
        "2100, 300, 1000, 300, ▲ ×2.10",
        "1370, 300, 1000, 300, ▲ +37 %",
        "630, 300, 1000, 300, ▼ −37 %",
        "10, 300, 1000, 300, ▼ ÷100",
        "1000, 300, 0, 300, ▲ new",
        "0, 300, 1000, 300, ▼ gone",
        "1020, 300, 1000, 300, ▬",
        "0, 300, 0, 300, ▬",
        // Rates are compared, not numbers.
        "5000, 300, 1000, 60, ▬",
        "5000, 300, 500, 60, ▲ ×2.00",
        // By chance alone.
        "13, 300, 10, 300, ▬",
        "4, 300, 1, 300, ▬",
        "9, 300, 0, 300, ▬",
        "0, 300, 9, 300, ▬"
    })
    void requests_areComparedByTheirRates(long now, long seconds, long earlier, long earlierSeconds, String expected) {
        Versus versus = Versus.of(now, new Stretch(0, seconds, 60), earlier, new Stretch(0, earlierSeconds, 60));

        assertThat(words(versus)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "61, 100, 6, 100, ▲ +55 pt",
        "1, 100, 30, 100, ▼ −29 pt",
        "50, 100, 500, 1000, ▬",
        "50, 100, 0, 0, ''",
        "0, 0, 5, 10, ''"
    })
    void shares_areComparedInPoints(long now, long total, long earlier, long earlierTotal, String expected) {
        assertThat(words(Versus.share(now, total, earlier, earlierTotal))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void nothingBefore_isNothingToSay(long seconds) {
        assertThat(Versus.of(9, new Stretch(0, 300, 60), 0, new Stretch(0, seconds, 60)))
                .isEqualTo(Versus.UNKNOWN);
    }
}
