package logtail.core.query;

/** All requests, as one group. */
final class TotalTally extends Tally {
    private StatusSums sums = new StatusSums();

    /** What was added since the last time. */
    StatusSums take() {
        StatusSums taken = sums;
        sums = new StatusSums();
        return taken;
    }

    @Override
    void add(Block block) {
        sums.add(StatusSums.ALL, block.sureRequests());
    }

    @Override
    void addOfClass(Block block, int statusClass) {
        sums.add(statusClass, block.sureRequests());
    }

    @Override
    void addByClass(Block block, int[] classes) {
        add(block);
        int[] sure = block.sure();
        long[] counts = block.counts();
        for (int i = 0; i < block.sureRows(); i++) {
            int statusClass = classes[sure[i]];
            if (statusClass != UNKNOWN) {
                sums.add(statusClass, counts[sure[i]]);
            }
        }
    }
}
