package logtail.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Labels;
import logtail.core.schema.Schema;
import logtail.core.store.Bucket;
import logtail.core.store.Column;
import logtail.core.store.Texts;
import logtail.core.store.View;

/** Builds views row by row, from labels. */
final class TestView {
    private static final int FINE_SECONDS = 60;

    private final Schema schema = Schema.LOGTAIL;
    private final List<Dictionary> dictionaries = new ArrayList<>();
    private final List<Bucket> fine = new ArrayList<>();

    TestView() {
        schema.dimensions().forEach(dimension -> dictionaries.add(new Dictionary()));
    }

    /** A row; a label that is {@code (other)} is folded. */
    static Row row(long count, String... labels) {
        return new Row(count, labels);
    }

    record Row(long count, String[] labels) {}

    TestView bucket(long startSeconds, boolean catchUp, List<Row> rows) {
        List<Column> columns = new ArrayList<>();
        for (int d = 0; d < schema.size(); d++) {
            int[] values = new int[rows.size()];
            for (int r = 0; r < values.length; r++) {
                values[r] = value(d, rows.get(r).labels()[d]);
            }
            columns.add(Column.of(values));
        }
        int[] folds = rows.stream().mapToInt(TestView::folds).toArray();
        long[] counts = rows.stream().mapToLong(Row::count).toArray();
        long total = rows.stream().mapToLong(Row::count).sum();
        fine.add(new Bucket(startSeconds, FINE_SECONDS, false, catchUp, total, columns, Column.of(folds), counts));
        return this;
    }

    private int value(int dimension, String label) {
        ColumnKind kind = schema.get(dimension).kind();
        if (!kind.isDictionary()) {
            return label.equals(Labels.OTHER) ? 0 : Integer.parseUnsignedInt(label);
        }
        return label.equals(Labels.OTHER)
                ? Texts.OTHER
                : dictionaries.get(dimension).id(kind, label);
    }

    private static int folds(Row row) {
        int folds = 0;
        for (int d = 0; d < row.labels().length; d++) {
            folds |= row.labels()[d].equals(Labels.OTHER) ? 1 << d : 0;
        }
        return folds;
    }

    View view() {
        Bucket newest = fine.get(fine.size() - 1);
        return new View(
                schema,
                fine,
                List.of(),
                List.copyOf(dictionaries),
                FINE_SECONDS,
                fine.get(0).startSeconds(),
                newest.endSeconds());
    }

    Bucket newest() {
        return fine.get(fine.size() - 1);
    }

    private static final class Dictionary implements Texts {
        private final List<byte[]> texts = new ArrayList<>();
        private final Map<String, Integer> ids = new HashMap<>();

        Dictionary() {
            texts.add(new byte[0]);
        }

        int id(ColumnKind kind, String label) {
            return ids.computeIfAbsent(label, l -> {
                texts.add(Objects.requireNonNull(Labels.toBytes(kind, l)));
                return texts.size() - 1;
            });
        }

        @Override
        public byte[] get(int id) {
            return texts.get(id);
        }

        @Override
        public int limit() {
            return texts.size();
        }
    }
}
