package logtail.core.store;

/** The labels of values in pieces that sort like their bytes, for {@link PieceSort}. Not threadsafe. */
final class LabelPieces {
    private final boolean[] numbers;
    private final TextOrder[] texts;

    LabelPieces(RowSet rows) {
        numbers = new boolean[rows.dimensions()];
        texts = new TextOrder[rows.dimensions()];
        for (int d = 0; d < numbers.length; d++) {
            numbers[d] = !rows.kind(d).isDictionary();
            texts[d] = new TextOrder(rows.texts(d), rows.kind(d));
        }
    }

    boolean isNumber(int dimension) {
        return numbers[dimension];
    }

    /** By id of a dictionary dimension: how many labels stand before its own. */
    int[] ranks(int dimension) {
        return texts[dimension].ranks();
    }

    long piece(int dimension, int value, int offset) {
        return numbers[dimension] ? digits(value) : texts[dimension].piece(value, 0, offset);
    }

    boolean ends(int dimension, long piece) {
        return numbers[dimension] || texts[dimension].ends(0, piece);
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
