package logtail.core.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PollPaceTest {
    private final PollPace pace = new PollPace(20);

    @Test
    void quietFilesAreLookedAtEveryPoll() {
        assertThat(pace.next(0, 20)).isEqualTo(20);
        assertThat(pace.next(100, 20)).isEqualTo(20);
    }

    @Test
    void underLoadEveryLookFindsAQuarterOfABatch() {
        long delayMs = 20;
        // 14.3 MB/s: 100 000 lines/s.
        for (int i = 0; i < 10; i++) {
            delayMs = pace.next(14_300 * delayMs, delayMs);
        }
        assertThat(delayMs).isEqualTo(4);
        // 71 MB/s: 500 000 lines/s.
        for (int i = 0; i < 10; i++) {
            delayMs = pace.next(71_500 * delayMs, delayMs);
        }
        assertThat(delayMs).isEqualTo(1);
    }

    @Test
    void fallsAtOnceAndRisesSlowly() {
        assertThat(pace.next(10 << 20, 20)).isEqualTo(1);
        assertThat(pace.next(0, 1)).isEqualTo(2);
        assertThat(pace.next(0, 2)).isEqualTo(4);
        assertThat(pace.next(0, 4)).isEqualTo(8);
        assertThat(pace.next(0, 8)).isEqualTo(16);
        assertThat(pace.next(0, 16)).isEqualTo(20);
    }

    @Test
    void isNeverShorterThanAMillisecond() {
        assertThat(new PollPace(0).next(0, 0)).isEqualTo(1);
    }
}
