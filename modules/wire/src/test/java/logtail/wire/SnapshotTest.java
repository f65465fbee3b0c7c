package logtail.wire;

import static logtail.wire.TestView.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import logtail.core.schema.Labels;
import logtail.core.schema.Schema;
import logtail.wire.TestView.Row;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.TopNEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final String NUL = "\0";
    private static final String OTHER = Labels.OTHER;

    private final SnapshotEncoder encoder = new SnapshotEncoder(Schema.LOGTAIL);
    private final SnapshotDecoder decoder = new SnapshotDecoder(Schema.LOGTAIL);

    @Test
    void shouldEncodeTheMessageThatTheContractDescribes() throws Exception {
        TestView view = new TestView()
                .bucket(
                        1_763_628_000,
                        true,
                        List.of(
                                row(7, "www.example.org", "192.0.2.0/24", "/", "200", "1", "4200000000", "direct"),
                                row(3, "\\(other)", "2001:db8::/48", "/a b(other)", "0", "0", "0", ""),
                                row(2, "www.example.org", OTHER, OTHER, OTHER, OTHER, OTHER, OTHER)));

        Snapshot message = Snapshot.parseFrom(encoder.encode("nginx1", view.view(), view.newest()));

        assertThat(message)
                .isEqualTo(Snapshot.newBuilder()
                        .setSource("nginx1")
                        .setTimestamp(1_763_628_000)
                        .setBucketSeconds(60)
                        .setCatchUp(true)
                        .addEntries(
                                entry(7, 0, "www.example.org", "192.0.2.0/24", "/", "200", "1", "4200000000", "direct"))
                        .addEntries(entry(3, 0, "\\(other)", "2001:db8::/48", "/a b(other)", "0", "0", "0", ""))
                        .addEntries(
                                entry(2, 0b111_1110, "www.example.org", "(other)", "(other)", "0", "0", "0", "(other)"))
                        .build());
    }

    @Test
    void anEmptyBucket_isAMessageWithoutEntries() throws Exception {
        TestView view = new TestView().bucket(60, false, List.of());

        Snapshot message = Snapshot.parseFrom(encoder.encode("", view.view(), view.newest()));

        assertThat(message)
                .isEqualTo(Snapshot.newBuilder()
                        .setTimestamp(60)
                        .setBucketSeconds(60)
                        .build());
    }

    @Test
    void shouldReadBackWhateverWasEncoded() throws Exception {
        Random random = new Random(1);
        for (int run = 0; run < 200; run++) {
            List<Row> rows = randomRows(random);
            TestView view = new TestView().bucket(600, random.nextBoolean(), rows);

            SnapshotRows read = decoder.decode(encoder.encode("n", view.view(), view.newest()));

            assertThat(read.rows()).isEqualTo(rows.size());
            assertThat(read.total()).isEqualTo(view.newest().total());
            assertThat(read.head().catchUp()).isEqualTo(view.newest().catchUp());
            for (int i = 0; i < rows.size(); i++) {
                assertThat(read.labels(i)).containsExactly(rows.get(i).labels());
                assertThat(read.count(i)).isEqualTo(rows.get(i).count());
                assertThat(read.foldMask(i)).isEqualTo(view.newest().foldMask(i));
            }
        }
    }

    @Test
    void keys_areEqualForEqualTuplesAndLieOneBehindTheOther() throws Exception {
        TestView view = new TestView()
                .bucket(
                        0,
                        false,
                        List.of(
                                row(1, "a", "10.0.0.0/8", "/", "1", "0", "0", ""),
                                row(2, "a", "10.0.0.0/8", "/", "1", "0", "0", ""),
                                row(3, "a", "10.0.0.0/8", "/", "1", "0", "1", "")));

        SnapshotRows read = decoder.decode(encoder.encode("n", view.view(), view.newest()));

        assertThat(key(read, 1)).isEqualTo(key(read, 0)).isNotEqualTo(key(read, 2));
        assertThat(read.keyFrom(1)).isEqualTo(read.keyTo(0));
        assertThat(read.keys().length).isGreaterThanOrEqualTo(read.keyTo(2) + 8);
    }

    @Test
    void olderPeers_sendFewerFields() throws Exception {
        String[] fields = {"a", "192.0.2.0/24", "/", "404", "1", "64496", "direct"};
        for (int sent = 4; sent <= 7; sent++) {
            SnapshotRows read = decode(original(entry(5, 0, Arrays.copyOf(fields, sent))));

            List<String> expected = new ArrayList<>(List.of("a", "192.0.2.0/24", "/", "404", "0", "0", ""));
            for (int d = 0; d < sent; d++) {
                expected.set(d, fields[d]);
            }
            assertThat(read.labels(0)).isEqualTo(expected);
            assertThat(read.count(0)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1,          4294967295",
        "-94967296,   4200000000",
        "-2147483648, 2147483648",
        "4294967295,  4294967295",
        "4294967296,  0",
        "-2147483649, 0",
        "99999999999, 0",
        "-,           0",
        "'',          0",
        "0x10,        0",
        "+5,          0",
        "007,         7",
    })
    void anAsn_isReadAsTheSame32Bits(String text, String expected) throws Exception {
        SnapshotRows read = decode(original(entry(1, 0, "a", "192.0.2.0/24", "/", "200", "0", text)));

        assertThat(read.label(0, 5)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"200,200", "9999,9999", "10000,0", "-200,0", "abc,0", "'',0", "000,0"})
    void aStatusThatIsNone_is0AndTheRequestCounts(String text, String expected) throws Exception {
        SnapshotRows read = decode(original(entry(1, 0, "a", "192.0.2.0/24", "/", text)));

        assertThat(read.label(0, 3)).isEqualTo(expected);
        assertThat(read.total()).isEqualTo(1);
    }

    @Test
    void anEntryThatMakesNoSense_isLeftOutAndCounted() throws Exception {
        SnapshotRows read = decode(original(
                entry(1, 0, "a", "192.0.2.0/24", "/"),
                entry(1, 0, "a", "192.0.2.0/24", "/", "200", "0", "0", "", "more"),
                entry(1, 0, ""),
                entry(1, 0, "a", "192.0.2.0", "/", "200"),
                entry(1, 0, "a", "(other)", "/", "200"),
                entry(0, 0, "a", "192.0.2.0/24", "/", "200"),
                entry(-4, 0, "a", "192.0.2.0/24", "/", "200"),
                entry(1, 0, "x".repeat(70_000), "192.0.2.0/24", "/", "200"),
                entry(9, 0, "good", "192.0.2.0/24", "/", "200"),
                entry(Long.MAX_VALUE, 0, "a", "192.0.2.0/24", "/", "200")));

        assertThat(read.rows()).isEqualTo(1);
        assertThat(read.label(0, 0)).isEqualTo("good");
        assertThat(read.total()).isEqualTo(9);
        assertThat(read.rejected(EntryReject.FIELDS)).isEqualTo(3);
        assertThat(read.rejected(EntryReject.PREFIX)).isEqualTo(2);
        assertThat(read.rejected(EntryReject.COUNT)).isEqualTo(3);
        assertThat(read.rejected(EntryReject.TEXT)).isEqualTo(1);
    }

    @Test
    void aTextThatIsNotUtf8_isRejectedAlone() throws Exception {
        byte[] good = original(entry(2, 0, "ok", "192.0.2.0/24", "/", "200"));
        byte[] bad = original(entry(1, 0, "XY", "192.0.2.0/24", "/", "200"));
        bad[new String(bad, StandardCharsets.ISO_8859_1).indexOf("XY")] = (byte) 0xff;

        SnapshotRows read = decode(
                ByteString.copyFrom(good).concat(ByteString.copyFrom(bad)).toByteArray());

        assertThat(read.rows()).isEqualTo(1);
        assertThat(read.rejected(EntryReject.TEXT)).isEqualTo(1);
    }

    @Test
    void otherAsAnOriginalPeerSendsIt_isATextSomebodySent() throws Exception {
        SnapshotRows read = decode(original(entry(1, 0, "(other)", "192.0.2.0/24", "\\(other)", "200")));

        assertThat(read.foldMask(0)).isZero();
        assertThat(read.label(0, 0)).isEqualTo("\\(other)");
        assertThat(read.label(0, 2)).isEqualTo("\\\\(other)");
    }

    @Test
    void otherAsOurPeersSendIt_isFolded() throws Exception {
        byte[] message = Snapshot.newBuilder()
                .setBucketSeconds(60)
                .addEntries(entry(1, 0, "(other)", "(other)", "\\(other)", "200", "0", "0", "(x)"))
                .build()
                .toByteArray();

        SnapshotRows read = decode(message);

        assertThat(read.foldMask(0)).isEqualTo(0b11);
        assertThat(read.labels(0)).containsExactly("(other)", "(other)", "\\(other)", "200", "0", "0", "(x)");
    }

    @Test
    void aFoldMask_countsForTheKnownDimensionsOnly() throws Exception {
        byte[] message = Snapshot.newBuilder()
                .setBucketSeconds(60)
                .addEntries(entry(1, -1, "a", "192.0.2.0/24", "/", "200", "1", "5", "t"))
                .build()
                .toByteArray();

        SnapshotRows read = decode(message);

        assertThat(read.foldMask(0)).isEqualTo(Schema.LOGTAIL.allFolded());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 40})
    void aMessageThatIsCutShort_isRefused(int missing) {
        byte[] message = original(entry(1, 0, "a", "192.0.2.0/24", "/", "200", "0", "0", "a tag to cut into"));

        assertThatThrownBy(() -> decode(Arrays.copyOf(message, message.length - missing)))
                .isInstanceOf(InvalidProtocolBufferException.class);
    }

    @Test
    void anyBytes_areReadOrRefusedButNothingElse() {
        Random random = new Random(2);
        byte[] good = original(
                entry(1, 0, "a", "192.0.2.0/24", "/", "200", "0", "0", "t"),
                entry(1, 3, "é", "2001:db8::/48", "/", "200"));
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                decode(bytes);
            } catch (InvalidProtocolBufferException refused) {
                continue;
            }
        }
    }

    private SnapshotRows decode(byte[] message) throws InvalidProtocolBufferException {
        return decoder.decode(message);
    }

    private static byte[] original(TopNEntry... entries) {
        return Snapshot.newBuilder()
                .setSource("old")
                .setTimestamp(61)
                .addAllEntries(List.of(entries))
                .build()
                .toByteArray();
    }

    private static TopNEntry entry(long count, int folded, String... fields) {
        return TopNEntry.newBuilder()
                .setLabel(String.join(NUL, fields))
                .setCount(count)
                .setFolded(folded)
                .build();
    }

    private static byte[] key(SnapshotRows rows, int row) {
        return Arrays.copyOfRange(rows.keys(), rows.keyFrom(row), rows.keyTo(row));
    }

    private static List<Row> randomRows(Random random) {
        String[] texts = {"", "a", "\\(other)", "\\\\(other)", "x(other)", "é\u001b[31m", "(other", "日本", "\\x0a"};
        String[] prefixes = {"0.0.0.0/0", "192.0.2.0/24", "10.1.2.3/32", "::/0", "2001:db8:1::/48"};
        String[] asns = {"0", "64496", "4200000000", "4294967295"};
        List<Row> rows = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            String[] labels = {
                texts[random.nextInt(texts.length)],
                prefixes[random.nextInt(prefixes.length)],
                texts[random.nextInt(texts.length)],
                Integer.toString(random.nextInt(10_000)),
                Integer.toString(random.nextInt(2)),
                asns[random.nextInt(asns.length)],
                texts[random.nextInt(texts.length)],
            };
            Set<Integer> folded = new HashSet<>();
            while (random.nextInt(3) == 0) {
                folded.add(random.nextInt(labels.length));
            }
            folded.forEach(d -> labels[d] = OTHER);
            rows.add(row(1 + random.nextInt(1 << random.nextInt(31)), labels));
        }
        return rows;
    }
}
