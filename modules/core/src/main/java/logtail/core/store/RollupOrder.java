package logtail.core.store;

import java.util.Arrays;

/**
 * The order of the rows of a rollup: count descending, ties by the bytes of their label ascending (D12). Not
 * threadsafe.
 */
final class RollupOrder extends PieceSort {
    /** Larger counts are told apart by sorting. */
    private static final int SMALL_MAX = 4096;

    private final RollupSums sums;
    private final LabelPieces labels;

    RollupOrder(RollupSums sums, LabelPieces labels) {
        super(sums.dims().size() + 1);
        this.sums = sums;
        this.labels = labels;
    }

    /**
     * The first rows, ranked, and the others left out. When there are too many values, those that came once are not
     * worth a row: in a flood of them, which ones are kept would say nothing.
     */
    int[] first(int rowsMax) {
        long floor = sums.slots() <= rowsMax ? 0 : countOfRank(rowsMax + 1);
        int[] above = new int[sums.slots()];
        int[] equal = new int[sums.slots()];
        int aboveSize = 0;
        int equalSize = 0;
        for (int slot = 0; slot < sums.slots(); slot++) {
            if (sums.count(slot) > floor) {
                above[aboveSize++] = slot;
            } else if (sums.count(slot) == floor && floor > 1) {
                equal[equalSize++] = slot;
            } else {
                sums.leaveOut(slot);
            }
        }
        int[] first = Arrays.copyOf(above, aboveSize);
        sort(first);
        if (equalSize == 0) {
            return first;
        }
        int[] ties = Arrays.copyOf(equal, equalSize);
        sort(ties);
        int room = Math.min(rowsMax - aboveSize, equalSize);
        for (int i = room; i < equalSize; i++) {
            sums.leaveOut(ties[i]);
        }
        int[] all = Arrays.copyOf(first, aboveSize + room);
        System.arraycopy(ties, 0, all, aboveSize, room);
        return all;
    }

    /** The count of the row that stands at that place, 1 being the first. */
    private long countOfRank(int rank) {
        int[] small = new int[SMALL_MAX];
        long[] large = new long[sums.slots()];
        int larges = 0;
        for (int slot = 0; slot < sums.slots(); slot++) {
            long count = sums.count(slot);
            if (count < SMALL_MAX) {
                small[(int) count]++;
            } else {
                large[larges++] = count;
            }
        }
        if (rank <= larges) {
            Arrays.sort(large, 0, larges);
            return large[larges - rank];
        }
        int count = SMALL_MAX;
        for (int rest = rank - larges; rest > 0; rest -= small[count]) {
            count--;
        }
        return count;
    }

    @Override
    long piece(int slot, int field, int offset) {
        return field == 0
                ? ~sums.count(slot)
                : labels.piece(sums.dims().get(field - 1), sums.value(slot, field - 1), offset);
    }

    @Override
    boolean ends(int field, long piece) {
        return field == 0 || labels.ends(sums.dims().get(field - 1), piece);
    }
}
