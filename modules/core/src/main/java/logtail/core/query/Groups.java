package logtail.core.query;

import java.util.List;
import logtail.core.schema.Dimension;
import logtail.core.store.View;

/** Requests summed by the values of one or several dimensions. */
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
abstract sealed class Groups extends GroupCounts permits DenseGroups, HashedGroups {
    /** More codes than these are not worth an array slot each. */
    private static final long DENSE_CODES_MAX = 1L << 23;

    /** The same where few rows are added. */
    private static final long DENSE_CODES_MAX_OF_FEW = 1L << 19;

    Groups(List<CodedDimension> dimensions) {
        super(dimensions);
    }

    /**
     * @throws InvalidQueryException for a dimension that the view does not have
     */
    static Groups of(View view, List<Dimension> groupBy) {
        return of(view, groupBy, DENSE_CODES_MAX);
    }

    /** The same for rows that are few beside the values there are. */
    static Groups ofFew(View view, List<Dimension> groupBy) {
        return of(view, groupBy, DENSE_CODES_MAX_OF_FEW);
    }

    private static Groups of(View view, List<Dimension> groupBy, long denseCodesMax) {
        List<CodedDimension> dimensions =
                groupBy.stream().map(d -> new CodedDimension(view, d)).toList();
        boolean dense = dimensions.size() == 1 && dimensions.get(0).codes() <= denseCodesMax;
        return dense ? new DenseGroups(dimensions) : new HashedGroups(dimensions);
    }

    /** Adds the rows of the block that a filter has let through. */
    abstract void add(Block block);

    /** Whether some request that was added is folded in a grouped field. */
    abstract boolean anyFolded();
}
