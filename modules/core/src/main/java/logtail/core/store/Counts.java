package logtail.core.store;

/**
 * Numbers of requests, row by row, each block of rows as narrow as its largest number allows: rows stand by count, so
 * that all but the first take a byte or two. Immutable.
 */
public final class Counts {
    private static final int BLOCK_BITS = 7;
    private static final int BLOCK = 1 << BLOCK_BITS;
    private static final int WIDTH_BITS = 4;

    private final int rows;

    /** By block: where its numbers stand, and in the lowest bits how many bytes each has: 0, 1, 2, 4 or 8. */
    private final int[] blocks;

    private final byte[] bytes;

    private Counts(int rows, int[] blocks, byte[] bytes) {
        this.rows = rows;
        this.blocks = blocks;
        this.bytes = bytes;
    }

    /** Packs numbers, none of them negative. */
    public static Counts of(long[] values) {
        int[] blocks = new int[values.length + BLOCK - 1 >>> BLOCK_BITS];
        int length = 0;
        for (int block = 0; block < blocks.length; block++) {
            int width = width(values, block);
            blocks[block] = length << WIDTH_BITS | width;
            length += width * (end(values.length, block) - (block << BLOCK_BITS));
        }
        byte[] bytes = new byte[length];
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            int width = blocks[i >>> BLOCK_BITS] & (1 << WIDTH_BITS) - 1;
            for (int b = 0; b < width; b++) {
                bytes[at++] = (byte) (values[i] >>> Byte.SIZE * b);
            }
        }
        return new Counts(values.length, blocks, bytes);
    }

    private static int width(long[] values, int block) {
        long all = 0;
        for (int i = block << BLOCK_BITS; i < end(values.length, block); i++) {
            all |= values[i];
        }
        int needed = Long.BYTES - Long.numberOfLeadingZeros(all) / Byte.SIZE;
        return needed == 0 ? 0 : Integer.highestOneBit(needed * 2 - 1);
    }

    private static int end(int rows, int block) {
        return Math.min(rows, block + 1 << BLOCK_BITS);
    }

    public int rows() {
        return rows;
    }

    public long get(int row) {
        int block = blocks[row >>> BLOCK_BITS];
        int width = block & (1 << WIDTH_BITS) - 1;
        int at = (block >>> WIDTH_BITS) + (row & BLOCK - 1) * width;
        long value = 0;
        for (int b = width - 1; b >= 0; b--) {
            value = value << Byte.SIZE | bytes[at + b] & 0xff;
        }
        return value;
    }

    /** Adds the number of every row to the entry of {@code out} with its index. */
    public void addTo(long[] out) {
        for (int block = 0; block < blocks.length; block++) {
            int width = blocks[block] & (1 << WIDTH_BITS) - 1;
            int at = blocks[block] >>> WIDTH_BITS;
            int from = block << BLOCK_BITS;
            int to = end(rows, block);
            switch (width) {
                case 0 -> {}
                case 1 -> {
                    for (int row = from; row < to; row++) {
                        out[row] += bytes[at++] & 0xff;
                    }
                }
                case 2 -> {
                    for (int row = from; row < to; row++, at += 2) {
                        out[row] += bytes[at] & 0xff | (bytes[at + 1] & 0xff) << Byte.SIZE;
                    }
                }
                default -> {
                    for (int row = from; row < to; row++) {
                        out[row] += get(row);
                    }
                }
            }
        }
    }

    /** Heap bytes of the numbers. */
    public long bytes() {
        return bytes.length + (long) Integer.BYTES * blocks.length;
    }
}
