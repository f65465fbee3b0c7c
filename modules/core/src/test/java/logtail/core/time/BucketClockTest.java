package logtail.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketClockTest {
    private static final long MINUTE_MS = 60_000;
    private static final long START_MS = 1_792_886_400_000L;

    /** A wall clock that can be set and a monotonic one that cannot, seen at the same moments. */
    private static final class World {
        final BucketClock clock;
        final List<ClockStep> steps = new ArrayList<>();
        long wallMs;
        long monotonicNs = -5_000_000_000L;

        World(int bucketSeconds, long wallMs) {
            this.clock = new BucketClock(bucketSeconds);
            this.wallMs = wallMs;
            look();
        }

        World pass(long ms) {
            return pass(ms, ms);
        }

        World pass(long ms, long wallPassesMs) {
            monotonicNs += ms * 1_000_000;
            wallMs += wallPassesMs;
            look();
            return this;
        }

        private void look() {
            clock.advance(wallMs, monotonicNs).ifPresent(steps::add);
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 0", "60, 59999", "1, 999", "3600, 1800000", "7, 12345"})
    void shouldAlignBucketsToMultiplesSinceTheEpoch(int bucketSeconds, long intoMs) {
        World world = new World(bucketSeconds, START_MS + intoMs);

        long expected = Math.floorDiv(START_MS + intoMs, bucketSeconds * 1000L) * bucketSeconds;
        assertThat(world.clock.startSeconds()).isEqualTo(expected);
        assertThat(world.clock.nowMs()).isEqualTo(START_MS + intoMs);
        assertThat(world.clock.offsetMs()).isZero();
    }

    @Test
    void startJustBeforeTheEdge_firstBucketIsShort() {
        World world = new World(60, START_MS + 59_900);

        assertThat(world.pass(99).clock.startSeconds()).isEqualTo(START_MS / 1000);
        assertThat(world.pass(1).clock.startSeconds()).isEqualTo(START_MS / 1000 + 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Amsterdam", "Asia/Kathmandu", "Australia/Lord_Howe"})
    void changeOfSummerTime_bucketsFollowOneAnother(String zone) {
        long autumn = ZonedDateTime.of(2026, 10, 25, 0, 0, 0, 0, ZoneId.of(zone))
                .toInstant()
                .toEpochMilli();
        World world = new World(60, autumn);
        TreeSet<Long> starts = new TreeSet<>();
        for (int minute = 0; minute < 300; minute++) {
            starts.add(world.clock.startSeconds());
            world.pass(MINUTE_MS);
        }

        assertThat(starts).hasSize(300);
        assertThat(starts.last() - starts.first()).isEqualTo(299 * 60);
        assertThat(starts).allMatch(start -> start % 60 == 0);
        assertThat(world.steps).isEmpty();
    }

    @Test
    void stepForward_leavesOneGapAndIsReportedOnce() {
        World world = new World(60, START_MS).pass(10_000);

        world.pass(100, 100 + 10 * MINUTE_MS);
        assertThat(world.clock.startSeconds()).isEqualTo(START_MS / 1000 + 600);
        assertThat(world.clock.offsetMs()).isZero();

        world.pass(MINUTE_MS).pass(MINUTE_MS);
        assertThat(world.clock.startSeconds()).isEqualTo(START_MS / 1000 + 720);
        assertThat(world.steps).containsExactly(new ClockStep(10 * MINUTE_MS, 0));
    }

    @Test
    void stepBack_bucketsGoOnByTheMonotonicClock() {
        World world = new World(60, START_MS).pass(10_000);

        world.pass(100, 100 - 10 * MINUTE_MS);
        assertThat(world.clock.startSeconds()).isEqualTo(START_MS / 1000);
        assertThat(world.clock.offsetMs()).isEqualTo(10 * MINUTE_MS);

        world.pass(MINUTE_MS).pass(MINUTE_MS);
        assertThat(world.clock.startSeconds()).isEqualTo(START_MS / 1000 + 120);
        assertThat(world.steps).containsExactly(new ClockStep(-10 * MINUTE_MS, 10 * MINUTE_MS));
    }

    @Test
    void stepBackAndForthAgain_endsInStepWithTheWallClock() {
        World world = new World(60, START_MS).pass(10_000);

        world.pass(100, 100 - 10 * MINUTE_MS).pass(5_000);
        world.pass(100, 100 + 10 * MINUTE_MS).pass(5_000);

        assertThat(world.clock.nowMs()).isEqualTo(world.wallMs);
        assertThat(world.clock.offsetMs()).isZero();
        assertThat(world.steps)
                .containsExactly(new ClockStep(-10 * MINUTE_MS, 10 * MINUTE_MS), new ClockStep(10 * MINUTE_MS, 0));
    }

    @Test
    void secondStepBack_isReportedToo() {
        World world = new World(60, START_MS).pass(1_000);

        world.pass(100, 100 - MINUTE_MS).pass(1_000).pass(100, 100 - 2 * MINUTE_MS);

        assertThat(world.steps)
                .containsExactly(new ClockStep(-MINUTE_MS, MINUTE_MS), new ClockStep(-2 * MINUTE_MS, 3 * MINUTE_MS));
    }

    @ParameterizedTest
    @ValueSource(longs = {-50, 50})
    void drift_isFollowedWithoutAReport(long driftPerThousand) {
        World world = new World(60, START_MS);
        for (int i = 0; i < 100_000; i++) {
            world.pass(100, 100 + (i % 10 == 0 ? driftPerThousand : 0));
        }

        assertThat(world.steps).isEmpty();
        assertThat(Math.abs(world.clock.nowMs() - world.wallMs)).isLessThanOrEqualTo(50);
    }

    @Test
    void smallStepBack_slowsBucketsDownInsteadOfGoingBack() {
        World world = new World(1, START_MS + 500);

        world.pass(10, 10 - 400);
        assertThat(world.clock.nowMs()).isGreaterThan(START_MS + 500);
        for (int i = 0; i < 400; i++) {
            world.pass(10);
        }

        assertThat(world.clock.nowMs()).isEqualTo(world.wallMs);
        assertThat(world.steps).isEmpty();
    }

    @Test
    void wallClockThatStandsStill_doesNotHoldBucketsUp() {
        World world = new World(1, START_MS);
        for (int i = 0; i < 1_000; i++) {
            world.pass(100, 0);
        }

        assertThat(world.clock.startSeconds()).isBetween(START_MS / 1000 + 98, START_MS / 1000 + 100);
        assertThat(world.steps).hasSize(1);
    }

    @Test
    void momentThatIsPast_changesNothing() {
        World world = new World(60, START_MS).pass(MINUTE_MS);
        BucketClock clock = world.clock;

        assertThat(clock.advance(START_MS, world.monotonicNs - MINUTE_MS * 1_000_000))
                .isEqualTo(Optional.empty());
        assertThat(clock.nowMs()).isEqualTo(world.wallMs);
        assertThat(clock.offsetMs()).isZero();
    }

    @Test
    void pauseOfThreeBuckets_isNoStep() {
        World world = new World(1, START_MS).pass(3_700);

        assertThat(world.steps).isEmpty();
        assertThat(world.clock.startSeconds()).isEqualTo(START_MS / 1000 + 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3601})
    void lengthThatIsNone_isRefused(int bucketSeconds) {
        assertThatThrownBy(() -> new BucketClock(bucketSeconds)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Steps only: the time is the wall clock, or what has passed since if that is later; looked at every time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAgreeWithTheModelThatTakesTheLaterOfTheTwo(long seed) {
        Random random = new Random(seed);
        int bucketSeconds = 1 + random.nextInt(90);
        World world = new World(bucketSeconds, START_MS + random.nextInt(100_000));
        long modelMs = world.wallMs;
        int steps = 0;
        for (int i = 0; i < 20_000; i++) {
            long ms = 1 + random.nextInt(200);
            long stepMs = 0;
            if (random.nextInt(500) == 0) {
                stepMs = (2_000 + (long) (random.nextDouble() * 400 * 86_400_000.0)) * (random.nextBoolean() ? 1 : -1);
                steps++;
            }
            world.pass(ms, ms + stepMs);
            modelMs = Math.max(modelMs + ms, world.wallMs);

            // Within a step's reach the clock comes back slowly; the model does not know that.
            long apart = world.clock.nowMs() - modelMs;
            assertThat(apart).as("seed %d, look %d", seed, i).isBetween(-BucketClock.STEP_MS, 0L);
            modelMs = world.clock.nowMs();
            assertThat(world.clock.startSeconds()).isEqualTo(modelMs / 1000 / bucketSeconds * bucketSeconds);
            assertThat(world.clock.offsetMs()).isEqualTo(modelMs - world.wallMs);
        }
        assertThat(world.steps).as("seed %d", seed).hasSize(steps);
    }

    /** Steps of every size, drift, samples out of order: whatever happens, these hold. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void shouldNeverGoBackNorRunMuchFasterOrSlower(long seed) {
        Random random = new Random(seed);
        World world = new World(1 + random.nextInt(10), START_MS);
        for (int i = 0; i < 20_000; i++) {
            long before = world.clock.nowMs();
            long startBefore = world.clock.startSeconds();
            int stepsBefore = world.steps.size();
            long ms = random.nextInt(1000);
            long drift = Math.round(ms * (random.nextDouble() - 0.5) / 10);
            long step = random.nextInt(50) == 0 ? Math.round(random.nextGaussian() * 3_000) : 0;
            world.pass(ms, ms + drift + step);
            long late = random.nextInt(1000);
            world.clock.advance(world.wallMs - late, world.monotonicNs - late * 1_000_000);

            long went = world.clock.nowMs() - before;
            String when = "seed " + seed + ", look " + i + ", " + ms + " ms passed";
            assertThat(went).as(when).isGreaterThanOrEqualTo(Math.max(0, ms - ms / 8 - 2));
            assertThat(world.clock.startSeconds()).as(when).isGreaterThanOrEqualTo(startBefore);
            boolean steppedForward = world.clock.nowMs() == world.wallMs && world.steps.size() > stepsBefore;
            if (!steppedForward) {
                assertThat(went).as(when).isLessThanOrEqualTo(Math.max(0, ms + ms / 8 + 2));
            }
            if (world.clock.nowMs() < world.wallMs) {
                assertThat(world.wallMs - world.clock.nowMs())
                        .as(when)
                        .isLessThanOrEqualTo(BucketClock.STEP_MS + 1_000);
            }
        }
    }
}
