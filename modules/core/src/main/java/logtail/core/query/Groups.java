package logtail.core.query;

import java.util.List;
import logtail.core.schema.Dimension;
import logtail.core.store.View;

/** Requests summed by the values of one or several dimensions. A group has a slot; not every slot has a group. */
/*
 * What an answer may say of a group (D11). Take one request that was folded: some fields are known, the others may have
 * been anything. It MAY belong to group G when the filter does not refuse what is known of it, and every label of G is
 * either what is known of it or a field that was folded. Hence, with
 *
 *   sure[H]   requests of group H that surely match the filter,
 *   maybe[H]  requests of group H about which the filter cannot tell,
 *   H ~ G     every label of H is (other) or the same as that of G,
 *
 *   count(G)   = sure[G]
 *   atMost(G)  = count(G) + maybe[G] + sum of sure[H] + maybe[H] over all other H ~ G
 *
 * and the truth lies between. (other) counts as a label of its own: G = (a, (other)) takes from ((other), (other)) but
 * not from ((other), b), whose second field is known. A group all of whose labels are (other) is no group of the
 * truth but what is left over, so that its bound is its count.
 *
 * A bound stays sound, if not tight, when two conditions on one field exclude each other: each is unknown by itself.
 */
abstract sealed class Groups permits DenseGroups, HashedGroups {
    /** More codes than these are not worth an array slot each. */
    private static final long DENSE_CODES_MAX = 1L << 23;

    final List<CodedDimension> dimensions;

    Groups(List<CodedDimension> dimensions) {
        this.dimensions = dimensions;
    }

    /**
     * @throws InvalidQueryException for a dimension that the view does not have
     */
    static Groups of(View view, List<Dimension> groupBy) {
        List<CodedDimension> dimensions =
                groupBy.stream().map(d -> new CodedDimension(view, d)).toList();
        boolean dense = dimensions.size() == 1 && dimensions.get(0).codes() <= DENSE_CODES_MAX;
        return dense ? new DenseGroups(dimensions) : new HashedGroups(dimensions);
    }

    /** Adds the rows of the block that a filter has let through. */
    abstract void add(Block block);

    /** Whether some request that was added is folded in a grouped field. */
    abstract boolean anyFolded();

    abstract int slots();

    /** Requests that surely belong to the group of that slot; 0 when there is none. */
    abstract long count(int slot);

    /** The most that they can be. */
    abstract long atMost(int slot);

    /** The code of a label of the group, by its place in the group-by list. */
    abstract long code(int slot, int place);

    final String label(int slot, int place) {
        return dimensions.get(place).label(code(slot, place));
    }

    final byte[] labelBytes(int slot, int place) {
        return dimensions.get(place).labelBytes(code(slot, place));
    }
}
