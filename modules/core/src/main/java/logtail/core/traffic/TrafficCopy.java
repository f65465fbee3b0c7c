package logtail.core.traffic;

import java.util.List;

/**
 * What a {@link TrafficTable} had counted at one moment. Immutable.
 *
 * <p>Hosts, source tags and methods go by their number; number 0 reads {@code (other)}.
 */
public final class TrafficCopy {
    /** Receives the label sets of the request counter. */
    @FunctionalInterface
    public interface RequestVisitor {
        /**
         * @param host number of the host
         * @param method number of the method
         */
        void visit(int host, int method, int status, long requests);
    }

    private final byte[][] hosts;
    private final byte[][] tags;
    private final byte[][] methods;
    private final LongTable requests;
    private final long[] pairs;
    private final long[][] rows;
    private final long[] bySource;
    private final long uncounted;

    TrafficCopy(
            byte[][] hosts,
            byte[][] tags,
            byte[][] methods,
            LongTable requests,
            long[] pairs,
            long[][] rows,
            long[] bySource,
            long uncounted) {
        this.hosts = hosts;
        this.tags = tags;
        this.methods = methods;
        this.requests = requests;
        this.pairs = pairs;
        this.rows = rows;
        this.bySource = bySource;
        this.uncounted = uncounted;
    }

    /** Labels of the hosts by number, made anew by each call: valid UTF-8, escaped as D11 says. */
    public List<String> hosts() {
        return Names.labels(hosts);
    }

    /** Labels of the source tags by number, made anew by each call. */
    public List<String> tags() {
        return Names.labels(tags);
    }

    /** Labels of the methods by number, made anew by each call. */
    public List<String> methods() {
        return Names.labels(methods);
    }

    /** Label sets of the request counter. */
    public int series() {
        return requests.size();
    }

    /** Visits the label sets of the request counter (FR-8.2), host by host. */
    public void forEachSeries(RequestVisitor visitor) {
        for (long key : requests.sortedKeys()) {
            visitor.visit(host(key), method(key), status(key), requests.get(key));
        }
    }

    private static int host(long series) {
        return (int) (series >>> TrafficTable.METHOD_BITS + TrafficTable.STATUS_BITS);
    }

    private static int method(long series) {
        return (int) (series >>> TrafficTable.STATUS_BITS) & (1 << TrafficTable.METHOD_BITS) - 1;
    }

    private static int status(long series) {
        return (int) series & (1 << TrafficTable.STATUS_BITS) - 1;
    }

    /** Requests counted under {@code (other)}, or not at all, because of a limit. */
    public long droppedRequests() {
        long[] dropped = {uncounted};
        forEachSeries((host, method, status, n) -> dropped[0] += host == Names.OTHER || method == Names.OTHER ? n : 0);
        return dropped[0];
    }

    /** Pairs of host and source tag with histograms. */
    public int pairs() {
        return pairs.length;
    }

    /** Number of the host of a pair. */
    public int pairHost(int pair) {
        return (int) (pairs[pair] >>> TrafficTable.TAG_BITS);
    }

    /** Number of the source tag of a pair. */
    public int pairTag(int pair) {
        return (int) pairs[pair] & (1 << TrafficTable.TAG_BITS) - 1;
    }

    /** Values in one bucket of a histogram; not cumulative. */
    public long bucket(int pair, Histogram histogram, int bucket) {
        return TrafficTable.cell(rows, pair, TrafficTable.histogramAt(histogram) + bucket);
    }

    /** Sum of the values, in bytes or microseconds. */
    public long sum(int pair, Histogram histogram) {
        return bucket(pair, histogram, histogram.bounds().buckets());
    }

    /** Values in all buckets of a histogram. */
    public long count(int pair, Histogram histogram) {
        long count = 0;
        for (int bucket = 0; bucket < histogram.bounds().buckets(); bucket++) {
            count += bucket(pair, histogram, bucket);
        }
        return count;
    }

    /** Values counted under {@code (other)} because of a limit. */
    public long dropped(Histogram histogram) {
        long dropped = 0;
        for (int pair = 0; pair < pairs(); pair++) {
            dropped += isOther(pair) ? count(pair, histogram) : 0;
        }
        return dropped;
    }

    private boolean isOther(int pair) {
        return pairHost(pair) == Names.OTHER || pairTag(pair) == Names.OTHER;
    }

    /** Requests whose upstream answered with a status of the class (FR-8.4). */
    public long upstream(int pair, StatusClass statusClass) {
        return TrafficTable.cell(rows, pair, TrafficTable.upstreamAt(statusClass));
    }

    /** Requests with an upstream counted under {@code (other)} because of a limit. */
    public long droppedUpstream() {
        long dropped = 0;
        for (int pair = 0; pair < pairs(); pair++) {
            for (StatusClass statusClass : StatusClass.values()) {
                dropped += isOther(pair) ? upstream(pair, statusClass) : 0;
            }
        }
        return dropped;
    }

    /** Requests by number of their source tag and by status class (FR-8.5). */
    public long bySource(int tag, StatusClass statusClass) {
        return bySource[tag * TrafficTable.CLASSES + statusClass.ordinal()];
    }

    /** Source tags, {@code (other)} included. */
    public int sources() {
        return tags.length;
    }

    /** Requests counted under source tag {@code (other)} because of a limit. */
    public long droppedBySource() {
        long dropped = 0;
        for (StatusClass statusClass : StatusClass.values()) {
            dropped += bySource(Names.OTHER, statusClass);
        }
        return dropped;
    }
}
