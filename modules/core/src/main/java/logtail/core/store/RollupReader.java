package logtail.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.traffic.StatusClass;

/** Reads what a {@link RollupWriter} wrote, and trusts none of it. Not threadsafe. */
final class RollupReader {
    private static final int CLASSES = StatusClass.values().length;
    private static final int VARINT_BITS_MAX = 63;

    private final Schema schema;
    private final byte[] bytes;
    private final List<byte[][]> texts = new ArrayList<>();
    private int at;

    RollupReader(Schema schema, byte[] bytes) {
        this.schema = schema;
        this.bytes = bytes;
    }

    PeerRollups read() throws InvalidRollupsException {
        if (varint() != RollupWriter.VERSION) {
            throw invalid("another version");
        }
        for (int d = 0; d < schema.size(); d++) {
            texts.add(schema.get(d).kind().isDictionary() ? texts() : new byte[1][0]);
        }
        List<Rollup> rollups = new ArrayList<>();
        for (RollupDims dims : RollupDims.of(schema)) {
            rollups.add(rollup(dims));
        }
        if (rollups.stream().mapToLong(Rollup::total).distinct().count() != 1) {
            throw invalid("rollups with different sums");
        }
        if (at != bytes.length) {
            throw invalid("more than rollups");
        }
        return new PeerRollups(texts.stream().<Texts>map(Own::new).toList(), rollups);
    }

    private byte[][] texts() throws InvalidRollupsException {
        int size = size();
        byte[][] read = new byte[size + 1][];
        read[0] = new byte[0];
        for (int i = 1; i <= size; i++) {
            int length = size();
            if (length > TupleLayout.TEXT_BYTES_MAX) {
                throw invalid("a text that is too long");
            }
            read[i] = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
        }
        return read;
    }

    private Rollup rollup(RollupDims dims) throws InvalidRollupsException {
        int rows = size();
        int[][] values = new int[dims.size()][rows];
        long[] counts = new long[rows];
        long[] bounds = new long[rows];
        long[][] classes = new long[CLASSES][rows];
        for (int row = 0; row < rows; row++) {
            for (int place = 0; place < values.length; place++) {
                values[place][row] = value(dims.get(place));
            }
            counts[row] = varint();
            bounds[row] = varint();
            long[] ofClass = classes(counts[row]);
            for (int c = 0; c < CLASSES; c++) {
                classes[c][row] = ofClass[c];
            }
        }
        long other = varint();
        checkSum(counts, other);
        long[] otherClasses = classes(other);
        long missing = varint();
        return new Rollup(
                dims,
                Arrays.stream(values).map(Column::of).toList(),
                Counts.of(counts),
                Arrays.stream(classes).map(Counts::of).toList(),
                Counts.of(bounds),
                other,
                Arrays.stream(otherClasses).boxed().toList(),
                missing);
    }

    /** Sums that are too large for a number are nobody's. */
    private void checkSum(long[] counts, long other) throws InvalidRollupsException {
        long sum = other;
        for (long count : counts) {
            sum += count;
            if (sum < 0) {
                throw invalid("counts that cannot be added up");
            }
        }
    }

    private int value(int dimension) throws InvalidRollupsException {
        long value = varint();
        ColumnKind kind = schema.get(dimension).kind();
        boolean fits = kind.isDictionary() ? value > 0 && value < texts.get(dimension).length : value <= 0xffff_ffffL;
        if (!fits) {
            throw invalid("no value of " + schema.get(dimension));
        }
        return (int) value;
    }

    private long[] classes(long total) throws InvalidRollupsException {
        long used = varint();
        long[] counts = new long[CLASSES];
        long sum = 0;
        for (int c = 0; c < CLASSES; c++) {
            counts[c] = (used >>> c & 1) == 0 ? 0 : varint();
            sum += counts[c];
            if (sum < 0 || sum > total) {
                throw invalid("classes that are more than their sum");
            }
        }
        return counts;
    }

    /** How many of something follow: each takes a byte at least. */
    private int size() throws InvalidRollupsException {
        long size = varint();
        if (size > bytes.length - at) {
            throw invalid("more of something than there are bytes");
        }
        return (int) size;
    }

    private long varint() throws InvalidRollupsException {
        long value = 0;
        for (int shift = 0; shift < VARINT_BITS_MAX; shift += 7) {
            if (at == bytes.length) {
                throw invalid("the end of the bytes");
            }
            byte b = bytes[at++];
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw invalid("a number that is too large");
    }

    private InvalidRollupsException invalid(String what) {
        return new InvalidRollupsException("rollups: " + what + " at byte " + at);
    }

    /** The texts of one dimension. */
    private record Own(byte[][] all) implements Texts {
        @Override
        public byte[] get(int id) {
            return all[id];
        }

        @Override
        public int limit() {
            return all.length;
        }
    }
}
