package logtail.core.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import logtail.core.query.Overview.Detail;

/** The requests of the groups of a ranking, by class, by slot of time, and before. Others do not count. */
/*
 * The few codes that are ranked stand in a hash table that fits into the nearest cache, so that the millions of rows
 * of an hour cost one probe each.
 */
final class RankTally extends Tally {
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;
    private static final int NONE = -1;

    private final CodedDimension dimension;
    private final long[] keys;
    private final int[] ranks;
    private final int shift;
    private final StatusSums[] now;
    private final long[] earlier;
    private final long[][] points;
    private final long[] wide = new long[Block.ROWS_MAX];
    private int slot;
    private boolean inWindow;
    private boolean isBefore;

    /**
     * @param codes of the ranked groups, in their order
     * @param slots of time
     */
    RankTally(CodedDimension dimension, long[] codes, int slots) {
        this.dimension = dimension;
        int bits = Math.max(4, Integer.SIZE - Integer.numberOfLeadingZeros(4 * codes.length));
        this.shift = Long.SIZE - bits;
        this.keys = new long[1 << bits];
        this.ranks = new int[1 << bits];
        Arrays.fill(ranks, NONE);
        this.now = new StatusSums[codes.length];
        this.earlier = new long[codes.length];
        this.points = new long[codes.length][slots];
        for (int rank = 0; rank < codes.length; rank++) {
            now[rank] = new StatusSums();
            int at = place(codes[rank]);
            keys[at] = codes[rank];
            ranks[at] = rank;
        }
    }

    private int place(long code) {
        int at = (int) (code * ODD >>> shift);
        while (ranks[at] != NONE && keys[at] != code) {
            at = at + 1 & ranks.length - 1;
        }
        return at;
    }

    /**
     * What is added from now on belongs to that time.
     *
     * @param timeSlot negative when it is not drawn
     */
    void at(int timeSlot, boolean window, boolean before) {
        slot = timeSlot;
        inWindow = window;
        isBefore = before;
    }

    @Override
    void add(Block block) {
        long[] codes = codes(block);
        int[] sure = block.sure();
        long[] counts = block.counts();
        for (int i = 0; i < block.sureRows(); i++) {
            int rank = ranks[place(codes[sure[i]])];
            if (rank != NONE) {
                add(rank, counts[sure[i]]);
            }
        }
    }

    private void add(int rank, long count) {
        if (slot >= 0) {
            points[rank][slot] += count;
        }
        if (inWindow) {
            now[rank].add(StatusSums.ALL, count);
        }
        if (isBefore) {
            earlier[rank] += count;
        }
    }

    @Override
    void addOfClass(Block block, int statusClass) {
        long[] codes = codes(block);
        int[] sure = block.sure();
        for (int i = 0; i < block.sureRows(); i++) {
            int rank = ranks[place(codes[sure[i]])];
            if (rank != NONE && inWindow) {
                now[rank].add(statusClass, block.counts()[sure[i]]);
            }
        }
    }

    @Override
    void addByClass(Block block, int[] classes) {
        long[] codes = codes(block);
        int[] sure = block.sure();
        long[] counts = block.counts();
        for (int i = 0; i < block.sureRows(); i++) {
            int row = sure[i];
            int rank = ranks[place(codes[row])];
            if (rank != NONE) {
                add(rank, counts[row]);
                if (inWindow && classes[row] != UNKNOWN) {
                    now[rank].add(classes[row], counts[row]);
                }
            }
        }
    }

    private long[] codes(Block block) {
        if (dimension.codes() > Integer.MAX_VALUE) {
            Arrays.fill(wide, 0, block.rows(), 0);
            dimension.mixCodes(block, 0, wide);
            return wide;
        }
        int[] narrow = dimension.readCodes(block);
        for (int row = 0; row < block.rows(); row++) {
            wide[row] = narrow[row];
        }
        return wide;
    }

    List<Detail> details() {
        List<Detail> details = new ArrayList<>(now.length);
        for (int rank = 0; rank < now.length; rank++) {
            details.add(new Detail(
                    now[rank].counts(),
                    earlier[rank],
                    Arrays.stream(points[rank]).boxed().toList()));
        }
        return details;
    }
}
