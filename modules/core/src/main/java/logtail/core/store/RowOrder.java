package logtail.core.store;

import java.util.Arrays;

/**
 * The order of rows in a bucket: count descending, ties by the bytes of their label ascending (D12). The label is the
 * tuple as sent on the wire: the texts of its fields, NUL between them. Not threadsafe.
 */
/*
 * The fields of the sort are the count, the dimensions, the fold mask. Dimensions can be taken one by one because no
 * text holds a NUL: of two that begin alike, the shorter one is followed by the smaller byte.
 */
final class RowOrder extends PieceSort {
    /** Texts that at least so many rows share on average are ranked once; the others are read where they matter. */
    private static final int SHARED = 4;

    private final RowSet rows;
    private final LabelPieces labels;
    private final int dimensions;

    /** By dimension and id; empty when the texts are read instead. */
    private final int[][] ranks;

    RowOrder(RowSet rows, LabelPieces labels) {
        super(rows.dimensions() + 2);
        this.rows = rows;
        this.labels = labels;
        this.dimensions = rows.dimensions();
        this.ranks = new int[dimensions][0];
        for (int d = 0; d < dimensions; d++) {
            if (!labels.isNumber(d) && rows.texts(d).limit() <= rows.size() / SHARED) {
                ranks[d] = labels.ranks(d);
            }
        }
    }

    /** All rows, ranked. */
    int[] ranked() {
        int[] all = new int[rows.size()];
        Arrays.setAll(all, row -> row);
        sort(all);
        return all;
    }

    @Override
    boolean ends(int field, long piece) {
        int d = field - 1;
        return d < 0 || d == dimensions || ranks[d].length > 0 || labels.ends(d, piece);
    }

    @Override
    long piece(int row, int field, int offset) {
        int d = field - 1;
        if (d < 0) {
            return ~rows.count(row);
        }
        if (d == dimensions) {
            // Two rows may read the same and differ in what is folded: a status 0 and a folded one.
            return rows.mask(row);
        }
        int value = rows.value(d, row);
        return ranks[d].length > 0 ? ranks[d][value] : labels.piece(d, value, offset);
    }
}
