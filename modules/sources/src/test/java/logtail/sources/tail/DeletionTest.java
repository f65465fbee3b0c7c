package logtail.sources.tail;

import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionTest {
    private final Path dir;
    private final Path log;

    DeletionTest(@TempDir Path dir) throws IOException {
        this.dir = dir.toRealPath();
        this.log = this.dir.resolve("access.log");
        Log.write(log, "");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 20, 3_000, 70_000})
    void a11_deletedAndCreatedAgain_countsTheNewContentFromItsFirstByte(long waitMs) throws IOException {
        for (String glob : new String[] {"access.log", "*.log"}) {
            Files.deleteIfExists(log);
            Log.write(log, "");
            try (Tail tail = Tail.of(dir.resolve(glob).toString())) {
                Log.write(log, lines(0, 10));
                tail.run(500);
                Files.delete(log);
                tail.run(waitMs);
                Log.write(log, lines(10, 15));
                tail.run(2_000);
                tail.assertCounted(0, 15);
            }
        }
    }

    @Test
    void a11_newContentOnTheSameInode_isFoundByItsFirstBytes() throws IOException {
        // Parked files give their inode free: a limit of one descriptor parks all but the last.
        TailOptions one = new TailOptions(20, 10_000, 10_000, 60_000, 1 << 16, 1, null);
        Path other = dir.resolve("other.log");
        Log.write(other, "");
        try (Tail tail = Tail.of(one, log.toString(), other.toString())) {
            int n = 0;
            for (int r = 0; r < 30; r++) {
                Log.write(log, lines(n, n + 10));
                n += 10;
                tail.run(40);
                Log.write(other, lines(n, n + 1));
                n += 1;
                tail.run(40);
                Files.delete(log);
                Log.write(log, lines(n, n + 5 + r));
                n += 5 + r;
                tail.run(40);
            }
            tail.run(20_000);
            tail.assertCounted(0, n);
        }
    }

    @Test
    void a14_deletedFile_isClosedWithinTwentySeconds() throws IOException {
        try (Tail tail = Tail.of(dir.resolve("*").toString())) {
            Log.write(log, lines(0, 10));
            tail.run(500);
            Files.delete(log);
            tail.run(14_000);
            assertThat(Tail.openBelow(dir)).hasSize(1);
            tail.run(2_000);
            assertThat(Tail.openBelow(dir)).isEmpty();
            tail.assertCounted(0, 10);
            assertThat(tail.sources.files().get(0).files()).isZero();
        }
    }

    @Test
    void a14_aDeletedFileThatIsStillWritten_isReadOn() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            tail.run(500);
            Files.delete(log);
            for (int n = 0; n < 20; n++) {
                writer.lines(n, n + 1);
                tail.run(9_000);
            }
            writer.close();
            tail.run(16_000);
            tail.assertCounted(0, 20);
            assertThat(Tail.openBelow(dir)).isEmpty();
        }
    }

    @Test
    void a_deletedFileWithUnreadLines_isReadToItsEnd() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(500);
            Log.write(log, lines(0, 20_000));
            Files.delete(log);
            tail.run(20_000);
            tail.assertCounted(0, 20_000);
        }
    }

    @Test
    void a_lastLineWithoutLf_isCountedWhenTheFileIsClosed() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            String text = lines(0, 5);
            Log.write(log, text.substring(0, text.length() - 1));
            tail.run(500);
            Files.delete(log);
            tail.run(14_000);
            tail.assertCounted(0, 4);
            tail.run(2_000);
            tail.assertCounted(0, 5);
        }
    }

    @Test
    void a_lastLineWithoutLfThatWasThereBefore_isNotCountedWhenTheFileIsClosed() throws IOException {
        String text = lines(0, 5);
        Log.write(log, text.substring(0, text.length() - 1));
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(500);
            Files.delete(log);
            tail.run(20_000);
            tail.assertCounted(0, 0);
        }
    }
}
