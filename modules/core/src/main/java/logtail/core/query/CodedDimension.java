package logtail.core.query;

import java.nio.charset.StandardCharsets;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.Labels;
import logtail.core.store.Texts;
import logtail.core.store.View;

/**
 * A dimension of one view whose values are told apart by codes, in which 0 is {@code (other)} for every kind: a
 * dictionary id is its own code, a number is one less than its code.
 */
final class CodedDimension {
    private static final long STATUS_CODES = 10_001;
    private static final long FLAG_CODES = 3;
    private static final long ASN_CODES = (1L << 32) + 1;

    private final int dimension;
    private final ColumnKind kind;
    private final Texts texts;
    private final int[] values = new int[Block.ROWS_MAX];
    private final LabelHead heads = new LabelHead();

    /**
     * @throws InvalidQueryException when the view does not have it
     */
    CodedDimension(View view, Dimension dimension) {
        this.dimension = view.schema().dimensions().indexOf(dimension);
        if (this.dimension < 0) {
            throw new InvalidQueryException(dimension.name() + ": there is no such dimension here");
        }
        this.kind = dimension.kind();
        this.texts = view.texts().get(this.dimension);
    }

    /** Its bit in fold masks. */
    int bit() {
        return 1 << dimension;
    }

    boolean isDictionary() {
        return kind.isDictionary();
    }

    Texts texts() {
        return texts;
    }

    /** Every code is below it. */
    long codes() {
        return switch (kind) {
            case TEXT, PREFIX -> Math.max(1, texts.limit());
            case STATUS -> STATUS_CODES;
            case FLAG -> FLAG_CODES;
            case ASN -> ASN_CODES;
        };
    }

    /** The codes of a block, row by row, if an int can hold them all; valid until the next block is read. */
    int[] readCodes(Block block) {
        block.read(dimension, values);
        if (!kind.isDictionary()) {
            for (int row = 0; row < block.rows(); row++) {
                values[row]++;
            }
            if (block.anyFolded(bit())) {
                forgetFolded(block);
            }
        }
        return values;
    }

    /** The numbers of a block, row by row, with their 32 bits; 0 where folded. Valid until the next block is read. */
    int[] readNumbers(Block block) {
        block.read(dimension, values);
        return values;
    }

    private void forgetFolded(Block block) {
        int[] masks = block.masks();
        for (int row = 0; row < block.rows(); row++) {
            values[row] = (masks[row] & bit()) != 0 ? 0 : values[row];
        }
    }

    /** Adds the codes of a block, shifted, to what {@code words} holds, row by row. */
    void mixCodes(Block block, int shift, long[] words) {
        block.read(dimension, values);
        long numberOffset = kind.isDictionary() ? 0 : 1;
        boolean unfolded = kind.isDictionary() || !block.anyFolded(bit());
        int[] masks = block.masks();
        for (int row = 0; row < block.rows(); row++) {
            long code = (values[row] & 0xffff_ffffL) + numberOffset;
            words[row] |= unfolded || (masks[row] & bit()) == 0 ? code << shift : 0;
        }
    }

    String label(long code) {
        if (code == 0) {
            return Labels.OTHER;
        }
        return kind.isDictionary() ? Labels.ofBytes(kind, texts.get((int) code)) : Labels.ofNumber((int) (code - 1));
    }

    /** The label as it sorts. */
    byte[] labelBytes(long code) {
        if (code != 0 && kind == ColumnKind.TEXT) {
            byte[] text = texts.get((int) code);
            if (isLabel(text)) {
                return text;
            }
        }
        return label(code).getBytes(StandardCharsets.UTF_8);
    }

    /** Only what ends like (other) has a label that differs from the text. */
    private static boolean isLabel(byte[] text) {
        return text.length == 0 || text[text.length - 1] != ')';
    }

    /** See {@link LabelHead}. */
    long labelHead(long code) {
        if (code != 0 && kind == ColumnKind.PREFIX) {
            return heads.ofPrefix(texts.get((int) code));
        }
        byte[] label = labelBytes(code);
        return LabelHead.of(label, label.length);
    }
}
