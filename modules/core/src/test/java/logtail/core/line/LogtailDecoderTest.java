package logtail.core.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of lines; what one line comes to is in the vectors. */
class LogtailDecoderTest {
    private static final String LINE = "v1\th%d\t192.0.2.1\tGET%d\t/%s\t200\t1\t0.1\t0\t0\tdirect\t-\thttps";

    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final KeyHash hash = new KeyHash(1, 2);
    private final InputStats stats = new InputStats("file:test", Schema.LOGTAIL);

    private Batch batch(String lines) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        Batch batch = new Batch(bytes.length, stats);
        System.arraycopy(bytes, 0, batch.raw(), 0, bytes.length);
        batch.rawLength(bytes.length);
        return batch;
    }

    private Batch decoded(String lines) {
        Batch batch = batch(lines);
        new LogtailDecoder(layout, hash, DecoderOptions.defaults()).decode(batch);
        return batch;
    }

    private String website(Batch batch, int record) {
        int key = batch.keyFrom(record);
        return new String(
                batch.keys(),
                layout.textFrom(batch.keys(), key, 0),
                layout.textLength(batch.keys(), key, 0),
                StandardCharsets.UTF_8);
    }

    @Test
    void everyLine_isARecordWithItsKeyHashAndMethod() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            lines.append(LINE.formatted(i, i, "x".repeat(i % 300))).append(i % 3 == 0 ? "\r\n" : "\n");
        }
        Batch batch = decoded(lines.toString());

        assertThat(batch.records()).isEqualTo(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(website(batch, i)).isEqualTo("h" + i);
            assertThat(batch.keyTo(i) - batch.keyFrom(i)).isEqualTo(layout.keyBytes(batch.keys(), batch.keyFrom(i)));
            assertThat(batch.hash(i)).isEqualTo(hash.hash(batch.keys(), batch.keyFrom(i), batch.keyTo(i)));
            assertThat(new String(batch.raw(), batch.methodFrom(i), batch.methodLength(i), StandardCharsets.UTF_8))
                    .isEqualTo("GET" + i);
        }
        assertThat(stats.acceptedLines()).isEqualTo(1_000);
        assertThat(stats.bytes()).isEqualTo(lines.length());
    }

    @Test
    void lastLineWithoutItsEnd_isReadToo() {
        Batch batch = decoded(LINE.formatted(1, 1, "") + "\n" + LINE.formatted(2, 2, ""));

        assertThat(batch.records()).isEqualTo(2);
        assertThat(website(batch, 1)).isEqualTo("h2");
    }

    @Test
    void equalTuples_haveEqualKeysWhateverSurroundsThem() {
        Batch batch = decoded(LINE.formatted(1, 1, "a?x=1") + "\n"
                + LINE.formatted(1, 2, "a?yy=22222222\t").replace("\t\t", "\t") + "\n\n"
                + "v2\th1\t192.0.2.77\tPOST\t/a\t200\t1\t2\t0.1\t-\t-\t0\t0\tdirect\t-\thttp\n");

        assertThat(batch.records()).isEqualTo(3);
        assertThat(batch.hash(0)).isEqualTo(batch.hash(1)).isEqualTo(batch.hash(2));
    }

    @Test
    void batchDecodedAgain_holdsTheNewLinesOnly() {
        LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
        Batch batch = batch(LINE.formatted(1, 1, "") + "\n" + LINE.formatted(2, 2, "") + "\n");
        decoder.decode(batch);
        batch.begin(stats);
        byte[] bytes = LINE.formatted(3, 3, "").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, batch.raw(), 0, bytes.length);
        batch.rawLength(bytes.length);
        decoder.decode(batch);

        assertThat(batch.records()).isEqualTo(1);
        assertThat(website(batch, 0)).isEqualTo("h3");
    }

    /** Whatever comes in, lines are accepted, rejected or empty, and what is good around them is not harmed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void garbageBetweenGoodLines_harmsNobody(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            StringBuilder lines = new StringBuilder();
            List<String> sites = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                if (random.nextBoolean()) {
                    sites.add("h" + i);
                    lines.append(LINE.formatted(i, i, "ä\0?".repeat(random.nextInt(20))));
                } else {
                    lines.append("x");
                    for (int n = random.nextInt(60); n > 0; n--) {
                        lines.append((char) (random.nextInt(4) == 0 ? '\t' : 11 + random.nextInt(300)));
                    }
                }
                lines.append('\n');
            }
            Batch batch = decoded(lines.toString());
            List<String> found = new ArrayList<>();
            for (int i = 0; i < batch.records(); i++) {
                found.add(website(batch, i));
            }
            assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(sites);
        }
        assertThat(stats.rejected(RejectReason.VERSION)).isPositive();
    }

    @Test
    void rejectedLines_areCountedAndTheNewestKept() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            lines.append("bad").append(i).append("x".repeat(300)).append('\n');
        }
        lines.append("v1\tshort\n").append(LINE.formatted(1, 1, "").replace("192.0.2.1", "unix:"));
        Batch batch = batch(lines.toString());
        batch.received(1234, 5678, null, false);
        new LogtailDecoder(layout, hash, DecoderOptions.defaults()).decode(batch);

        assertThat(stats.rejected(RejectReason.VERSION)).isEqualTo(30);
        assertThat(stats.rejected(RejectReason.FIELDS)).isEqualTo(1);
        assertThat(stats.rejected(RejectReason.ADDRESS)).isEqualTo(1);
        assertThat(stats.rejected(RejectReason.TOO_LONG)).isZero();
        List<InputStats.Reject> kept = List.copyOf(stats.rejects());
        assertThat(kept).hasSize(InputStats.REJECTS_KEPT);
        assertThat(kept.get(0).text())
                .hasSize(InputStats.REJECT_BYTES)
                .startsWith("bad12".getBytes(StandardCharsets.UTF_8));
        assertThat(kept.get(0).lengthBytes()).isEqualTo(305);
        assertThat(kept.get(19).reason()).isEqualTo(RejectReason.ADDRESS);
        assertThat(kept).allMatch(reject -> reject.receivedAtMs() == 1234);
        assertThat(stats.acceptedLines()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "32, 128, 192.0.2.129/32, 2001:db8:1:2:3:4:5:6/128",
        "25, 33, 192.0.2.128/25, 2001:db8::/33",
        "0, 0, 0.0.0.0/0, ::/0"
    })
    void prefixLengths_areConfiguration(int v4Bits, int v6Bits, String v4, String v6) {
        Lines lines = new Lines(new DecoderOptions(v4Bits, v6Bits, 1000, 1000, false));
        String line = LINE.formatted(1, 1, "");

        assertThat(lines.decode(line.replace("192.0.2.1", "192.0.2.129").getBytes(StandardCharsets.UTF_8)))
                .containsEntry("prefix", v4);
        assertThat(lines.decode(
                        line.replace("192.0.2.1", "2001:db8:1:2:3:4:5:6").getBytes(StandardCharsets.UTF_8)))
                .containsEntry("prefix", v6);
    }

    @Test
    void fieldThatFeedsSeveralDimensions_fitsHoweverLongItIs() {
        Schema wide = Schema.LOGTAIL;
        for (int i = 0; i < 8; i++) {
            wide = wide.with(new Dimension(
                    "copy" + i,
                    "copy" + i,
                    ColumnKind.TEXT,
                    List.of("request_uri"),
                    "",
                    200 + i,
                    Map.of(),
                    0,
                    Set.of()));
        }
        Lines lines = new Lines(wide, DecoderOptions.defaults());
        byte[] line = LINE.formatted(1, 1, "\u0000ä".repeat(8_000)).getBytes(StandardCharsets.UTF_8);
        Map<String, String> labels = lines.decode(line);

        assertThat(labels.get("copy7")).isEqualTo(labels.get("uri")).hasSizeGreaterThan(3_000);
    }

    @Test
    void dimensionThatNoFieldFeeds_readsNeutral() {
        Schema wide = Schema.LOGTAIL
                .with(new Dimension(
                        "country", "country", ColumnKind.TEXT, List.of("geo"), "", 200, Map.of(), 0, Set.of()))
                .with(new Dimension("port", "port", ColumnKind.ASN, List.of("port"), "0", 201, Map.of(), 0, Set.of()));

        assertThat(new Lines(wide, DecoderOptions.defaults())
                        .decode(LINE.formatted(1, 1, "").getBytes(StandardCharsets.UTF_8)))
                .containsEntry("country", "")
                .containsEntry("port", "0")
                .containsEntry("errors", "");
    }

    @Test
    void prefixThatNoFieldFeeds_isRejectedAsAnAddress() {
        Schema wide = Schema.LOGTAIL.with(
                new Dimension("peer", "peer", ColumnKind.PREFIX, List.of("peer"), "", 200, Map.of(), 0, Set.of()));

        assertThat(new Lines(wide, DecoderOptions.defaults())
                        .decode(LINE.formatted(1, 1, "").getBytes(StandardCharsets.UTF_8)))
                .containsEntry("rejected", "address")
                .containsEntry("column", "0");
    }

    @Test
    void optionsOutOfRange_areRefused() {
        assertThatThrownBy(() -> new DecoderOptions(33, 48, 1, 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DecoderOptions(24, 129, 1, 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DecoderOptions(24, 48, 0, 1, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DecoderOptions(24, 48, 1, 65_536, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
