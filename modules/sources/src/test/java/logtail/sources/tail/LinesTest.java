package logtail.sources.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static logtail.sources.NumberedLines.line;
import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import logtail.core.line.InputStats;
import logtail.core.line.RejectReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {
    private final Path log;

    LinesTest(@TempDir Path dir) throws IOException {
        this.log = dir.toRealPath().resolve("access.log");
        Log.write(log, "");
    }

    private static InputStats stats(Tail tail) {
        return tail.sources.files().get(0).stats();
    }

    @Test
    void a24_aLineWrittenInPieces_isOneLine() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            String text = lines(0, 3);
            for (int i = 0; i < text.length(); i++) {
                writer.text(text.substring(i, i + 1));
                tail.poll(20);
            }
            writer.text(line(3).substring(0, 50));
            tail.run(5_000);
            writer.text(line(3).substring(50) + "\n");
            tail.run(100);
            tail.assertCounted(0, 4);
            assertThat(tail.sources.files().get(0).lagBytes()).isZero();
        }
    }

    @Test
    void a26_anEndlessLine_isCountedOnceAndTheNextOneIsGood() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 3);
            byte[] endless = new byte[1 << 20];
            Arrays.fill(endless, (byte) 'x');
            for (int i = 0; i < 20; i++) {
                writer.bytes(endless);
                tail.poll(20);
            }
            assertThat(stats(tail).rejected(RejectReason.TOO_LONG)).isEqualTo(1);
            writer.text("\n");
            writer.lines(3, 6);
            tail.run(100);
            assertThat(tail.store.wrong(0, 6)).isEmpty();
            assertThat(stats(tail).rejected(RejectReason.TOO_LONG)).isEqualTo(1);
            assertThat(tail.rejected()).isEqualTo(1);
        }
    }

    @Test
    void a26_linesAroundTheLimit_areJudgedAlikeWhereverTheyStand() throws IOException {
        TailOptions options = new TailOptions(20, 10_000, 10_000, 60_000, 1 << 16, 512, null);
        try (Tail tail = Tail.of(options, log.toString());
                Log writer = Log.open(log)) {
            int good = 0;
            int long_ = 0;
            for (int extra = -3; extra <= 3; extra++) {
                String start = line(good).replace("?", "");
                int padding = (1 << 16) + extra - start.length();
                writer.text(start.replace("/n/" + good, "/n/" + good + "\t")
                                .replace("\t\t", "\t")
                                .replace("https", "h" + "s".repeat(padding + 4))
                        + "\n");
                if (extra <= 0) {
                    good++;
                } else {
                    long_++;
                }
                tail.poll(20);
            }
            assertThat(tail.store.records()).isEqualTo(good);
            assertThat(stats(tail).rejected(RejectReason.TOO_LONG)).isEqualTo(long_);
        }
    }

    @Test
    void a28_crlf_isALineEnd() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            Log.write(log, lines(0, 10).replace("\n", "\r\n"));
            tail.run(100);
            tail.assertCounted(0, 10);
        }
    }

    @Test
    void a30_strangeBytes_doNotHarmTheNextLine() throws IOException {
        try (Tail tail = Tail.of(log.toString());
                Log writer = Log.open(log)) {
            writer.lines(0, 2);
            writer.bytes(new byte[] {0, 0, (byte) 0xff, '\n', (byte) 0xf1, '\n', 0, '\n', '\r', '\n', '\n'});
            writer.text(line(2).replace("www.example.org", "w\0\u00ff\u00f1") + "\n");
            writer.lines(3, 5);
            tail.run(100);
            assertThat(tail.store.wrong(0, 5)).isEmpty();
            assertThat(stats(tail).rejected(RejectReason.VERSION)).isEqualTo(3);
        }
    }

    @Test
    void a36_offsetsBeyondFourGibibytes_areRead() throws IOException {
        long size = 5L << 30;
        try (RandomAccessFile sparse = new RandomAccessFile(log.toFile(), "rw")) {
            sparse.setLength(size);
            sparse.seek(size - 1);
            sparse.write('\n');
        }
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(100);
            Log.write(log, lines(0, 10));
            tail.run(100);
            tail.assertCounted(0, 10);
            assertThat(tail.tailer().positions(tail.nowMs).positions())
                    .singleElement()
                    .extracting(SavedPosition::offset)
                    .isEqualTo(size + lines(0, 10).length());
        }
    }

    @Test
    void a_lineBegunBeforeTheStart_isCountedWhenItEnds() throws IOException {
        Log.write(log, lines(1_000, 1_010) + line(0).substring(0, 30));
        try (Tail tail = Tail.of(log.toString())) {
            tail.run(500);
            tail.assertCounted(0, 0);
            assertThat(tail.sources.files().get(0).lagBytes()).isZero();
            Log.write(log, line(0).substring(30) + "\n" + lines(1, 3));
            tail.run(100);
            tail.assertCounted(0, 3);
        }
    }

    @Test
    void a_hugeLineBegunBeforeTheStart_isSkippedToItsEnd() throws IOException {
        Log.write(log, lines(1_000, 1_010) + "x".repeat(100_000));
        try (Tail tail = Tail.of(log.toString())) {
            Log.write(log, "xxx\n" + lines(0, 3));
            tail.run(100);
            tail.assertCounted(0, 3);
        }
    }

    @Test
    void rejectedLines_areKeptForTheStatusPage() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            Log.write(log, "v9\tnonsense\n");
            tail.run(100);
            assertThat(stats(tail).rejects()).singleElement().satisfies(reject -> assertThat(
                            new String(reject.text(), ISO_8859_1))
                    .isEqualTo("v9\tnonsense"));
        }
    }
}
