package logtail.sources.tail;

import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
    private final Path dir;
    private final Path log;

    RotationTest(@TempDir Path dir) throws IOException {
        this.dir = dir.toRealPath();
        this.log = this.dir.resolve("access.log");
        Log.write(log, "");
    }

    private Path rotated(int n) {
        return dir.resolve("access.log." + n);
    }

    private void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** As logrotate does: the oldest of so many goes. */
    private void shift(int keep) throws IOException {
        Files.deleteIfExists(rotated(keep));
        for (int n = keep - 1; n >= 1; n--) {
            if (Files.exists(rotated(n))) {
                rename(rotated(n), rotated(n + 1));
            }
        }
        rename(log, rotated(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access.log", "access.log*", "*"})
    void a01_renamedAndCreatedAgain_isFollowedWithoutGapOrDouble(String glob) throws IOException {
        try (Tail tail = Tail.of(dir.resolve(glob).toString())) {
            Log.write(log, lines(0, 3));
            tail.run(100);
            rename(log, rotated(1));
            Log.write(log, lines(3, 6));
            tail.run(11_000);
            tail.assertCounted(0, 6);
            assertThat(tail.said.with("reopened", "access.log")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access.log", "access.log*"})
    void a02_lateLinesOfTheOldDescriptor_areCounted(String glob) throws IOException {
        try (Tail tail = Tail.of(dir.resolve(glob).toString());
                Log old = Log.open(log)) {
            old.lines(0, 3);
            tail.run(100);
            rename(log, rotated(1));
            tail.run(1_000);
            old.lines(3, 4);
            tail.run(2_000);
            Log.write(log, lines(4, 6));
            tail.run(3_000);
            old.lines(6, 8);
            tail.run(9_900);
            old.lines(8, 9);
            old.close();
            tail.run(30_000);
            tail.assertCounted(0, 9);
            assertThat(Tail.openBelow(dir)).containsExactly(log.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access.log", "access.log*"})
    void a08_tenRotationsBetweenTwoPolls_loseNothing(String glob) throws IOException {
        try (Tail tail = Tail.of(dir.resolve(glob).toString())) {
            tail.run(200);
            for (int r = 0; r < 10; r++) {
                Log.write(log, lines(r * 1_000, (r + 1) * 1_000));
                shift(20);
            }
            Log.write(log, lines(10_000, 10_010));
            tail.run(30_000);
            tail.assertCounted(0, 10_010);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void a08_rotationsWithPollsInBetween_loseNothing(int pollsPerRotation) throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            for (int r = 0; r < 30; r++) {
                Log.write(log, lines(r * 100, r * 100 + 50));
                if (pollsPerRotation > 0) {
                    tail.poll(1);
                }
                Log.write(log, lines(r * 100 + 50, r * 100 + 100));
                shift(40);
                if (pollsPerRotation > 1) {
                    tail.poll(20);
                    tail.poll(1);
                }
            }
            Log.write(log, lines(3_000, 3_001));
            tail.run(30_000);
            tail.assertCounted(0, 3_001);
        }
    }

    @Test
    void a08_deletedRotatedFilesGiveTheirInodesToNewOnes_whichAreNotTakenForOld() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            int n = 0;
            for (int r = 0; r < 50; r++) {
                Log.write(log, lines(n, n + 10));
                n += 10;
                tail.poll(20);
                shift(2);
                Log.write(log, lines(n, n + 10));
                n += 10;
                tail.poll(20);
            }
            tail.run(30_000);
            tail.assertCounted(0, n);
        }
    }

    @Test
    void a10_filesThatLiveShorterThanAPoll_areNeverDoubled() throws IOException {
        try (Tail tail = Tail.of(dir.resolve("*.log").toString())) {
            for (int r = 0; r < 50; r++) {
                Path file = dir.resolve("short-" + r + ".log");
                Log.write(file, lines(r * 10, r * 10 + 10));
                if (r % 3 == 0) {
                    tail.poll(1);
                }
                Files.delete(file);
                tail.poll(300);
            }
            tail.run(30_000);
            assertThat(tail.store.counts().values()).allMatch(times -> times == 1);
            assertThat(Tail.openBelow(dir)).containsExactly(log.toString());
        }
    }

    @Test
    void a15_rotatedWhileStopped_startsAtTheEndOfThePathWithoutReplay() throws IOException {
        Log.write(log, lines(0, 10));
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(100);
        }
        rename(log, rotated(1));
        Log.write(log, lines(10, 20));
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(100);
            Log.write(log, lines(20, 25));
            tail.run(100);
            tail.assertCounted(20, 25);
        }
    }

    @Test
    void a17_linkPointedToAnotherFile_isFollowedAndTheOldFileDrained() throws IOException {
        Path first = dir.resolve("t1");
        Path second = dir.resolve("t2");
        Path link = dir.resolve("current.log");
        Log.write(first, "");
        Files.createSymbolicLink(link, first);
        try (Tail tail = Tail.of(link.toString());
                Log old = Log.open(first)) {
            old.lines(0, 5);
            tail.run(100);
            Log.write(second, lines(5, 10));
            Files.createSymbolicLink(dir.resolve("tmp"), second);
            rename(dir.resolve("tmp"), link);
            old.lines(10, 15);
            tail.run(1_000);
            Log.write(second, lines(15, 20));
            old.lines(20, 25);
            tail.run(1_000);
            tail.assertCounted(0, 25);
            old.close();
            tail.run(20_000);
            assertThat(Tail.openBelow(dir)).containsExactly(second.toString());
        }
    }

    @Test
    void a17_targetOfALinkRotated_isFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        Path target = elsewhere.resolve("web.log");
        Log.write(target, "");
        Path link = Files.createSymbolicLink(dir.resolve("current.log"), target);
        try (Tail tail = Tail.of(link.toString())) {
            tail.run(200);
            Log.write(target, lines(0, 5));
            rename(target, elsewhere.resolve("web.log.2"));
            Log.write(target, lines(5, 10));
            rename(target, elsewhere.resolve("web.log.1"));
            Log.write(target, lines(10, 15));
            tail.run(1_000);
            tail.assertCounted(0, 15);
        }
    }

    @Test
    void a22_compressedNeighboursAndRotatedFiles_areNotReadAgain() throws IOException {
        Log.write(rotated(1), lines(1_000, 1_100));
        Log.write(dir.resolve("access.log-20261120.gz"), lines(2_000, 2_100));
        try (Tail tail = Tail.of(dir.resolve("*.log*").toString())) {
            Log.write(log, lines(0, 10));
            tail.run(100);
            shift(5);
            Log.write(log, lines(10, 20));
            tail.run(500);
            // A new compressed file, with and without a name that says so.
            Log.write(dir.resolve("access.log.3.gz"), lines(3_000, 3_100));
            try (Log zipped = Log.open(dir.resolve("zipped.log"))) {
                zipped.bytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, '\n', '\n'});
                zipped.lines(4_000, 4_100);
            }
            tail.run(60_000);
            tail.assertCounted(0, 20);
            assertThat(tail.said.with("compressed")).hasSize(2);
            assertThat(tail.said.with("zipped.log")).hasSize(1);
        }
    }

    @Test
    void a23_compressedAndRemovedWhileDrained_isClosed() throws IOException {
        try (Tail tail = Tail.of(dir.resolve("*.log*").toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 10);
            tail.run(100);
            shift(5);
            Log.write(log, lines(10, 20));
            writer.lines(20, 30);
            tail.run(500);
            Files.write(dir.resolve("access.log.1.gz"), new byte[] {0x1f, (byte) 0x8b});
            Files.delete(rotated(1));
            writer.lines(30, 40);
            writer.close();
            tail.run(17_000);
            tail.assertCounted(0, 40);
            assertThat(Tail.openBelow(dir)).containsExactly(log.toString());
        }
    }

    @Test
    void a_rotatedFileWhoseNewNameMatches_givesItsDescriptorBackAndIsWatchedOn() throws IOException {
        try (Tail tail = Tail.of(dir.resolve("access.log*").toString())) {
            Log.write(log, lines(0, 10));
            tail.run(100);
            shift(5);
            Log.write(log, lines(10, 20));
            tail.run(15_000);
            assertThat(Tail.openBelow(dir)).containsExactly(log.toString());
            Log.write(rotated(1), lines(20, 30));
            tail.run(2_000);
            tail.assertCounted(0, 30);
        }
    }

    @Test
    void a_rotatedFileWithNothingToFollowIt_isReadOnForFifteenSeconds() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 10);
            tail.run(100);
            rename(log, dir.resolve("moved"));
            tail.run(14_500);
            writer.lines(10, 20);
            tail.run(14_500);
            writer.lines(20, 30);
            writer.close();
            tail.run(1_000);
            tail.assertCounted(0, 30);
            tail.run(16_000);
            assertThat(Tail.openBelow(dir)).isEmpty();
            assertThat(tail.said.with("closed")).hasSize(1);
        }
    }

    @Test
    void datedNames_areFoundAsNewFiles() throws IOException {
        try (Tail tail = Tail.of(dir.resolve("access-*.log").toString())) {
            Log.write(dir.resolve("access-2026112010.log"), lines(0, 10));
            tail.run(1_000);
            Log.write(dir.resolve("access-2026112011.log"), lines(10, 20));
            tail.run(1_000);
            tail.assertCounted(0, 20);
        }
    }

    @Test
    void oldRotatedFilesAndForeignOnes_areNotTakenForWhatWasThereInBetween() throws IOException {
        Log.write(rotated(1), lines(1_000, 1_010));
        Log.write(rotated(2), lines(2_000, 2_010));
        Log.write(dir.resolve("access.log.offset"), "12345\n");
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(5_000);
            // Unpacked by somebody to look at it.
            Log.write(dir.resolve("access.log.30"), lines(3_000, 3_010));
            tail.run(5_000);
            Log.write(log, lines(0, 10));
            shift(40);
            Log.write(log, lines(10, 20));
            tail.run(60_000);
            tail.assertCounted(0, 20);
        }
    }
}
