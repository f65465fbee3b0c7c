package logtail.sources.channel;

import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.schema.Schema;
import logtail.sources.NumberedLines;
import org.junit.jupiter.api.Test;

class ChannelTest {
    private final Channel channel = new Channel(new ChannelOptions(1_000, 100_000));
    private final InputStats stats = new InputStats("udp", Schema.LOGTAIL);

    @Test
    void creditIsCountedInRecordsAndBytes_notInBatches() {
        Channel.Share share = channel.share();
        for (int i = 0; i < 900; i++) {
            assertThat(share.take(1, 100)).isTrue();
        }
        assertThat(channel.records()).isEqualTo(900);
        assertThat(channel.bytes()).isEqualTo(90_000);
        assertThat(share.take(101, 1)).as("records").isFalse();
        assertThat(share.take(1, 10_001)).as("bytes").isFalse();
        assertThat(share.take(100, 10_000)).isTrue();
        assertThat(share.take(1, 1)).isFalse();
        share.give(1, 100);
        assertThat(share.take(1, 100)).isTrue();
    }

    @Test
    void sourceWithNothingUnderWay_mayAlwaysSendOne() {
        Channel.Share greedy = channel.share();
        assertThat(greedy.take(5_000, 500_000)).as("larger than the channel").isTrue();
        assertThat(greedy.take(1, 1)).isFalse();
        Channel.Share other = channel.share();
        assertThat(other.take(1, 1)).isTrue();
        assertThat(other.take(1, 1)).isFalse();
        other.give(1, 1);
        greedy.give(5_000, 500_000);
        assertThat(channel.records()).isZero();
        assertThat(channel.bytes()).isZero();
    }

    @Test
    void batchesAreReused_andSurplusOnesDropped() {
        List<Batch> store = new ArrayList<>();
        Outlet outlet = new Outlet(channel.share(), 1 << 16, 8, store::add);
        for (int i = 0; i < 8; i++) {
            assertThat(outlet.hasBatch()).isTrue();
            assertThat(outlet.send(decoded(outlet.take(stats), 10))).isTrue();
        }
        assertThat(outlet.hasBatch()).isFalse();
        assertThat(outlet.busy()).isTrue();
        assertThat(channel.records()).isEqualTo(80);
        List<Batch> first = List.copyOf(store);
        first.forEach(outlet::returned);
        assertThat(outlet.underWay()).isZero();
        assertThat(channel.records()).isZero();
        int reused = 0;
        for (int i = 0; i < 8; i++) {
            Batch batch = outlet.take(stats);
            reused += first.contains(batch) ? 1 : 0;
            assertThat(batch.rawLength()).isZero();
        }
        assertThat(reused).isEqualTo(4);
    }

    @Test
    void batchThatWasNotSent_staysWithItsSource() {
        Outlet outlet = new Outlet(channel.share(), 1 << 16, 8, batch -> {});
        assertThat(outlet.send(decoded(outlet.take(stats), 700))).isTrue();
        Batch refused = decoded(outlet.take(stats), 400);
        assertThat(outlet.send(refused)).isFalse();
        outlet.discard(refused);
        assertThat(outlet.take(stats)).isSameAs(refused);
    }

    static Batch decoded(Batch batch, int lines) {
        byte[] text = lines(0, lines).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, batch.raw(), 0, text.length);
        batch.rawLength(text.length);
        NumberedLines.decoder(DecoderOptions.defaults()).get().decode(batch);
        return batch;
    }
}
