package logtail.core.query;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import logtail.core.schema.Dimension;
import logtail.core.time.Window;

/**
 * Which values, or combinations of values, most of the requests have.
 *
 * @param filter the requests that count
 * @param groupBy one dimension or several different ones; the order is that of the labels
 * @param n rows at most, 1 to {@link #ROWS_MAX}; more is cut to that (D29)
 * @param window how far back
 */
public record TopNQuery(Filter filter, List<Dimension> groupBy, int n, Window window) {
    /** Most rows of one answer; who asks for more gets as many. */
    public static final int ROWS_MAX = 50_000;

    /**
     * @throws InvalidQueryException for no dimension, one that is named twice, or no rows
     */
    public TopNQuery {
        groupBy = List.copyOf(groupBy);
        if (groupBy.isEmpty()) {
            throw new InvalidQueryException("group by: names no dimension");
        }
        Set<Dimension> seen = new HashSet<>();
        for (Dimension dimension : groupBy) {
            if (!seen.add(dimension)) {
                throw new InvalidQueryException("group by: " + dimension.name() + " is named twice");
            }
        }
        if (n <= 0) {
            throw new InvalidQueryException("n: " + n + " is not a number from 1 to " + ROWS_MAX);
        }
        n = Math.min(n, ROWS_MAX);
    }
}
