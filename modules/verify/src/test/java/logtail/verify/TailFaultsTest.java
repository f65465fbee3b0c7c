package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.Logrotate;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What happens to log files, by its case number. One collector tails a folder per case; each case writes lines of a
 * website of its own, so the cases run at the same time. Nothing may be counted after a case has ended, either.
 */
@NeedsJar
@Execution(ExecutionMode.CONCURRENT)
class TailFaultsTest {
    /** Each with the pattern that the collector is given for its folder. */
    private static final Map<String, String> CASES = Stream.of(
                    "a01", "a02", "a04", "a07", "a08", "a10", "a11", "a14", "a20", "a23", "a24", "a26", "a28", "a30",
                    "a40")
            .collect(Collectors.toMap(name -> name, name -> "*.log"));

    private static final Queue<Numbered> WRITTEN = new ConcurrentLinkedQueue<>();

    private static Path folder;

    private static Collector collector;

    @BeforeAll
    static void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        List<String> globs = new ArrayList<>();
        for (Map.Entry<String, String> one : CASES.entrySet()) {
            Files.createDirectory(folder.resolve(one.getKey()));
            globs.add(glob(one.getKey()));
        }
        Files.createDirectory(folder.resolve("a17"));
        globs.add(folder + "/a17/current.log");
        globs.add(folder + "/a19/late.log");
        Files.createDirectory(folder.resolve("a22"));
        globs.add(folder + "/a22/*.log*");
        collector = Collector.start("--logs", String.join(",", globs));
    }

    @AfterAll
    static void nothingWasCountedLater() {
        try (Collector ending = collector) {
            for (Numbered numbered : WRITTEN) {
                assertThat(ending.accepted(numbered.website()))
                        .as("requests of %s at the end", numbered.website())
                        .isEqualTo(numbered.total());
            }
            assertThat(ending.process().isAlive()).isTrue();
        }
    }

    private static String glob(String name) {
        return folder + "/" + name + "/" + CASES.get(name);
    }

    /** A log that appears in the folder of a case, with lines of its own website. */
    private static Path log(String name) {
        return folder.resolve(name).resolve("access.log");
    }

    private static Numbered counted(String website, int perPath) {
        Numbered numbered = new Numbered(website, perPath);
        WRITTEN.add(numbered);
        return numbered;
    }

    private static Numbered counted(String website) {
        return counted(website, 1);
    }

    @Test
    void a01_renamedLogIsFollowedByItsSuccessor() {
        Numbered numbered = counted("a01.test");
        try (LogWriter writer = new LogWriter(log("a01"), numbered)) {
            writer.lines(3);
            collector.awaitAccepted("a01.test", 3);
            writer.rename("access.log.1").reopen().lines(3);
            collector.awaitExactly(numbered);
        }
        collector
                .process()
                .awaitLine(
                        "a line that says the log was reopened",
                        line -> line.contains("reopen")
                                && line.contains(log("a01").toString()));
    }

    @Test
    void a02_lateLinesOfTheRenamedLogAreCounted() {
        Numbered numbered = counted("a02.test");
        try (LogWriter writer = new LogWriter(log("a02"), numbered)) {
            writer.lines(3);
            collector.awaitAccepted("a02.test", 3);
            writer.rename("access.log.1");
            for (int late = 1; late <= 2; late++) {
                Await.holds(
                        "nothing counted before it is written",
                        Duration.ofMillis(1500),
                        () -> collector.accepted("a02.test") <= numbered.total());
                writer.lines(1);
            }
            writer.reopen().lines(3);
            collector.awaitExactly(numbered);
        }
    }

    /** Also when the successor exists already: the workers of nginx do not all open it at the same time. */
    @Test
    void a02_lateLinesAreCountedAlthoughTheSuccessorHasLines() {
        Path second = folder.resolve("a02/second.log");
        Numbered numbered = counted("a02b.test");
        try (LogWriter slow = new LogWriter(second, numbered)) {
            slow.lines(3);
            collector.awaitAccepted("a02b.test", 3);
            slow.rename("second.log.1");
            try (LogWriter quick = new LogWriter(second, numbered)) {
                quick.lines(3);
                collector.awaitAccepted("a02b.test", 6);
                slow.lines(2);
                quick.lines(1);
                collector.awaitExactly(numbered);
            }
        }
    }

    @Test
    void a04_copiedAndTruncatedLogIsReadOnce() throws IOException {
        Numbered numbered = counted("a04.test");
        Path log = log("a04");
        try (LogWriter writer = new LogWriter(log, numbered)) {
            writer.lines(100);
            collector.awaitAccepted("a04.test", 100);
            Files.copy(log, log.resolveSibling("access.log.1"));
            writer.truncate(0);
            writer.lines(40);
            collector.awaitExactly(numbered);
        }
        assertThat(collector.rejected("file:" + glob("a04"))).isZero();
    }

    @Test
    void a07_truncationToHalfLosesNoNewLine() {
        Numbered before = new Numbered("a07.test");
        Numbered after = new Numbered("a07-after.test");
        WRITTEN.add(after);
        Path log = log("a07");
        try (LogWriter writer = new LogWriter(log, before)) {
            writer.lines(100);
            collector.awaitAccepted("a07.test", 100);
            writer.truncate(50L * before.lineBytes());
            // A file that grows past its old end between two polls looks as if it had never shrunk.
            Await.holds("alive for some polls", Duration.ofMillis(500), () -> collector
                    .process()
                    .isAlive());
            writer.raw(after.next(50));
            collector.awaitExactly(after);
        }
        // What was kept may be read again, as a whole or not at all.
        assertThat(collector.accepted("a07.test")).isIn(100L, 150L);
    }

    @Test
    void a08_tenRotationsInARowLoseAndDoubleNothing() {
        Numbered numbered = counted("a08.test", 100);
        try (LogWriter writer = new LogWriter(log("a08"), numbered)) {
            for (int rotation = 0; rotation < 10; rotation++) {
                for (int block = 0; block < 10; block++) {
                    writer.lines(1000);
                }
                writer.rename("access.log." + rotation).reopen();
            }
            collector.awaitExactly(numbered);
        }
    }

    @Test
    void a10_fileThatLivesShorterThanAPollIsNeverDoubled() {
        Numbered brief = new Numbered("a10.test");
        for (int i = 0; i < 50; i++) {
            try (LogWriter writer = new LogWriter(log("a10"), brief)) {
                writer.lines(1).delete();
            }
        }
        Numbered numbered = counted("a10-after.test");
        try (LogWriter writer = new LogWriter(log("a10"), numbered)) {
            writer.lines(5);
            collector.awaitExactly(numbered);
        }
        assertThat(collector.accepted("a10.test")).isLessThanOrEqualTo(brief.total());
        Map<String, Long> counts = collector
                .topn("--website", "a10.test", "--group-by", "uri", "-n", "1000", "--window", "60m")
                .counts();
        assertThat(counts.values()).allMatch(count -> count == 1);
    }

    @Test
    void a11_deletedAndCreatedAgainIsReadFromItsFirstByte() {
        Numbered numbered = counted("a11.test");
        try (LogWriter writer = new LogWriter(log("a11"), numbered)) {
            writer.lines(5);
            collector.awaitAccepted("a11.test", 5);
            writer.delete();
            Await.holds(
                    "nothing counted while it is gone",
                    Duration.ofSeconds(3),
                    () -> collector.accepted("a11.test") == 5);
            writer.reopen().lines(7);
            collector.awaitExactly(numbered);
        }
    }

    @Test
    void a14_deletedFileIsClosedWithinTwentySeconds() {
        Numbered numbered = counted("a14.test");
        Path log = log("a14");
        try (LogWriter writer = new LogWriter(log, numbered)) {
            writer.lines(5);
            collector.awaitAccepted("a14.test", 5);
            assertThat(isOpen(log)).isTrue();
            writer.delete();
        }
        Await.until("its descriptor to be closed", Duration.ofSeconds(20), () -> isOpen(log), open -> !open);
        collector.awaitExactly(numbered);
    }

    private static boolean isOpen(Path file) {
        return collector.process().openFiles().stream().anyMatch(open -> open.startsWith(file.toString()));
    }

    @Test
    void a17_repointedLinkIsFollowedAndItsOldTargetDrained() throws IOException {
        Path home = folder.resolve("a17");
        Path link = home.resolve("current.log");
        Numbered numbered = counted("a17.test");
        try (LogWriter first = new LogWriter(home.resolve("t1"), numbered);
                LogWriter second = new LogWriter(home.resolve("t2"), numbered)) {
            Files.createSymbolicLink(link, home.resolve("t1"));
            first.lines(10);
            collector.awaitAccepted("a17.test", 10);
            second.lines(5);
            Path next = Files.createSymbolicLink(home.resolve("next"), home.resolve("t2"));
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
            first.lines(5);
            second.lines(10);
            collector.awaitExactly(numbered);
        }
    }

    @Test
    void a19_missingFileIsSaidOnceAndReadWhenItAppears() throws IOException {
        Path late = folder.resolve("a19/late.log");
        Await.holds(
                "still alive", Duration.ofSeconds(3), () -> collector.process().isAlive());
        assertThat(saying(late)).hasSizeLessThanOrEqualTo(1);

        Files.createDirectory(late.getParent());
        Numbered numbered = counted("a19.test");
        try (LogWriter writer = new LogWriter(late, numbered)) {
            writer.lines(4);
            collector.awaitExactly(numbered);
        }
    }

    private static List<String> saying(Path file) {
        return Stream.concat(collector.process().stdout().stream(), collector.process().stderr().stream())
                .filter(line -> line.contains(file.toString()))
                .toList();
    }

    @Test
    void a20_newFileOfTheGlobIsReadFromItsFirstByte() {
        Numbered numbered = counted("a20.test");
        for (int i = 0; i < 5; i++) {
            try (LogWriter writer = new LogWriter(folder.resolve("a20/new" + i + ".log"), numbered)) {
                writer.lines(10);
            }
        }
        collector.awaitExactly(numbered);
    }

    @Test
    void a22_compressedAndRotatedNeighboursAreNoNewLines() throws IOException {
        Path log = folder.resolve("a22/access.log");
        Numbered numbered = counted("a22.test");
        try (LogWriter writer = new LogWriter(log, numbered)) {
            writer.lines(200);
            collector.awaitAccepted("a22.test", 200);
            Files.write(folder.resolve("a22/access.log-20261120.gz"), gzip(Files.readAllBytes(log)));
            writer.rename("access.log.1").reopen().lines(20);
            collector.awaitExactly(numbered);
            Await.holds(
                    "neighbours read as lines never",
                    Duration.ofSeconds(2),
                    () -> collector.accepted("a22.test") == 220);
        }
        assertThat(collector.rejected("file:" + folder + "/a22/*.log*")).isZero();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void a23_logThatIsCompressedWhileItIsDrainedIsReadAndClosed() {
        Path log = log("a23");
        Logrotate logrotate = new Logrotate(folder.resolve("a23"), log, "  create\n  compress");
        Numbered numbered = counted("a23.test", 100);
        try (LogWriter writer = new LogWriter(log, numbered)) {
            writer.lines(1000);
            // Compressing removes the only name: a file that nobody has seen by then is lost to everyone.
            collector.awaitAccepted("a23.test", 1000);
            for (int i = 0; i < 19; i++) {
                writer.lines(1000);
            }
            logrotate.force();
            writer.lines(100); // nobody told the writer: these go to the file that gzip has removed
            writer.reopen().lines(1000);
            collector.awaitExactly(numbered);
        }
        assertThat(log.resolveSibling("access.log.1.gz")).exists();
        Await.until(
                "the removed file to be closed", Duration.ofSeconds(25), TailFaultsTest::removedInA23, List::isEmpty);
    }

    private static List<String> removedInA23() {
        return collector.process().openFiles().stream()
                .filter(open -> open.startsWith(folder + "/a23/") && open.endsWith("(deleted)"))
                .toList();
    }

    @Test
    void a24_lineWrittenInTwoPartsIsOneLine() {
        Numbered numbered = counted("a24.test");
        String line = numbered.next(1);
        try (LogWriter writer = new LogWriter(log("a24"), numbered)) {
            writer.raw(line.substring(0, 30));
            Await.holds(
                    "half a line counts as nothing", Duration.ofSeconds(5), () -> collector.accepted("a24.test") == 0);
            writer.raw(line.substring(30));
            collector.awaitExactly(numbered);
        }
        assertThat(collector.rejected("file:" + glob("a24"))).isZero();
    }

    @Test
    void a26_endlessLinesCostNoMemoryAndNoNeighbour() {
        Numbered numbered = counted("a26.test");
        String mebibyte = "x".repeat(1 << 20);
        int endless = 64;
        try (LogWriter writer = new LogWriter(log("a26"), numbered)) {
            writer.lines(1);
            collector.awaitAccepted("a26.test", 1);
            long before = collector.process().residentBytes();
            for (int i = 0; i < endless; i++) {
                writer.raw(mebibyte + "\n").lines(1);
            }
            collector.awaitExactly(numbered);
            assertThat(collector.process().residentBytes() - before).isLessThan(200L << 20);
        }
        assertThat(collector
                        .metrics()
                        .count("logtail_parse_errors_total", "input", "file:" + glob("a26"), "reason", "too_long"))
                .isEqualTo(endless);
    }

    @Test
    void a28_carriageReturnsBelongToTheLineEnd() {
        Numbered numbered = counted("a28.test");
        try (LogWriter writer = new LogWriter(log("a28"), numbered)) {
            writer.raw(numbered.next(10).replace("\n", "\r\n"));
            collector.awaitExactly(numbered);
        }
        assertThat(collector.rejected("file:" + glob("a28"))).isZero();
    }

    @Test
    void a30_bytesThatAreNoTextStopNothing() {
        Numbered numbered = counted("a30-good.test");
        byte[] odd = (Numbered.v2("a30.test", "/nul\u0000") + "\n" + Numbered.v2("a30.test", "/\u00ff") + "\n"
                        + Numbered.v2("a30.test", "/\u00f1") + "\n" + "\u0000".repeat(5000) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        try (LogWriter writer = new LogWriter(log("a30"), numbered)) {
            writer.lines(1).raw(odd).lines(1).raw(odd).lines(3);
            collector.awaitExactly(numbered);
        }
        assertThat(collector.accepted("a30.test")).isEqualTo(6);
        assertThat(collector.rejected("file:" + glob("a30"))).isEqualTo(2);
        assertThat(collector
                        .topn("--website", "a30.test", "--group-by", "uri", "--window", "60m")
                        .counts())
                .containsOnly(Map.entry("/nul\ufffd", 2L), Map.entry("/\ufffd", 4L));
    }

    /** A limit on the file's size stands for the full disk: the writer gets the same short write. */
    @Test
    void a40_shortWriteOfAFullDiskCostsAtMostOneLine() throws IOException {
        Tools.require("bash");
        Numbered numbered = new Numbered("a40.test");
        Path log = log("a40");
        Path text = folder.resolve("a40/lines.txt");
        Files.writeString(text, numbered.next(30));
        Tools.Result full = Tools.run(List.of(
                "bash",
                "-c",
                "trap '' XFSZ; ulimit -f 2; exec dd bs=8k if=\"$0\" >> \"$1\"",
                text.toString(),
                log + ""));
        assertThat(full.exitCode()).as("the disk is full: " + full.stderr()).isNotZero();
        long whole = size(log) / numbered.lineBytes();
        assertThat(size(log) % numbered.lineBytes()).as("a torn line").isNotZero();
        collector.awaitAccepted("a40.test", whole);

        Numbered after = new Numbered("a40-after.test");
        try (LogWriter writer = new LogWriter(log, after)) {
            writer.lines(10);
        }
        Await.until(
                "every line to be judged",
                () -> collector.accepted("a40.test")
                        + collector.accepted("a40-after.test")
                        + collector.rejected("file:" + glob("a40")),
                judged -> judged == whole + 10);
        assertThat(collector.accepted("a40-after.test")).isGreaterThanOrEqualTo(9);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
