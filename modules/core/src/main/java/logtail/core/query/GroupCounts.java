package logtail.core.query;

import java.util.List;

/**
 * Groups of requests with what is sure of each and what is possible (D11). A group has a slot; not every slot has a
 * group.
 */
abstract class GroupCounts {
    /** No group. */
    static final int MISSING = -1;

    final List<CodedDimension> dimensions;

    GroupCounts(List<CodedDimension> dimensions) {
        this.dimensions = dimensions;
    }

    abstract int slots();

    /** Requests that surely belong to the group of that slot; 0 when there is none. */
    abstract long count(int slot);

    /** The most that they can be. */
    abstract long atMost(int slot);

    /** The code of a label of the group, by its place in the group-by list. */
    abstract long code(int slot, int place);

    /** The slot of the group with those codes, or {@link #MISSING}. */
    abstract int find(long[] codes);

    final void readCodes(int slot, long[] codes) {
        for (int place = 0; place < codes.length; place++) {
            codes[place] = code(slot, place);
        }
    }

    /** Whether some label of the group reads (other) because it was folded. */
    final boolean isFolded(int slot) {
        for (int place = 0; place < dimensions.size(); place++) {
            if (code(slot, place) == 0) {
                return true;
            }
        }
        return false;
    }

    final String label(int slot, int place) {
        return dimensions.get(place).label(code(slot, place));
    }

    /** Enough of the first label to tell most groups apart; see {@link LabelHead}. */
    final long labelHead(int slot) {
        return dimensions.get(0).labelHead(code(slot, 0));
    }

    final byte[] labelBytes(int slot, int place) {
        return dimensions.get(place).labelBytes(code(slot, place));
    }
}
