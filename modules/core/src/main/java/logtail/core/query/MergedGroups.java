package logtail.core.query;

/**
 * What two sources know of the same requests: of each group the larger sure count and the smaller bound. Whatever is
 * left of the total is {@code (other)}.
 */
final class MergedGroups extends GroupCounts {
    private final GroupCounts first;
    private final GroupCounts second;

    /** The most of a group that the first source does not have. */
    private final long missing;

    private final long[] counts;
    private final int[] inOther;
    private final long total;

    /** Slot of the group whose labels are all (other). */
    private final int rest;

    /**
     * @param missing the most of a group that {@code first} does not have
     * @param atLeast what surely matches
     */
    MergedGroups(GroupCounts first, GroupCounts second, long missing, long atLeast) {
        super(first.dimensions);
        this.first = first;
        this.second = second;
        this.missing = missing;
        int slots = first.slots() + second.slots() + 1;
        this.counts = new long[slots];
        this.inOther = new int[slots];
        this.rest = slots - 1;
        long sum = merge();
        this.total = Math.max(sum, atLeast);
        counts[rest] = total - sum;
    }

    private long merge() {
        long[] codes = new long[dimensions.size()];
        long sum = 0;
        for (int slot = 0; slot < rest; slot++) {
            boolean mine = slot < first.slots();
            GroupCounts own = mine ? first : second;
            GroupCounts other = mine ? second : first;
            int at = mine ? slot : slot - first.slots();
            if (own.count(at) == 0 || own.isFolded(at)) {
                continue;
            }
            own.readCodes(at, codes);
            inOther[slot] = other.find(codes);
            long there = inOther[slot] == MISSING ? 0 : other.count(inOther[slot]);
            if (mine || there == 0) {
                counts[slot] = Math.max(own.count(at), there);
                sum += counts[slot];
            }
        }
        return sum;
    }

    /** Requests of all groups. */
    long total() {
        return total;
    }

    @Override
    int slots() {
        return counts.length;
    }

    @Override
    long count(int slot) {
        return counts[slot];
    }

    @Override
    long atMost(int slot) {
        if (slot == rest) {
            return counts[slot];
        }
        if (slot >= first.slots()) {
            return Math.max(counts[slot], Math.min(missing, second.atMost(slot - first.slots())));
        }
        int there = inOther[slot];
        long most = first.atMost(slot);
        most = there == MISSING || second.count(there) == 0 ? most : Math.min(most, second.atMost(there));
        return Math.max(counts[slot], most);
    }

    @Override
    long code(int slot, int place) {
        if (slot == rest) {
            return 0;
        }
        return slot < first.slots() ? first.code(slot, place) : second.code(slot - first.slots(), place);
    }

    /** Nobody looks for groups in what is merged. */
    @Override
    int find(long[] codes) {
        throw new UnsupportedOperationException();
    }
}
