package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Jar;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.LogtailProcess;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to log files, by case number: the cases that need a collector of their own. */
@NeedsJar
class TailProcessTest {
    private static final String WEBSITE = "own.test";

    private final Path folder;

    TailProcessTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path log() {
        return folder.resolve("access.log");
    }

    /** D26: no replay after a restart, neither of the file that was turned over meanwhile nor of its successor. */
    @Test
    void a15_rotationWhileStoppedReplaysNothing() {
        try (LogWriter writer = new LogWriter(log(), new Numbered("before.test"))) {
            try (Collector collector = Collector.start("--logs", folder + "/*.log")) {
                writer.lines(5);
                collector.awaitAccepted("before.test", 5);
            }
            writer.lines(5).rename("access.log.1").reopen().lines(5);
        }
        Numbered numbered = new Numbered(WEBSITE);
        try (Collector collector = Collector.start("--logs", folder + "/*.log");
                LogWriter writer = new LogWriter(log(), numbered)) {
            writer.lines(7);
            collector.awaitExactly(numbered);
            assertThat(collector.accepted("before.test")).isZero();
        }
    }

    @Test
    void a32_twoThousandFilesAreCountedOrTheLimitIsNamed() throws IOException {
        Tools.require("bash");
        int files = 2_000;
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Numbered numbered = new Numbered(WEBSITE, 1_000);
        try (Collector collector = Collector.of(Collector.launch("--logs", logs + "/*.log")
                .under("bash", "-c", "ulimit -n 1024; exec \"$0\" \"$@\"")
                .start())) {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < files; i++) {
                    try (LogWriter writer = new LogWriter(logs.resolve(i + ".log"), numbered)) {
                        writer.lines(10);
                    }
                }
            }
            boolean all = Await.until(
                    "all lines, or a word about the limit",
                    () -> collector.accepted(WEBSITE) == numbered.total()
                            || collector.process().stdout().stream().anyMatch(TailProcessTest::namesTheLimit),
                    Boolean.TRUE::equals);
            assertThat(all).isTrue();
            assertThat(collector.process().openFiles()).hasSizeLessThan(1024);
            assertThat(collector.process().lineCount()).isLessThan(3L * files + 100);
            // Whatever it made of the many, it goes on with the ones it has; they show once their bucket is complete.
            collector.awaitAccepted(WEBSITE, 1);
            assertThat(collector.accepted(WEBSITE)).isLessThanOrEqualTo(numbered.total());
            assertThat(collector.topn("--window", "1m").entries()).isNotNull();
        }
    }

    private static boolean namesTheLimit(String line) {
        return line.toLowerCase(java.util.Locale.ROOT).contains("open files")
                || line.toLowerCase(java.util.Locale.ROOT).contains("limit");
    }

    @Test
    void a34_unreadableFileIsSaidOnceAndReadWhenItBecomesReadable() throws IOException {
        Tools.require("setpriv", "id");
        String user = Tools.run(List.of("id", "-u")).stdout().trim();
        // A folder that nobody may enter: /tmp, not the build's.
        Path open = Files.createTempDirectory("logtail-a34");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jar = Files.copy(Jar.path(), open.resolve("logtail.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        Path log = Files.createFile(open.resolve("access.log"));
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("---------"));
        List<String> asNobody = user.equals("0")
                ? List.of(Tools.path("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups")
                : List.of();
        Numbered numbered = new Numbered(WEBSITE);
        try (Collector collector = Collector.of(Collector.launch("--logs", log.toString())
                .under(asNobody.toArray(String[]::new))
                .jar(jar)
                .in(open)
                .start())) {
            Await.holds(
                    "one line about it, not one per poll",
                    Duration.ofSeconds(3),
                    () -> about(collector.process(), log) <= 1);
            assertThat(about(collector.process(), log)).isEqualTo(1);

            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));
            collector
                    .process()
                    .awaitLine(
                            "that it reads the file now",
                            line -> line.contains(log.toString()) && !line.contains("ermission"));
            try (LogWriter writer = new LogWriter(log, numbered)) {
                writer.lines(5);
                collector.awaitExactly(numbered);
            }
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(jar);
            Files.deleteIfExists(open);
        }
    }

    private static long about(LogtailProcess process, Path file) {
        return process.stdout().stream()
                .filter(line -> line.contains(file.toString()))
                .count();
    }

    @Test
    void a36_positionsBeyondTwoAndFourGibibytesAreExact() throws IOException {
        Path two = sparse("two.log", (1L << 31) - 150);
        Path four = sparse("four.log", (1L << 32) - 150);
        Path five = sparse("five.log", 5L << 30);
        Numbered numbered = new Numbered(WEBSITE);
        try (Collector collector = Collector.start("--logs", folder + "/*.log")) {
            for (Path file : List.of(two, four, five)) {
                try (LogWriter writer = new LogWriter(file, numbered)) {
                    writer.lines(10);
                    collector.awaitAccepted(WEBSITE, numbered.total());
                    writer.lines(10);
                    collector.awaitAccepted(WEBSITE, numbered.total());
                }
            }
            collector.awaitExactly(numbered);
            assertThat(collector.rejected("file:" + folder + "/*.log")).isZero();
        }
    }

    private Path sparse(String name, long sizeBytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(sizeBytes);
            sparse.seek(sizeBytes - 1);
            sparse.write('\n');
        }
        return file;
    }

    @Test
    void a38_tenThousandLinesASecondThroughFiveRotations() {
        steadyLoad(6, 1);
    }

    @Test
    @Tag("soak")
    void a38_tenThousandLinesASecondForAMinute() {
        steadyLoad(60, 10);
    }

    private void steadyLoad(int seconds, int rotateEvery) {
        Numbered numbered = new Numbered(WEBSITE, 1_000);
        // Buckets long enough that the whole run lies in the longest window.
        try (Collector collector = Collector.start("--logs", folder + "/*.log", "--rings-fine-bucket", "2s");
                LogWriter writer = new LogWriter(log(), numbered)) {
            long start = System.nanoTime();
            for (int slice = 1; slice <= seconds * 100; slice++) {
                writer.lines(100);
                if (slice % (rotateEvery * 100) == 0 && slice < seconds * 100) {
                    writer.rename("access.log." + slice).reopen();
                }
                LockSupport.parkNanos(start + slice * 10_000_000L - System.nanoTime());
            }
            collector.awaitExactly(numbered);
        }
    }

    @Test
    void a41_terminatedDuringSteadyWritesEndsWithinFiveSeconds() {
        AtomicBoolean writing = new AtomicBoolean(true);
        Numbered numbered = new Numbered(WEBSITE, 1_000);
        try (Collector collector = Collector.start("--logs", folder + "/*.log");
                LogWriter writer = new LogWriter(log(), numbered)) {
            CompletableFuture<Void> writes = CompletableFuture.runAsync(() -> {
                while (writing.get()) {
                    writer.lines(10);
                    LockSupport.parkNanos(1_000_000);
                }
            });
            collector.awaitAccepted(WEBSITE, 2_000);
            long start = System.nanoTime();
            collector.process().terminate();
            int exitCode = collector.process().awaitExit(Duration.ofSeconds(20)).exitCode();
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            writing.set(false);
            writes.join();
            assertThat(exitCode).isZero();
            assertThat(tookMs).isLessThan(5_000);
        }
    }

    /** What {@code tail.state} promises (D24): what was written while nobody read is read after the start, once. */
    @Test
    void keptPositionsBridgeARestart() throws IOException {
        Path state = Files.createDirectory(folder.resolve("state"));
        String[] arguments = {"--logs", folder + "/*.log", "--tail-state", state.toString()};
        Numbered numbered = new Numbered(WEBSITE);
        try (LogWriter writer = new LogWriter(log(), numbered)) {
            try (Collector collector = Collector.start(arguments)) {
                Numbered first = new Numbered("first.test");
                writer.raw(first.next(10));
                collector.awaitExactly(first);
                collector.process().terminate();
                assertThat(collector.process().awaitExit(Duration.ofSeconds(20)).exitCode())
                        .isZero();
            }
            writer.lines(10);
            try (Collector collector = Collector.start(arguments)) {
                collector.awaitAccepted(WEBSITE, 10);
                writer.lines(10);
                collector.awaitExactly(numbered);
                assertThat(collector.accepted("first.test")).isZero();
            }
        }
    }
}
