package logtail.core.store;

import java.util.Arrays;
import java.util.List;

/**
 * The requests of a bucket by one dimension or by a pair, taken before any row was cut off (D10). Its rows stand by
 * count descending, ties by label bytes ascending; what is not listed is counted as {@code (other)}, so that all rows
 * and {@link #other()} add up to the total of the bucket. Immutable.
 *
 * @param dims what it counts by
 * @param values one column for each of those dimensions: dictionary ids, or numbers
 * @param counts requests that surely had the values of the row
 * @param classCounts by ordinal of {@code StatusClass}: those among them whose status surely is of that class
 * @param bounds by how many requests the truth may exceed the count of a row
 * @param other requests that no row counts
 * @param otherClassCounts those among them whose status surely is of a class
 * @param missing the most requests that values without a row can have
 */
public record Rollup(
        RollupDims dims,
        List<Column> values,
        Counts counts,
        List<Counts> classCounts,
        Counts bounds,
        long other,
        List<Long> otherClassCounts,
        long missing) {
    public Rollup {
        values = List.copyOf(values);
        classCounts = List.copyOf(classCounts);
        otherClassCounts = List.copyOf(otherClassCounts);
    }

    public int rows() {
        return counts.rows();
    }

    /** Requests of the bucket. */
    public long total() {
        long[] count = new long[rows()];
        counts.addTo(count);
        return other + Arrays.stream(count).sum();
    }

    /** Whether every count is the truth, and there is no value without a row. */
    public boolean complete() {
        return other == 0;
    }

    /** Heap bytes of what it counts. */
    public long bytes() {
        long bytes = counts.bytes() + bounds.bytes();
        for (Counts classes : classCounts) {
            bytes += classes.bytes();
        }
        for (Column column : values) {
            bytes += column.bytes();
        }
        return bytes;
    }
}
