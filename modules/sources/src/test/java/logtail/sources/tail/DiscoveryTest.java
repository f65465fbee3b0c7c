package logtail.sources.tail;

import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private final Path dir;
    private final Path log;

    DiscoveryTest(@TempDir Path dir) throws IOException {
        this.dir = dir.toRealPath();
        this.log = this.dir.resolve("access.log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"access.log", "*.log", "later/deeper/*.log", "later/deeper/a.log", "l*r/d*/[a-c].{log,txt}"})
    void a19_whatIsMissingAtStart_isPickedUpFromItsFirstByteAndSaidOnce(String glob) throws IOException {
        try (Tail tail = Tail.of(dir.resolve(glob).toString())) {
            tail.run(30_000);
            Path file = glob.contains("/") ? dir.resolve("later/deeper/a.log") : log;
            Files.createDirectories(file.getParent());
            Log.write(file, lines(0, 10));
            tail.run(glob.contains("/") ? 10_100 : 1_000);
            tail.assertCounted(0, 10);
            assertThat(tail.said.lines()).hasSize(2);
            assertThat(tail.said.with("nothing to follow")).hasSize(1);
            assertThat(tail.said.with("discovered")).hasSize(1);
        }
    }

    @Test
    void a20_newFileThatMatches_isReadFromItsFirstByte() throws IOException {
        Log.write(log, lines(1_000, 1_010));
        try (Tail tail = Tail.of(dir.resolve("*.log").toString())) {
            tail.run(500);
            Log.write(dir.resolve("new.log"), lines(0, 10));
            tail.run(1_000);
            tail.assertCounted(0, 10);
        }
    }

    @Test
    void a20_aNewFileWithTheSameContent_isNoCopy() throws IOException {
        try (Tail tail = Tail.of(dir.resolve("*.log").toString())) {
            Log.write(log, lines(0, 10));
            tail.run(500);
            Log.write(dir.resolve("other.log"), lines(0, 10));
            Log.write(dir.resolve("access-2.log"), lines(0, 5));
            tail.run(1_000);
            assertThat(tail.store.counts()).containsEntry(0, 3).containsEntry(9, 2);
        }
    }

    @Test
    void a_fileReachedByTwoGlobsAndByLinks_countsOnceForTheFirst() throws IOException {
        Log.write(log, "");
        Files.createSymbolicLink(dir.resolve("soft.log"), log);
        Files.createLink(dir.resolve("hard.log"), log);
        String named = log.toString();
        String all = dir.resolve("*.log").toString();
        try (Tail tail = Tail.of(named, all, named)) {
            Log.write(log, lines(0, 10));
            tail.run(1_000);
            tail.assertCounted(0, 10);
            assertThat(tail.sources.file(named).stats().acceptedLines()).isEqualTo(10);
            assertThat(tail.sources.file(all).stats().acceptedLines()).isZero();
            assertThat(tail.sources.files()).hasSize(2);
            // The first name goes: the others still lead there.
            Files.delete(log);
            Log.write(dir.resolve("hard.log"), lines(10, 20));
            tail.run(30_000);
            tail.assertCounted(0, 20);
        }
    }

    @Test
    void pipesSocketsAndDirectories_areSkippedAndSaidOnce() throws Exception {
        Log.write(log, "");
        Files.createDirectory(dir.resolve("directory.log"));
        assertThat(new ProcessBuilder("mkfifo", dir.resolve("pipe.log").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Tail tail = Tail.of(dir.resolve("*.log").toString(), "/dev/null")) {
            socket.bind(UnixDomainSocketAddress.of(dir.resolve("socket.log")));
            tail.run(25_000);
            Log.write(log, lines(0, 10));
            tail.run(500);
            tail.assertCounted(0, 10);
            assertThat(tail.said.with("not followed")).hasSize(4);
            assertThat(tail.said.with("directory.log", "is a directory")).hasSize(1);
            assertThat(tail.said.with("pipe.log", "is a pipe")).hasSize(1);
            // A file takes the place of the directory.
            Files.delete(dir.resolve("directory.log"));
            Log.write(dir.resolve("directory.log"), lines(10, 20));
            tail.run(2_000);
            tail.assertCounted(0, 20);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 512})
    void a32_thousandsOfFiles_areFollowedWithBoundedDescriptors(int openFiles) throws IOException {
        int files = 2_000;
        TailOptions options = new TailOptions(20, 10_000, 10_000, 60_000, 1 << 16, openFiles, null);
        try (Tail tail = Tail.of(options, dir.resolve("*.log").toString())) {
            int n = 0;
            for (int f = 0; f < files; f++) {
                Log.write(dir.resolve("vhost" + f + ".log"), lines(n, n + 10));
                n += 10;
            }
            tail.run(5_000);
            tail.assertCounted(0, n);
            for (int f = 0; f < files; f++) {
                Log.write(dir.resolve("vhost" + f + ".log"), lines(n, n + 10));
                n += 10;
            }
            tail.run(5_000);
            tail.assertCounted(0, n);
            assertThat(n).isEqualTo(40_000);
            assertThat(Tail.openBelow(dir)).hasSizeLessThanOrEqualTo(openFiles);
            assertThat(tail.said.with("limits.openFiles")).hasSize(1);
            assertThat(tail.said.with("discovered")).hasSizeLessThan(30);
            assertThat(tail.batchBytes)
                    .as("lines of several files share a batch")
                    .hasSizeLessThan(1_000);
        }
    }

    @Test
    void a32_parkedFilesThatAreRotatedAndWrittenMeanwhile_areFoundByTheirInode() throws IOException {
        TailOptions options = new TailOptions(20, 10_000, 10_000, 60_000, 1 << 16, 4, null);
        int files = 40;
        for (int f = 0; f < files; f++) {
            Log.write(dir.resolve("vhost" + f + ".log"), "");
        }
        try (Tail tail = Tail.of(options, dir.resolve("*.log").toString())) {
            int n = 0;
            for (int r = 0; r < 3; r++) {
                for (int f = 0; f < files; f++) {
                    Path file = dir.resolve("vhost" + f + ".log");
                    Log.write(file, lines(n, n + 3));
                    Files.move(file, dir.resolve("vhost" + f + ".log." + r));
                    Log.write(file, lines(n + 3, n + 5));
                    n += 5;
                }
                tail.run(3_000);
                tail.assertCounted(0, n);
            }
            tail.run(30_000);
            tail.assertCounted(0, n);
            assertThat(Tail.openBelow(dir)).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void a34_unreadableFile_isSaidOnceCountedAndPickedUpLater() throws IOException {
        assumeFalse("root".equals(System.getProperty("user.name")), "root reads everything");
        Log.write(log, lines(1_000, 1_010));
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(10_000);
            assertThat(tail.said.with("cannot read", "permission denied")).hasSize(1);
            assertThat(tail.sources.files().get(0).unreadable()).isEqualTo(1);
            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
            Log.write(log, lines(0, 10));
            tail.run(1_000);
            tail.assertCounted(0, 10);
            assertThat(tail.sources.files().get(0).unreadable()).isZero();
            assertThat(tail.said.lines()).hasSize(3);
        }
    }

    @Test
    void malformedGlob_isRefusedByName() {
        assertThatThrownBy(() -> Tail.of("/var/log/[x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/var/log/[x");
    }
}
