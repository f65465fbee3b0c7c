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
    private final int dimensions;
    private final boolean[] numbers;
    private final TextOrder[] texts;

    /** By dimension and id; empty when the texts are read instead. */
    private final int[][] ranks;

    RowOrder(RowSet rows) {
        super(rows.dimensions() + 2);
        this.rows = rows;
        this.dimensions = rows.dimensions();
        this.numbers = new boolean[dimensions];
        this.texts = new TextOrder[dimensions];
        this.ranks = new int[dimensions][0];
        for (int d = 0; d < dimensions; d++) {
            numbers[d] = !rows.kind(d).isDictionary();
            texts[d] = new TextOrder(rows.texts(d), rows.kind(d));
            if (!numbers[d] && rows.texts(d).limit() <= rows.size() / SHARED) {
                ranks[d] = texts[d].ranks();
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
        return d < 0 || d == dimensions || numbers[d] || ranks[d].length > 0 || texts[d].ends(0, piece);
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
        if (numbers[d]) {
            return digits(value);
        }
        return ranks[d].length > 0 ? ranks[d][value] : texts[d].piece(value, 0, offset);
    }

    /** The decimal digits of an unsigned number, four bits each, so that they sort like its text. */
    private static long digits(int number) {
        long rest = Integer.toUnsignedLong(number);
        long digits = 0;
        do {
            digits = digits >>> 4 | rest % 10 + 1 << 36;
            rest /= 10;
        } while (rest > 0);
        return digits;
    }
}
