package logtail.core.query;

import java.util.List;

/** Groups by one dimension with few enough values: the code of the value is the slot. */
final class DenseGroups extends Groups {
    private final CodedDimension dimension;
    private final long[] sure;
    private long[] maybe = {};

    DenseGroups(List<CodedDimension> dimensions) {
        super(dimensions);
        dimension = dimensions.get(0);
        sure = new long[(int) dimension.codes()];
    }

    @Override
    void add(Block block) {
        int[] codes = dimension.readCodes(block);
        if (block.sureRows() == block.rows()) {
            addAll(codes, block.counts(), block.rows(), sure);
        } else {
            add(codes, block.counts(), block.sure(), block.sureRows(), sure);
        }
        if (block.maybeRows() > 0) {
            maybe = maybe.length == 0 ? new long[sure.length] : maybe;
            add(codes, block.counts(), block.maybe(), block.maybeRows(), maybe);
        }
    }

    private static void addAll(int[] codes, long[] counts, int rows, long[] sums) {
        for (int row = 0; row < rows; row++) {
            sums[codes[row]] += counts[row];
        }
    }

    private static void add(int[] codes, long[] counts, int[] rows, int size, long[] sums) {
        for (int i = 0; i < size; i++) {
            int row = rows[i];
            sums[codes[row]] += counts[row];
        }
    }

    @Override
    boolean anyFolded() {
        return sure[0] + maybe(0) > 0;
    }

    @Override
    int slots() {
        return sure.length;
    }

    @Override
    long count(int slot) {
        return sure[slot];
    }

    @Override
    long atMost(int slot) {
        return slot == 0 ? sure[0] : sure[slot] + maybe(slot) + sure[0] + maybe(0);
    }

    private long maybe(int slot) {
        return maybe.length == 0 ? 0 : maybe[slot];
    }

    @Override
    long code(int slot, int place) {
        return slot;
    }

    @Override
    int find(long[] codes) {
        return (int) codes[0];
    }
}
