package logtail.core.store;

import java.util.Arrays;

/** One dimension of a bucket's rows: dictionary ids or numbers, held as narrow as they allow. Immutable. */
public abstract sealed class Column {
    private Column() {}

    /** Holds values, read as unsigned 32-bit numbers; the array may be kept. */
    public static Column of(int[] values) {
        int all = 0;
        for (int value : values) {
            all |= value;
        }
        if (all == 0) {
            return zeros(values.length);
        }
        if ((all & ~0xff) == 0) {
            byte[] narrow = new byte[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (byte) values[i];
            }
            return new Bytes(narrow);
        }
        if ((all & ~0xffff) == 0) {
            char[] narrow = new char[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (char) values[i];
            }
            return new Chars(narrow);
        }
        return new Ints(values);
    }

    /** So many rows of 0: a dimension that nothing is known of, or fold masks of rows that are not folded. */
    public static Column zeros(int rows) {
        return new Zeros(rows);
    }

    /** Whether every value is 0. */
    public boolean isZero() {
        return this instanceof Zeros;
    }

    /** The value of a row: a dictionary id, or a number with the same 32 bits. */
    public abstract int get(int row);

    public abstract int rows();

    /** Copies the values of rows [from, to) to the start of {@code out}: what reads many rows pays no call for each. */
    public abstract void read(int from, int to, int[] out);

    /** Heap bytes of the values. */
    public abstract long bytes();

    static final class Zeros extends Column {
        private final int rows;

        Zeros(int rows) {
            this.rows = rows;
        }

        @Override
        public int get(int row) {
            return 0;
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public void read(int from, int to, int[] out) {
            Arrays.fill(out, 0, to - from, 0);
        }

        @Override
        public long bytes() {
            return 0;
        }
    }

    static final class Bytes extends Column {
        final byte[] values;

        Bytes(byte[] values) {
            this.values = values;
        }

        @Override
        public int get(int row) {
            return values[row] & 0xff;
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public void read(int from, int to, int[] out) {
            for (int i = 0; i < to - from; i++) {
                out[i] = values[from + i] & 0xff;
            }
        }

        @Override
        public long bytes() {
            return values.length;
        }
    }

    static final class Chars extends Column {
        final char[] values;

        Chars(char[] values) {
            this.values = values;
        }

        @Override
        public int get(int row) {
            return values[row];
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public void read(int from, int to, int[] out) {
            for (int i = 0; i < to - from; i++) {
                out[i] = values[from + i];
            }
        }

        @Override
        public long bytes() {
            return 2L * values.length;
        }
    }

    static final class Ints extends Column {
        final int[] values;

        Ints(int[] values) {
            this.values = values;
        }

        @Override
        public int get(int row) {
            return values[row];
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public void read(int from, int to, int[] out) {
            System.arraycopy(values, from, out, 0, to - from);
        }

        @Override
        public long bytes() {
            return 4L * values.length;
        }
    }
}
