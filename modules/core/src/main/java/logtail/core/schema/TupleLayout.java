package logtail.core.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a tuple is written as one block of bytes, its key: equal tuples have equal keys.
 *
 * <pre>
 *   2 bytes   fold mask; bit i set: dimension i reads (other)
 *   per dimension, in schema order:
 *     number kinds      the number (2, 1 or 4 bytes; 0 when folded)
 *     dictionary kinds  2 bytes: length of its text (0 when folded)
 *   the texts, in schema order, without separators
 * </pre>
 *
 * All numbers little-endian. Threadsafe.
 */
public final class TupleLayout {
    /** Longest text of one dimension: lengths are 16 bits. */
    public static final int TEXT_BYTES_MAX = 0xffff;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final Schema schema;
    private final ColumnKind[] kinds;
    private final int[] cells;
    private final int headerBytes;

    public TupleLayout(Schema schema) {
        this.schema = schema;
        this.kinds = schema.dimensions().stream().map(Dimension::kind).toArray(ColumnKind[]::new);
        this.cells = new int[kinds.length];
        int at = 2;
        for (int d = 0; d < kinds.length; d++) {
            cells[d] = at;
            at += kinds[d].isDictionary() ? 2 : kinds[d].keyBytes();
        }
        this.headerBytes = at;
    }

    public Schema schema() {
        return schema;
    }

    public ColumnKind kind(int dimension) {
        return kinds[dimension];
    }

    /** Bytes in front of the texts. */
    public int headerBytes() {
        return headerBytes;
    }

    public int foldMask(byte[] bytes, int key) {
        return Short.toUnsignedInt((short) SHORT.get(bytes, key));
    }

    public void foldMask(byte[] bytes, int key, int mask) {
        SHORT.set(bytes, key, (short) mask);
    }

    /** The number of a dimension of a number kind; an ASN as its 32 bits. */
    public int number(byte[] bytes, int key, int dimension) {
        int cell = key + cells[dimension];
        switch (kinds[dimension].keyBytes()) {
            case 1:
                return bytes[cell];
            case 2:
                return Short.toUnsignedInt((short) SHORT.get(bytes, cell));
            default:
                return (int) INT.get(bytes, cell);
        }
    }

    public void number(byte[] bytes, int key, int dimension, int value) {
        int cell = key + cells[dimension];
        switch (kinds[dimension].keyBytes()) {
            case 1:
                bytes[cell] = (byte) value;
                break;
            case 2:
                SHORT.set(bytes, cell, (short) value);
                break;
            default:
                INT.set(bytes, cell, value);
        }
    }

    /** Where the number of a dimension of a number kind stands. */
    public int numberFrom(int key, int dimension) {
        return key + cells[dimension];
    }

    /** Bytes of the number of a dimension of a number kind. */
    public int numberBytes(int dimension) {
        return kinds[dimension].keyBytes();
    }

    /** Length of the text of a dimension of a dictionary kind. */
    public int textLength(byte[] bytes, int key, int dimension) {
        return Short.toUnsignedInt((short) SHORT.get(bytes, key + cells[dimension]));
    }

    public void textLength(byte[] bytes, int key, int dimension, int length) {
        SHORT.set(bytes, key + cells[dimension], (short) length);
    }

    /** Where the text of a dimension of a dictionary kind begins. */
    public int textFrom(byte[] bytes, int key, int dimension) {
        int at = key + headerBytes;
        for (int d = 0; d < dimension; d++) {
            if (kinds[d].isDictionary()) {
                at += textLength(bytes, key, d);
            }
        }
        return at;
    }

    /** Length of the whole key. */
    public int keyBytes(byte[] bytes, int key) {
        return textFrom(bytes, key, kinds.length) - key;
    }

    /**
     * Writes a key with more dimensions folded.
     *
     * @param mask the dimensions that read {@code (other)} in the new key; those of the old one among them
     * @param out where to write, with room for the old key
     * @return bytes written
     */
    public int fold(byte[] bytes, int key, int mask, byte[] out, int at) {
        foldMask(out, at, mask);
        int from = key + headerBytes;
        int to = at + headerBytes;
        for (int d = 0; d < kinds.length; d++) {
            boolean folded = (mask >>> d & 1) != 0;
            if (!kinds[d].isDictionary()) {
                number(out, at, d, folded ? 0 : number(bytes, key, d));
                continue;
            }
            int length = textLength(bytes, key, d);
            textLength(out, at, d, folded ? 0 : length);
            if (!folded) {
                System.arraycopy(bytes, from, out, to, length);
                to += length;
            }
            from += length;
        }
        return to - at;
    }
}
