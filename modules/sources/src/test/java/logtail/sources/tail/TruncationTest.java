package logtail.sources.tail;

import static logtail.sources.NumberedLines.line;
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

class TruncationTest {
    private final Path dir;
    private final Path log;

    TruncationTest(@TempDir Path dir) throws IOException {
        this.dir = dir.toRealPath();
        this.log = this.dir.resolve("access.log");
        Log.write(log, "");
    }

    private void copy(String name) throws IOException {
        Files.copy(log, dir.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"access.log", "access.log*", "*"})
    void a04_copiedAndTruncated_countsEachLineOnce(String glob) throws IOException {
        try (Tail tail = Tail.of(dir.resolve(glob).toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 20);
            tail.run(500);
            copy("access.log.1");
            tail.run(500);
            writer.truncate(0);
            writer.lines(20, 25);
            tail.run(15_000);
            copy("access.log.1");
            writer.truncate(0);
            tail.run(500);
            writer.lines(25, 30);
            tail.run(15_000);
            tail.assertCounted(0, 30);
            assertThat(tail.said.with("truncated")).hasSize(2);
        }
    }

    @Test
    void a04_aCopyStillBeingWritten_isNotReadEither() throws IOException {
        try (Tail tail = Tail.of(dir.resolve("*").toString())) {
            Log.write(log, lines(0, 1_000));
            tail.run(500);
            Path copy = dir.resolve("access.log-20261120");
            Log.write(copy, "");
            tail.run(2_000);
            Log.write(copy, lines(0, 3));
            tail.run(2_000);
            Log.write(copy, lines(3, 1_000));
            tail.run(2_000);
            tail.assertCounted(0, 1_000);
        }
    }

    @Test
    void a04_aWriterThatDoesNotAppend_goesOnBehindAHoleThatIsNoLine() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.openStale(log);
                Log truncating = Log.open(log)) {
            writer.lines(0, 200);
            tail.run(500);
            // The truncation is seen, then the writer goes on where it was.
            truncating.truncate(0);
            tail.run(500);
            writer.lines(200, 210);
            tail.run(500);
            // Both within one poll: the file looks as if it had only grown.
            truncating.truncate(0);
            writer.lines(210, 220);
            tail.run(500);
            writer.lines(220, 230);
            tail.run(500);
            tail.assertCounted(0, 230);
        }
    }

    @Test
    void a07_cutInTheMiddle_countsWhatComesNext() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 100);
            tail.run(500);
            writer.truncate(Files.size(log) / 2 / line(10).length() * line(10).length() + 7);
            tail.run(500);
            writer.text("\n");
            writer.lines(100, 110);
            tail.run(500);
            assertThat(tail.store.missing(0, 110)).isEmpty();
            assertThat(tail.store.counts().values()).allMatch(times -> times <= 2);
            assertThat(tail.store.counts()).containsEntry(105, 1);
        }
    }

    @Test
    void a_truncatedAndGrownPastTheOldPositionBetweenTwoPolls_isReadFromItsFirstByte() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 10);
            tail.run(500);
            writer.truncate(0);
            writer.lines(10, 100);
            tail.run(500);
            tail.assertCounted(0, 100);
        }
    }

    @Test
    void a_truncatedWithAPartialLineInIt_dropsOnlyThat() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 10);
            writer.text(line(10).substring(0, 40));
            tail.run(500);
            writer.truncate(0);
            tail.run(20);
            writer.lines(10, 20);
            tail.run(500);
            tail.assertCounted(0, 20);
        }
    }

    @Test
    void a_partialLineTakenBack_isReadAsWhatReplacedIt() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 10);
            long whole = Files.size(log);
            writer.text(line(99).substring(0, 60));
            tail.run(500);
            writer.truncate(whole);
            tail.run(500);
            writer.text(line(10).substring(0, 30));
            tail.run(500);
            writer.text(line(10).substring(30) + "\n");
            tail.run(500);
            tail.assertCounted(0, 11);
        }
    }

    @Test
    void repeatedLinesAfterATruncation_areNewLines() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.text((line(1) + "\n").repeat(5));
            tail.run(500);
            writer.truncate(0);
            writer.text((line(1) + "\n").repeat(3));
            tail.run(500);
            assertThat(tail.store.counts()).containsEntry(1, 8);
        }
    }
}
