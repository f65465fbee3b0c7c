package logtail.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import logtail.core.schema.KeyHash;
import logtail.core.schema.TupleLayout;

/** Makes a view of one bucket from rows that no store has counted, so that they can be asked like any other. */
public final class ViewBuilder {
    private static final int BUCKET_SECONDS = 60;

    private final TupleLayout layout;
    private final int[][] columns;
    private final int[] masks;
    private final long[] counts;
    private final List<TextIds> texts = new ArrayList<>();
    private int size;
    private long total;

    /**
     * @param rows as many as will be added
     */
    public ViewBuilder(TupleLayout layout, KeyHash hash, int rows) {
        this.layout = layout;
        this.columns = new int[layout.schema().size()][rows];
        this.masks = new int[rows];
        this.counts = new long[rows];
        for (int d = 0; d < columns.length; d++) {
            texts.add(new TextIds(hash));
        }
    }

    /** Adds a row; its key is no other row's. */
    public void add(byte[] bytes, int key, long count) {
        int mask = layout.foldMask(bytes, key);
        int text = key + layout.headerBytes();
        for (int d = 0; d < columns.length; d++) {
            if (!layout.kind(d).isDictionary()) {
                columns[d][size] = layout.number(bytes, key, d);
            } else if ((mask >>> d & 1) == 0) {
                int length = layout.textLength(bytes, key, d);
                columns[d][size] = texts.get(d).idOf(bytes, text, length);
                text += length;
            }
        }
        masks[size] = mask;
        counts[size] = count;
        total += count;
        size++;
    }

    /** The view, whose one bucket is in every window. */
    public View build() {
        List<Column> built = new ArrayList<>();
        for (int[] column : columns) {
            built.add(Column.of(Arrays.copyOf(column, size)));
        }
        Bucket bucket = new Bucket(
                0,
                BUCKET_SECONDS,
                false,
                false,
                total,
                built,
                Column.of(Arrays.copyOf(masks, size)),
                Arrays.copyOf(counts, size));
        List<Texts> all = new ArrayList<>(texts);
        return new View(layout.schema(), List.of(bucket), List.of(), all, BUCKET_SECONDS, 0, BUCKET_SECONDS);
    }
}
