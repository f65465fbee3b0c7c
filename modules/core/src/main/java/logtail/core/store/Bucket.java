package logtail.core.store;

import java.util.List;

/**
 * The requests of one finished bucket, ranked: rows by count descending, ties by label bytes ascending (D12).
 * Immutable.
 *
 * @param startSeconds its timestamp: Unix seconds, a multiple of its length (D15)
 * @param lengthSeconds its length
 * @param coarse whether it belongs to the coarse ring
 * @param catchUp whether it holds lines that waited longer than one bucket before they were read (D14)
 * @param total requests: the sum of all rows
 * @param columns one per dimension, in schema order: dictionary ids for the dictionary kinds, else numbers
 * @param folds fold mask per row, 0 for none
 * @param counts requests per row
 * @param rollups the same requests by one dimension and by pairs, in the order of {@link RollupDims#of}; none when the
 *     bucket came without them
 */
public record Bucket(
        long startSeconds,
        int lengthSeconds,
        boolean coarse,
        boolean catchUp,
        long total,
        List<Column> columns,
        Column folds,
        long[] counts,
        List<Rollup> rollups) {

    public Bucket {
        columns = List.copyOf(columns);
        rollups = List.copyOf(rollups);
    }

    /** A bucket without rollups. */
    public Bucket(
            long startSeconds,
            int lengthSeconds,
            boolean coarse,
            boolean catchUp,
            long total,
            List<Column> columns,
            Column folds,
            long[] counts) {
        this(startSeconds, lengthSeconds, coarse, catchUp, total, columns, folds, counts, List.of());
    }

    public int rows() {
        return counts.length;
    }

    public Column column(int dimension) {
        return columns.get(dimension);
    }

    public int foldMask(int row) {
        return folds.get(row);
    }

    public long count(int row) {
        return counts[row];
    }

    /** The first second after it. */
    public long endSeconds() {
        return startSeconds + lengthSeconds;
    }
}
