package logtail.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StorePulseTest {
    private long nowNs = 42;
    private final StorePulse pulse = new StorePulse(60, () -> nowNs);

    private void after(long seconds) {
        nowNs += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void storeIsAliveWhileItRunsAndBucketsEnd() {
        assertThat(pulse.missing()).isEmpty();
        for (int second = 1; second <= 1_000; second++) {
            after(1);
            pulse.ran();
            if (second % 60 == 0) {
                pulse.rotated();
            }
            assertThat(pulse.missing()).isEmpty();
        }
    }

    @Test
    void storeThatDoesNotRunIsStalled() {
        after(5);
        assertThat(pulse.missing()).isEmpty();
        after(1);
        assertThat(pulse.missing()).hasValue("it has not run for 6 s");
        pulse.ran();
        assertThat(pulse.missing()).isEmpty();
    }

    /** Two and a half bucket lengths and five seconds. */
    @Test
    void storeWhoseBucketsDoNotEndIsStalled() {
        after(155);
        pulse.ran();
        assertThat(pulse.missing()).isEmpty();
        after(1);
        pulse.ran();
        assertThat(pulse.missing()).hasValue("no bucket has ended for 156 s");
        pulse.rotated();
        assertThat(pulse.missing()).isEmpty();
    }
}
