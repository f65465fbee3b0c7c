package logtail.core.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final long BUCKET_MS = 1_000;
    private final Waiting waiting = new Waiting(BUCKET_MS);

    @Test
    void nothingIsLate_whileReadingKeepsUp() {
        for (long now = 0; now < 10_000; now += 20) {
            waiting.behind(now, now * 100);
            assertThat(waiting.isLate(now * 100)).isFalse();
        }
    }

    @Test
    void whatWasThereABucketAgoIsLate_andWhatCameLaterIsNot() {
        waiting.caughtUp(0);
        for (long now = 20; now <= 3_000; now += 20) {
            waiting.behind(now, now);
        }
        assertThat(waiting.isLate(0)).isTrue();
        assertThat(waiting.isLate(1_700)).isTrue();
        assertThat(waiting.isLate(2_001)).isFalse();
        assertThat(waiting.isLate(3_000)).isFalse();
    }

    @Test
    void everythingIsLate_whenNobodyLookedForABucket() {
        waiting.caughtUp(0);
        waiting.behind(1_001, 500);
        assertThat(waiting.isLate(499)).isTrue();
        assertThat(waiting.isLate(500)).isFalse();
    }

    @Test
    void nothingIsLate_afterAQuietTimeInWhichItWasLookedAt() {
        for (long now = 0; now < 60_000; now += 500) {
            waiting.caughtUp(now);
        }
        waiting.behind(60_000, 500);
        assertThat(waiting.isLate(0)).isFalse();
    }

    @Test
    void startingOverForgets() {
        waiting.late(1_000);
        assertThat(waiting.isLate(10)).isTrue();
        waiting.restart();
        assertThat(waiting.isLate(10)).isFalse();
    }
}
