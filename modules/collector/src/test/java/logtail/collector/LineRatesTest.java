package logtail.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineRatesTest {
    private final LineRates rates = new LineRates();

    private void sample(long lines, long seconds) {
        rates.sample("udp", lines, TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void shouldKnowNothingBeforeTwoSamples() {
        assertThat(rates.perSecond("udp")).isZero();
        sample(500, 1);
        assertThat(rates.perSecond("udp")).isZero();
    }

    @Test
    void shouldForgetWhatIsTenSecondsOld() {
        for (int second = 0; second < 60; second++) {
            sample(second < 30 ? 1_000L * second : 30_000 + 10L * (second - 30), second);
        }

        assertThat(rates.perSecond("udp")).isEqualTo(10);
    }
}
