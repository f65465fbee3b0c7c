package logtail.core.query;

/** Groups summed from rollups, whose own bounds are closer than all that was folded (D10). */
final class BoundedGroups extends GroupCounts {
    private final Groups groups;
    private final Groups bounds;
    private final long missing;
    private final long[] codes;

    /**
     * @param bounds by how much each group may be more, less {@code missing}
     * @param missing by how much a group may be that no row of any rollup belongs to
     */
    BoundedGroups(Groups groups, Groups bounds, long missing) {
        super(groups.dimensions);
        this.groups = groups;
        this.bounds = bounds;
        this.missing = missing;
        this.codes = new long[dimensions.size()];
    }

    /** The most of a group that no row of any rollup belongs to. */
    long missing() {
        return missing;
    }

    @Override
    int slots() {
        return groups.slots();
    }

    @Override
    long count(int slot) {
        return groups.count(slot);
    }

    @Override
    long atMost(int slot) {
        long most = groups.atMost(slot);
        if (isFolded(slot)) {
            return most;
        }
        readCodes(slot, codes);
        int own = bounds.find(codes);
        return Math.min(most, count(slot) + missing + (own == MISSING ? 0 : bounds.count(own)));
    }

    @Override
    long code(int slot, int place) {
        return groups.code(slot, place);
    }

    @Override
    int find(long[] wanted) {
        return groups.find(wanted);
    }
}
