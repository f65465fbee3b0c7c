package logtail.core.store;

import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.traffic.StatusClass;

/**
 * Rows that are being made into a bucket: one array per dimension, ids for the dictionary kinds, else numbers. No two
 * rows are the same tuple. Not threadsafe.
 */
final class RowSet {
    private final Schema schema;
    private final int[][] columns;
    private final int[] masks;
    private final long[] counts;
    private final List<? extends TextSource> texts;
    private final int status;
    private int size;

    private RowSet(Schema schema, int capacity, List<? extends TextSource> texts) {
        this.schema = schema;
        this.columns = new int[schema.size()][capacity];
        this.masks = new int[capacity];
        this.counts = new long[capacity];
        this.texts = texts;
        this.status = schema.dimensions().stream()
                .filter(d -> d.kind() == ColumnKind.STATUS)
                .mapToInt(schema::indexOf)
                .findFirst()
                .orElse(RollupDims.NONE);
    }

    /**
     * The rows of a live table.
     *
     * @param texts empty; those of the rows are added
     */
    static RowSet of(LiveTable table, ArenaTexts[] texts) {
        RowSet rows = new RowSet(table.schema(), table.rows(), List.of(texts));
        table.forEach((bytes, key, count) -> rows.add(table.layout(), texts, bytes, key, count));
        return rows;
    }

    private void add(TupleLayout layout, ArenaTexts[] ids, byte[] bytes, int key, long count) {
        int row = size++;
        int mask = layout.foldMask(bytes, key);
        int text = key + layout.headerBytes();
        for (int d = 0; d < columns.length; d++) {
            if (!layout.kind(d).isDictionary()) {
                columns[d][row] = layout.number(bytes, key, d);
            } else if ((mask >>> d & 1) == 0) {
                int length = layout.textLength(bytes, key, d);
                columns[d][row] = ids[d].idOf(bytes, text, length);
                text += length;
            }
        }
        masks[row] = mask;
        counts[row] = count;
    }

    /**
     * The rows of several buckets of one view, equal ones added up.
     *
     * @param local empty; the texts of the rows are added
     */
    static RowSet merge(Schema schema, List<Bucket> buckets, List<LocalTexts> local, KeyHash hash) {
        int capacity = buckets.stream().mapToInt(Bucket::rows).sum();
        RowSet rows = new RowSet(schema, capacity, local);
        RowIndex index = new RowIndex(rows, rows.masks, hash, capacity);
        for (Bucket bucket : buckets) {
            for (int i = 0; i < bucket.rows(); i++) {
                rows.merge(bucket, i, local, index);
            }
        }
        return rows;
    }

    private void merge(Bucket bucket, int from, List<LocalTexts> local, RowIndex index) {
        int row = size;
        for (int d = 0; d < columns.length; d++) {
            int value = bucket.column(d).get(from);
            columns[d][row] = kind(d).isDictionary() ? local.get(d).idOf(value) : value;
        }
        masks[row] = bucket.foldMask(from);
        int same = index.findOrAdd(row);
        counts[same] += bucket.count(from);
        if (same == row) {
            size++;
        }
    }

    Schema schema() {
        return schema;
    }

    int size() {
        return size;
    }

    int dimensions() {
        return columns.length;
    }

    ColumnKind kind(int dimension) {
        return schema.get(dimension).kind();
    }

    /** The texts of a dictionary dimension. */
    TextSource texts(int dimension) {
        return texts.get(dimension);
    }

    /** Id or number of a field; 0 when folded. */
    int value(int dimension, int row) {
        return columns[dimension][row];
    }

    int mask(int row) {
        return masks[row];
    }

    /** Ordinal of the class of its status; negative when that is folded. */
    int statusClass(int row) {
        if (status == RollupDims.NONE || (masks[row] >>> status & 1) != 0) {
            return -1;
        }
        return StatusClass.of(columns[status][row]).ordinal();
    }

    long count(int row) {
        return counts[row];
    }

    void addCount(int row, long count) {
        counts[row] += count;
    }

    /** Folds a row; {@code mask} holds the dimensions that read {@code (other)} from now on. */
    void fold(int row, int mask) {
        masks[row] = mask;
        for (int d = 0; d < columns.length; d++) {
            if ((mask >>> d & 1) != 0) {
                columns[d][row] = 0;
            }
        }
    }
}
