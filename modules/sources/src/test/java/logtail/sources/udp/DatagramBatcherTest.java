package logtail.sources.udp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static logtail.sources.NumberedLines.line;
import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.RejectReason;
import logtail.core.schema.Schema;
import logtail.runtime.time.Clock;
import logtail.sources.NumberedLines;
import logtail.sources.Sources;
import logtail.sources.UdpInput;
import logtail.sources.channel.ChannelOptions;
import logtail.sources.channel.Outlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramBatcherTest {
    private static final long COLLECT_MS = 2;

    private final NumberedLines store = new NumberedLines();
    private final ArrayDeque<Batch> underWay = new ArrayDeque<>();
    private final Sources sources = new Sources(Schema.LOGTAIL, new ChannelOptions(10_000, 64 << 20));
    private final UdpInput input = sources.openUdp();
    private final DatagramBatcher batcher = new DatagramBatcher(
            input,
            NumberedLines.decoder(DecoderOptions.defaults().withSyslogHeader(true))
                    .get(),
            new Outlet(sources.channel().share(), Outlet.BATCH_BYTES, Integer.MAX_VALUE, underWay::add),
            Clock.of(() -> 17, () -> 17_000_000),
            COLLECT_MS);
    private long nowMs;

    private void receive(String datagram) {
        receive(datagram.getBytes(ISO_8859_1));
    }

    private void receive(byte[] datagram) {
        batcher.add(ByteBuffer.wrap(datagram), nowMs);
    }

    /** Lets the batch go and the store count it. */
    private void settle() {
        nowMs += COLLECT_MS;
        batcher.sendIfDue(nowMs);
        storeCounts(Integer.MAX_VALUE);
    }

    private void storeCounts(int batches) {
        for (int i = 0; i < batches && !underWay.isEmpty(); i++) {
            Batch batch = underWay.remove();
            store.count(batch);
            batcher.returned(batch);
        }
    }

    private void assertCounters(long packets, long success, long consumed) {
        assertThat(input.packetsReceived()).as("packets received").isEqualTo(packets);
        assertThat(input.linesSuccess()).as("lines success").isEqualTo(success);
        assertThat(input.linesConsumed()).as("lines consumed").isEqualTo(consumed);
    }

    private long rejected() {
        long n = 0;
        for (RejectReason reason : RejectReason.values()) {
            n += input.stats().rejected(reason);
        }
        return n;
    }

    @Test
    void b01_oneLineWithoutLf_countsOnce() {
        receive(line(0));
        settle();
        assertCounters(1, 1, 1);
        assertThat(store.wrong(0, 1)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n"})
    void b02_manyLinesInOneDatagram_countEach(String end) {
        receive(lines(0, 20).stripTrailing() + end);
        settle();
        assertCounters(1, 20, 20);
        assertThat(store.wrong(0, 20)).isEmpty();
        assertThat(rejected()).isZero();
    }

    @Test
    void b04_theLargestDatagram_isTakenWhole() {
        StringBuilder text = new StringBuilder();
        int n = 0;
        while (text.length() + line(n).length() < 65_507) {
            text.append(line(n++)).append('\n');
        }
        String padded = text.toString();
        padded += "\n".repeat(65_507 - padded.length());
        for (int i = 0; i < 20; i++) {
            receive(padded);
            settle();
        }
        assertCounters(20, 20L * n, 20L * n);
        assertThat(store.counts()).hasSize(n).containsEntry(n - 1, 20);
    }

    @Test
    void b07_aLineSplitOverTwoDatagrams_isRejectedTwice() {
        receive(line(0).substring(0, 30));
        receive(line(0).substring(30));
        receive(line(1));
        settle();
        assertCounters(3, 1, 1);
        assertThat(rejected()).isEqualTo(2);
    }

    @Test
    void b08_emptyDatagramsAndLfs_countAsPacketsAlone() {
        receive("");
        receive("\n");
        receive("\n\n\n");
        receive("\r\n");
        receive("");
        settle();
        assertCounters(5, 0, 0);
        assertThat(rejected()).isZero();
        assertThat(underWay).as("nothing to send").isEmpty();
        assertThat(batcher.underWay()).isZero();
    }

    @Test
    void b09_randomBytes_areRejectedAndKeepNothing() {
        Random random = new Random(9);
        byte[] noise = new byte[1_400];
        for (int i = 0; i < 10_000; i++) {
            random.nextBytes(noise);
            receive(noise);
        }
        receive(line(0));
        settle();
        assertCounters(10_001, 1, 1);
        assertThat(input.stats().rejects()).hasSize(20);
    }

    @Test
    void b18_aThousandDatagramsOrAThousandLines_countTheSame() {
        for (int n = 0; n < 1_000; n++) {
            receive(line(n));
        }
        for (int n = 1_000; n < 2_000; n += 400) {
            receive(lines(n, Math.min(n + 400, 2_000)));
        }
        settle();
        assertCounters(1_003, 2_000, 2_000);
        assertThat(store.wrong(0, 2_000)).isEmpty();
    }

    @Test
    void syslogHeaders_areSkipped() {
        receive("<190>Nov 20 11:02:16 web nginx: " + line(0));
        settle();
        assertCounters(1, 1, 1);
    }

    @Test
    void linesOfOneBatch_carryTheTimeTheFirstArrived() {
        receive(line(0));
        nowMs += 1;
        batcher.sendIfDue(nowMs);
        assertThat(underWay).as("collects for %d ms", COLLECT_MS).isEmpty();
        nowMs += 1;
        batcher.sendIfDue(nowMs);
        assertThat(underWay.getFirst().receivedAtMs()).isEqualTo(17);
        assertThat(underWay.getFirst().position()).isNull();
    }

    @Test
    void stalledStore_makesLinesDropCountedAndFlat() {
        int n = 0;
        for (; n < 100_000; n++) {
            receive(line(n));
            nowMs++;
            batcher.sendIfDue(nowMs);
        }
        assertThat(input.linesSuccess()).isGreaterThan(90_000);
        assertThat(input.linesConsumed()).isBetween(8_000L, 10_000L);
        assertThat(sources.channel().records()).isEqualTo(input.linesConsumed()).isLessThanOrEqualTo(10_000);
        assertThat(underWay.stream().filter(batch -> batch.records() < 1_000))
                .as("small batches")
                .hasSizeLessThanOrEqualTo(2);
        storeCounts(Integer.MAX_VALUE);
        settle();
        for (int i = 0; i < 100; i++) {
            receive(line(n++));
            settle();
        }
        assertThat(sources.channel().records()).isZero();
        assertThat(store.counts()).hasSize((int) input.linesConsumed());
        assertThat(store.counts().values()).allMatch(times -> times == 1);
        assertThat(store.missing(n - 100, n)).isEmpty();
    }

    @Test
    void aFewOneLineBatches_doNotExhaustTheCredits() {
        for (int n = 0; n < 5_000; n++) {
            receive(line(n));
            nowMs += 20;
            batcher.sendIfDue(nowMs);
        }
        assertThat(underWay.size()).as("two of one line each, then full ones").isBetween(3, 6);
        storeCounts(Integer.MAX_VALUE);
        settle();
        settle();
        assertThat(store.wrong(0, 5_000)).isEmpty();
        assertCounters(5_000, 5_000, 5_000);
    }
}
