package logtail.sources.tail;

import static logtail.sources.NumberedLines.line;
import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import logtail.sources.NumberedLines;
import logtail.sources.channel.ChannelOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
    private static final long BUCKET_MS = 60_000;

    private final Path dir;
    private final Path log;
    private final Path state;
    private final TailOptions options;
    private final NumberedLines store = new NumberedLines();
    private int written;
    private int rotations;
    private long nowMs;

    PositionsTest(@TempDir Path temp) throws IOException {
        this.dir = Files.createDirectory(temp.toRealPath().resolve("logs"));
        this.log = dir.resolve("access.log");
        this.state = temp.resolve("state");
        this.options = new TailOptions(20, 10_000, 10_000, BUCKET_MS, 1 << 16, 512, state);
        Log.write(log, "");
    }

    private Tail start(String... globs) throws IOException {
        String[] paths = List.of(globs).stream()
                .map(glob -> dir.resolve(glob).toString())
                .toArray(String[]::new);
        return new Tail(options, ChannelOptions.defaults(), store, nowMs, paths);
    }

    private void write(int count) throws IOException {
        Log.write(log, lines(written, written + count));
        written += count;
    }

    private void rotate() throws IOException {
        Files.move(log, dir.resolve("access.log." + ++rotations));
        Log.write(log, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"access.log", "access.log*"})
    void linesWrittenWhileStopped_areCountedAlsoWhenRotated(String glob) throws IOException {
        Log.write(log, lines(1_000_000, 1_000_010));
        try (Tail tail = start(glob)) {
            write(10);
            tail.run(500);
            tail.stop();
            nowMs = tail.nowMs;
        }
        write(10);
        rotate();
        write(10);
        rotate();
        write(10);
        try (Tail tail = start(glob)) {
            write(10);
            tail.run(1_000);
            tail.assertCounted(0, 50);
        }
    }

    @Test
    void copyTruncatedWhileStopped_countsWhatCameAfter() throws IOException {
        try (Tail tail = start("access.log*")) {
            write(100);
            tail.run(500);
            tail.stop();
        }
        Files.copy(log, dir.resolve("access.log.1"));
        Files.write(log, new byte[0]);
        write(10);
        try (Tail tail = start("access.log*")) {
            tail.run(1_000);
            tail.assertCounted(0, 110);
        }
    }

    @Test
    void killedWithLinesUnderWay_readsThoseAgainAndNoOthers() throws IOException {
        try (Tail tail = start("access.log")) {
            write(3);
            tail.run(100);
            tail.stall(true);
            write(3);
            tail.run(100);
            tail.save();
            tail.kill();
        }
        write(3);
        try (Tail tail = start("access.log")) {
            tail.run(500);
            tail.assertCounted(0, 9);
        }
    }

    @Test
    void inodeWithOtherContent_isNotResumedInTheMiddle() throws IOException {
        try (Tail tail = start("access.log")) {
            write(10);
            tail.run(500);
            tail.stop();
        }
        Files.write(log, new byte[0]);
        write(30);
        try (Tail tail = start("access.log")) {
            tail.run(500);
            tail.assertCounted(0, 40);
        }
    }

    @Test
    void partialLine_isReadAgainFromItsStart() throws IOException {
        try (Tail tail = start("access.log")) {
            write(10);
            Log.write(log, line(10).substring(0, 20));
            tail.run(500);
            tail.stop();
        }
        Log.write(log, line(10).substring(20) + "\n");
        written++;
        try (Tail tail = start("access.log")) {
            tail.run(500);
            tail.assertCounted(0, 11);
        }
    }

    @Test
    void endlessLineAcrossARestart_isCountedOnce() throws IOException {
        try (Tail tail = start("access.log")) {
            write(10);
            tail.run(500);
            Log.write(log, "x".repeat(200_000));
            tail.run(500);
            assertThat(tail.rejected()).isEqualTo(1);
            tail.stop();
        }
        Log.write(log, "xxx\n");
        write(10);
        try (Tail tail = start("access.log")) {
            tail.run(500);
            tail.assertCounted(0, 20);
        }
    }

    @Test
    void globThatIsNew_isReadFromTheEnd() throws IOException {
        Log.write(dir.resolve("other.txt"), lines(1_000_000, 1_000_010));
        try (Tail tail = start("access.log")) {
            write(10);
            tail.run(500);
            tail.stop();
        }
        write(10);
        try (Tail tail = start("access.log", "*.txt")) {
            tail.run(500);
            tail.assertCounted(0, 20);
        }
        // And a glob that is gone is not read any more.
        try (Tail tail = start("*.txt")) {
            tail.stop();
        }
        write(10);
        try (Tail tail = start("*.txt")) {
            tail.run(500);
            tail.assertCounted(0, 20);
        }
    }

    @Test
    void backlogOlderThanABucket_isCatchUp() throws IOException {
        try (Tail tail = start("access.log")) {
            write(10);
            tail.run(500);
            tail.stop();
            nowMs = tail.nowMs;
        }
        write(10);
        nowMs += BUCKET_MS + 1;
        try (Tail tail = start("access.log")) {
            tail.run(500);
            assertThat(tail.catchUps).hasSize(1);
            write(10);
            tail.run(500);
            assertThat(tail.catchUps).hasSize(1);
            tail.stop();
            nowMs = tail.nowMs;
        }
        write(10);
        nowMs += 1_000;
        try (Tail tail = start("access.log")) {
            tail.run(500);
            assertThat(tail.catchUps).isEmpty();
            tail.assertCounted(0, 40);
        }
    }

    @Test
    void damagedFile_isSaidAndNotUsed() throws IOException {
        try (Tail tail = start("access.log")) {
            write(10);
            tail.run(500);
            tail.stop();
        }
        Path saved = state.resolve("positions");
        Files.writeString(saved, Files.readString(saved).replace("file\t0\ttrue", "file\t0\tfalse"));
        try (Tail tail = start("access.log")) {
            assertThat(tail.said.with("damaged")).hasSize(1);
            write(10);
            tail.run(500);
            tail.assertCounted(0, 20);
        }
    }

    @Test
    void halfWrittenFile_isNeverSeen() throws IOException {
        try (Tail tail = start("access.log")) {
            write(10);
            tail.run(500);
            tail.stop();
        }
        // Killed while writing the next one: only the temporary file suffers.
        Files.writeString(state.resolve("positions.tmp"), "logtail-posi");
        write(10);
        try (Tail tail = start("access.log")) {
            tail.run(500);
            tail.assertCounted(0, 20);
        }
    }

    @Test
    void file_roundTripsWhateverPathsHold() throws IOException {
        PositionFile file = new PositionFile(state);
        SavedPositions saved = new SavedPositions(
                17,
                List.of("/a\\*\tb", "/x\ny"),
                List.of(new SavedPosition(
                        "/x\ny",
                        Path.of("/p\\n\tq\n"),
                        Path.of("/r s/é"),
                        true,
                        new FileId(65024, Long.MAX_VALUE),
                        1L << 40,
                        1024,
                        -5,
                        Long.MIN_VALUE)));
        file.save(saved);
        assertThat(file.load()).isEqualTo(saved);
    }

    /** Orderly stops at random moments, with everything that happens to logs in between: each line exactly once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void stoppedAtAnyMoment_countsEveryLineOnce(long seed) throws IOException {
        String glob = seed % 2 == 0 ? "access.log" : "access.log*";
        Random random = new Random(seed);
        for (int life = 0; life < 8; life++) {
            try (Tail tail = start(glob)) {
                steps(random, tail);
                tail.stall(false);
                tail.stop();
                nowMs = tail.nowMs + random.nextInt(100_000);
            }
            steps(random, null);
        }
        try (Tail tail = start(glob)) {
            tail.run(40_000);
            tail.assertCounted(0, written);
        }
    }

    /** Killed at random moments, some batches counted and saved, some only read: no line is lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void killedAtAnyMoment_losesNothing(long seed) throws IOException {
        String glob = seed % 2 == 0 ? "access.log" : "access.log*";
        Random random = new Random(seed);
        for (int life = 0; life < 8; life++) {
            try (Tail tail = start(glob)) {
                tail.save();
                steps(random, tail);
                tail.kill();
                nowMs = tail.nowMs + random.nextInt(100_000);
            }
            steps(random, null);
        }
        try (Tail tail = start(glob)) {
            tail.run(40_000);
            assertThat(store.missing(0, written)).isEmpty();
            assertThat(store.counts().keySet()).allMatch(n -> n < written);
            assertThat(tail.rejected()).isZero();
        }
    }

    private void steps(Random random, @Nullable Tail tail) throws IOException {
        for (int steps = random.nextInt(20); steps > 0; steps--) {
            switch (random.nextInt(6)) {
                case 0, 1:
                    write(1 + random.nextInt(300));
                    break;
                case 2:
                    rotate();
                    break;
                case 3:
                    if (tail != null) {
                        tail.stall(random.nextBoolean());
                    }
                    break;
                case 4:
                    if (tail != null) {
                        tail.save();
                    }
                    break;
                default:
                    break;
            }
            if (tail != null && random.nextBoolean()) {
                tail.run(random.nextInt(10) == 0 ? 12_000 : random.nextInt(300));
            }
        }
    }
}
