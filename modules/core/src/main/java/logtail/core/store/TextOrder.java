package logtail.core.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Labels;

/** The order of the texts of one dimension by the bytes of their label. Not threadsafe. */
final class TextOrder extends PieceSort {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] OTHER = Labels.OTHER.getBytes(StandardCharsets.UTF_8);

    private final TextSource texts;

    TextOrder(TextSource texts, ColumnKind kind) {
        super(1);
        this.texts = kind == ColumnKind.PREFIX ? new PrefixLabels(texts) : texts;
    }

    /** By id: how many labels stand before its own. */
    int[] ranks() {
        int[] ids = IntStream.range(0, texts.limit()).toArray();
        sort(ids);
        int[] ranks = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ranks[ids[i]] = i;
        }
        return ranks;
    }

    @Override
    boolean ends(int field, long piece) {
        // No text holds a NUL: it is what follows the last byte.
        return (piece & 0xff) == 0;
    }

    @Override
    long piece(int id, int field, int offset) {
        if (id == Texts.OTHER) {
            return word(OTHER, 0, OTHER.length, offset);
        }
        byte[] array = texts.array(id);
        int from = texts.from(id);
        int length = texts.length(id);
        return Labels.looksFolded(array, from, length)
                ? escaped(array, from, length, offset)
                : word(array, from, length, offset);
    }

    /** Eight bytes of a text with a backslash in front. */
    private static long escaped(byte[] array, int from, int length, int offset) {
        if (offset > 0) {
            return word(array, from, length, offset - 1);
        }
        long word = word(array, from, length, 0) ^ Long.MIN_VALUE;
        return ((long) '\\' << 56 | word >>> 8) ^ Long.MIN_VALUE;
    }

    /** Eight bytes of a text, zeros behind its end. */
    private static long word(byte[] array, int from, int length, int offset) {
        int rest = length - offset;
        int at = from + offset;
        long word = 0;
        if (rest > 0 && at + Long.BYTES <= array.length) {
            word = (long) LONG.get(array, at);
            word = rest >= Long.BYTES ? word : word & -1L << Long.SIZE - Byte.SIZE * rest;
        } else {
            for (int i = 0; i < Math.min(rest, Long.BYTES); i++) {
                word |= (array[at + i] & 0xffL) << Long.SIZE - Byte.SIZE - Byte.SIZE * i;
            }
        }
        return word ^ Long.MIN_VALUE;
    }
}
