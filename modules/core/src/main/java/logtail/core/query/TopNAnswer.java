package logtail.core.query;

import java.util.List;

/**
 * The biggest groups of requests, and how sure that is (D11).
 *
 * @param rows by count descending, then label bytes ascending; of what surely matches, so that no count is 0
 * @param total requests that surely match the filter, listed or not
 * @param unknown folded requests that may match it
 * @param exact every count is the truth: nothing is unknown, and no request of the answer has a folded label
 * @param buckets complete buckets that the answer covers, empty ones included
 */
public record TopNAnswer(List<Row> rows, long total, long unknown, boolean exact, int buckets) {
    public TopNAnswer {
        rows = List.copyOf(rows);
    }

    /**
     * One group.
     *
     * @param labels one per grouped dimension, in the order of the question
     * @param folded bit i is set when label i reads {@code (other)} because it was folded
     * @param count requests that surely belong to it
     * @param atMost the most it can be, if every folded request that may belong to it does
     */
    public record Row(List<String> labels, int folded, long count, long atMost) {
        public Row {
            labels = List.copyOf(labels);
        }
    }
}
