package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopLagTest {
    private long nowNs = Long.MAX_VALUE - ms(20_000); // the monotonic clock may turn over
    private final LoopLag lag = new LoopLag(nowNs);

    private static long ms(long time) {
        return TimeUnit.MILLISECONDS.toNanos(time);
    }

    private void after(long timeMs) {
        nowNs += ms(timeMs);
    }

    private void punctual(int tasks) {
        for (int i = 0; i < tasks; i++) {
            after(LoopLag.PERIOD_MS);
            lag.ran(nowNs);
        }
    }

    @Test
    void punctualTasksAreNotLate() {
        punctual(200);
        assertThat(lag.seconds(nowNs)).isZero();
    }

    @Test
    void worstDelayIsShownForOneToTwoWindows() {
        punctual(4);
        after(LoopLag.PERIOD_MS + 700);
        lag.ran(nowNs);
        after(LoopLag.PERIOD_MS + 300);
        lag.ran(nowNs);
        assertThat(lag.seconds(nowNs)).isEqualTo(0.7);
        punctual((int) (LoopLag.WINDOW_MS / LoopLag.PERIOD_MS));
        assertThat(lag.seconds(nowNs)).isEqualTo(0.7);
        punctual((int) (LoopLag.WINDOW_MS / LoopLag.PERIOD_MS));
        assertThat(lag.seconds(nowNs)).isZero();
    }

    @Test
    void taskThatDoesNotComeIsLateAlready() {
        punctual(1);
        after(LoopLag.PERIOD_MS + 40_000);
        assertThat(lag.seconds(nowNs)).isEqualTo(40);
    }
}
