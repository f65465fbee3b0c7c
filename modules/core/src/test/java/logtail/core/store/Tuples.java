package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Labels;
import logtail.core.schema.Prefix;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/** Tuples as lists of labels, in and out of tables and buckets. */
final class Tuples {
    /** The bytes of a label as sent on the wire: the fields with NUL between them. */
    static final Comparator<Row> RANK = Comparator.comparingLong((Row row) -> -row.count)
            .thenComparing(
                    row -> String.join("\0", row.label).getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned)
            .thenComparing(row -> row.folded);

    /** One row of a bucket. */
    record Row(List<String> label, int folded, long count) {}

    private final TupleLayout layout;
    private final KeyHash hash;
    private final byte[] key = new byte[1 << 18];

    Tuples(KeyHash hash) {
        this(new TupleLayout(Schema.LOGTAIL), hash);
    }

    Tuples(TupleLayout layout, KeyHash hash) {
        this.layout = layout;
        this.hash = hash;
    }

    TupleLayout layout() {
        return layout;
    }

    /** Counts requests of one tuple. */
    void add(LiveTable table, List<String> label, long count) {
        int length = write(label);
        table.add(key, 0, length, hash.hash(key, 0, length), count);
    }

    /** Counts requests of a tuple that reached the table with some of its dimensions folded. */
    void addFolded(LiveTable table, List<String> label, int mask, long count) {
        byte[] folded = new byte[write(label) + Long.BYTES];
        int length = layout.fold(key, 0, mask, folded, 0);
        table.add(folded, 0, length, hash.hash(folded, 0, length), count);
    }

    private int write(List<String> label) {
        layout.foldMask(key, 0, 0);
        int to = layout.headerBytes();
        for (int d = 0; d < label.size(); d++) {
            if (!layout.kind(d).isDictionary()) {
                layout.number(key, 0, d, Integer.parseUnsignedInt(label.get(d)));
                continue;
            }
            byte[] text = bytes(layout.kind(d), label.get(d));
            layout.textLength(key, 0, d, text.length);
            System.arraycopy(text, 0, key, to, text.length);
            to += text.length;
        }
        return to;
    }

    private static byte[] bytes(ColumnKind kind, String label) {
        byte[] prefix = kind == ColumnKind.PREFIX ? Prefix.parse(label) : null;
        return prefix == null ? label.getBytes(StandardCharsets.UTF_8) : prefix;
    }

    /** The rows of a live table. */
    static List<Row> rows(LiveTable table) {
        List<Row> rows = new ArrayList<>();
        TupleLayout layout = table.layout();
        table.forEach((arena, key, count) -> {
            int mask = layout.foldMask(arena, key);
            List<String> label = new ArrayList<>();
            for (int d = 0; d < layout.schema().size(); d++) {
                ColumnKind kind = layout.kind(d);
                int from = layout.textFrom(arena, key, d);
                if (!kind.isDictionary()) {
                    label.add(Labels.ofNumber(layout.number(arena, key, d)));
                } else if ((mask >>> d & 1) != 0) {
                    label.add(Labels.OTHER);
                } else {
                    int length = layout.textLength(arena, key, d);
                    label.add(Labels.ofBytes(kind, Arrays.copyOfRange(arena, from, from + length)));
                }
            }
            rows.add(new Row(label, mask, count));
        });
        return rows;
    }

    /** The rows of a bucket, in its order. */
    static List<Row> rows(View view, Bucket bucket) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < bucket.rows(); i++) {
            List<String> label = new ArrayList<>();
            for (int d = 0; d < view.schema().size(); d++) {
                label.add(label(view, bucket, d, i));
            }
            rows.add(new Row(label, bucket.foldMask(i), bucket.count(i)));
        }
        return rows;
    }

    private static String label(View view, Bucket bucket, int dimension, int row) {
        ColumnKind kind = view.schema().get(dimension).kind();
        int value = bucket.column(dimension).get(row);
        if (!kind.isDictionary()) {
            return Labels.ofNumber(value);
        }
        boolean folded = (bucket.foldMask(row) >>> dimension & 1) != 0;
        assertThat(value == Texts.OTHER)
                .as("id of %s", view.schema().get(dimension))
                .isEqualTo(folded);
        return folded
                ? Labels.OTHER
                : Labels.ofBytes(kind, view.texts().get(dimension).get(value));
    }

    /** Bytes of the distinct texts of a bucket, those of its rollups among them. */
    static long textBytes(View view, Bucket bucket) {
        long bytes = 0;
        for (int d = 0; d < view.schema().size(); d++) {
            if (view.schema().get(d).kind().isDictionary()) {
                Set<Integer> ids = new HashSet<>();
                add(ids, bucket.column(d));
                for (Rollup rollup : bucket.rollups()) {
                    for (int place = 0; place < rollup.dims().size(); place++) {
                        if (rollup.dims().get(place) == d) {
                            add(ids, rollup.values().get(place));
                        }
                    }
                }
                for (int id : ids) {
                    bytes += view.texts().get(d).get(id).length;
                }
            }
        }
        return bytes;
    }

    private static void add(Set<Integer> ids, Column column) {
        for (int row = 0; row < column.rows(); row++) {
            ids.add(column.get(row));
        }
    }

    /** The same rows added up by tuple. */
    static Map<List<String>, Long> counts(List<Row> rows) {
        Map<List<String>, Long> counts = new LinkedHashMap<>();
        rows.forEach(row -> counts.merge(row.label, row.count, Long::sum));
        return counts;
    }
}
