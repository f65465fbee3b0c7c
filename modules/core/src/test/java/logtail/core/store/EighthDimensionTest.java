package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.junit.jupiter.api.Test;

/** An eighth dimension is one entry in the table of dimensions, and nothing else. */
class EighthDimensionTest {
    private static final Schema EIGHT = Schema.LOGTAIL.with(new Dimension(
            "scheme",
            "scheme",
            ColumnKind.TEXT,
            List.of("scheme"),
            "",
            101,
            Map.of(FilterOp.EQ, 101),
            0,
            Set.of(FilterOp.EQ, FilterOp.NE)));

    private final KeyHash hash = new KeyHash(1, 2);
    private final TupleLayout layout = new TupleLayout(EIGHT);

    private Rotation sealed(int tableRows, RingLimits limits, String... schemes) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < schemes.length; i++) {
            lines.append("v1\th\t192.0.2.1\tGET\t/")
                    .append(i % 50)
                    .append("\t200\t1\t0.1\t0\t0\tdirect\t-\t")
                    .append(schemes[i])
                    .append('\n');
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        Batch batch = new Batch(bytes.length, new InputStats("file:test", EIGHT));
        System.arraycopy(bytes, 0, batch.raw(), 0, bytes.length);
        batch.rawLength(bytes.length);
        new LogtailDecoder(layout, hash, DecoderOptions.defaults()).decode(batch);
        LiveTable table = new LiveTable(layout, hash, tableRows, 1 << 20, LiveTable.Overflow.FOLD);
        table.add(batch);
        return new Sealer(layout, hash, 60, limits, limits).rotate(table, 240, false);
    }

    private static Map<String, Long> bySchemes(View view, Bucket bucket) {
        Map<String, Long> counts = new HashMap<>();
        Tuples.rows(view, bucket).forEach(row -> counts.merge(row.label().get(7), row.count(), Long::sum));
        return counts;
    }

    @Test
    void itsValues_areCountedAndSealedLikeAllOthers() {
        Rotation rotation = sealed(1000, RingLimits.FINE, "https", "http", "https", "", "https\r");

        assertThat(bySchemes(rotation.view(), rotation.bucket()))
                .containsOnly(entry("https", 3L), entry("http", 1L), entry("", 1L));
        assertThat(bySchemes(rotation.view(), rotation.view().coarse().get(0)))
                .containsOnly(entry("https", 3L), entry("http", 1L), entry("", 1L));
        assertThat(rotation.bucket().columns()).hasSize(8);
    }

    @Test
    void itStays_whenPathsAreFolded() {
        String[] schemes = new String[200];
        for (int i = 0; i < schemes.length; i++) {
            schemes[i] = i % 4 == 0 ? "http" : "https";
        }
        Rotation rotation = sealed(1000, new RingLimits(5, 20, 10_000), schemes);

        assertThat(rotation.bucket().rows()).isLessThanOrEqualTo(20);
        assertThat(bySchemes(rotation.view(), rotation.bucket()))
                .containsOnly(entry("https", 150L), entry("http", 50L));
    }
}
