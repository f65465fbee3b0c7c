package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.line.RejectReason;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real traffic, from bytes to a sealed bucket, against answers that awk, sort and uniq gave. */
class SharedTrafficTest {
    private static final Map<String, Integer> DIMENSIONS =
            Map.of("website", 0, "client_prefix", 1, "uri", 2, "status", 3, "is_tor", 4, "asn", 5, "source_tag", 6);

    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final KeyHash hash = new KeyHash(3, 5);
    private final LiveTable table = new LiveTable(layout, hash, 100_000, 32 << 20, LiveTable.Overflow.FOLD);

    @ParameterizedTest
    @CsvSource({
        "data/vectors/mixed.log, data/vectors/expected_mixed",
        "data/access/logtail_v1.log, data/access/expected_v1",
        "data/access/logtail_v2.log, data/access/expected_v2"
    })
    void realTraffic_countsAsExpected(String log, String expected) throws IOException {
        InputStats stats = count(SharedData.file(log));
        Rotation rotation = new Sealer(layout, hash, 60, RingLimits.FINE, RingLimits.COARSE).rotate(table, 0, false);
        List<Tuples.Row> rows = Tuples.rows(rotation.view(), rotation.bucket());

        assertThat(rotation.bucket().total())
                .isEqualTo(stats.acceptedLines())
                .isEqualTo(number(expected + "/accepted_count.txt"));
        long rejected = 0;
        for (RejectReason reason : RejectReason.values()) {
            rejected += stats.rejected(reason);
        }
        assertThat(rejected).isEqualTo(number(expected + "/rejected_count.txt"));
        assertThat(rows).hasSize((int) number(expected + "/distinct_tuple7.txt"));
        assertThat(rows.stream().limit(20).map(row -> row.count() + "\t" + String.join("\t", row.label())))
                .containsExactlyElementsOf(Files.readAllLines(SharedData.file(expected + "/top20_tuple7.tsv")));
        for (String dimension : DIMENSIONS.keySet()) {
            assertThat(top20(rows, DIMENSIONS.getOrDefault(dimension, 0)))
                    .as(dimension)
                    .containsExactlyElementsOf(
                            Files.readAllLines(SharedData.file(expected + "/top20_" + dimension + ".tsv")));
        }
    }

    private InputStats count(Path log) throws IOException {
        InputStats stats = new InputStats("file:test", Schema.LOGTAIL);
        Batch batch = new Batch(1 << 16, stats);
        LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
        try (InputStream in = Files.newInputStream(log)) {
            int kept = 0;
            while (true) {
                int read = in.read(batch.raw(), kept, batch.rawCapacity() - kept);
                int filled = kept + Math.max(read, 0);
                int whole = filled;
                while (read >= 0 && whole > 0 && batch.raw()[whole - 1] != '\n') {
                    whole--;
                }
                byte[] rest = java.util.Arrays.copyOfRange(batch.raw(), whole, filled);
                batch.rawLength(whole);
                decoder.decode(batch);
                table.add(batch);
                if (read < 0) {
                    return stats;
                }
                System.arraycopy(rest, 0, batch.raw(), 0, rest.length);
                kept = rest.length;
            }
        }
    }

    private static long number(String file) throws IOException {
        return Long.parseLong(Files.readString(SharedData.file(file)).strip());
    }

    private static List<String> top20(List<Tuples.Row> rows, int dimension) {
        Map<String, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.label().get(dimension), row.count(), Long::sum));
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
        return sorted.stream()
                .limit(20)
                .map(entry -> entry.getValue() + "\t" + entry.getKey())
                .toList();
    }
}
