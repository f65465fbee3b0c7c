package logtail.core.traffic;

import java.util.ArrayList;
import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Labels;

/**
 * What a {@link TrafficTable} had counted at one moment. Immutable; the arrays are its own.
 */
public final class TrafficCopy {
    /** What did not get a series of its own, by the families it would have been in. */
    public enum Dropped {
        REQUESTS("nginx_http_requests_total"),
        HISTOGRAMS("nginx_http_histograms"),
        BY_SOURCE("nginx_http_requests_by_source_total");

        private final String family;

        Dropped(String family) {
            this.family = family;
        }

        /** Label in {@code logtail_prom_series_dropped_total}. */
        public String family() {
            return family;
        }
    }

    private final List<String> hosts;
    private final List<String> tags;
    private final List<String> methods;
    private final long[] seriesKeys;
    private final long[] requests;
    private final long[] pairKeys;
    private final long[][] chunks;
    private final long[] bySource;
    private final long[] dropped;

    TrafficCopy(
            List<byte[]> hosts,
            List<byte[]> tags,
            List<byte[]> methods,
            long[] seriesKeys,
            long[] requests,
            long[] pairKeys,
            long[][] chunks,
            long[] bySource,
            long[] dropped) {
        this.hosts = labels(hosts);
        this.tags = labels(tags);
        this.methods = labels(methods);
        this.seriesKeys = seriesKeys;
        this.requests = requests;
        this.pairKeys = pairKeys;
        this.chunks = chunks;
        this.bySource = bySource;
        this.dropped = dropped;
    }

    private static List<String> labels(List<byte[]> texts) {
        List<String> labels = new ArrayList<>(texts.size());
        labels.add(Labels.OTHER);
        texts.subList(1, texts.size()).forEach(text -> labels.add(Labels.ofBytes(ColumnKind.TEXT, text)));
        return labels;
    }

    /** Label sets of the request counter. */
    public int series() {
        return seriesKeys.length;
    }

    public String seriesHost(int series) {
        return hosts.get(TrafficTable.host(seriesKeys[series]));
    }

    public String seriesMethod(int series) {
        return methods.get(TrafficTable.method(seriesKeys[series]));
    }

    public int seriesStatus(int series) {
        return TrafficTable.status(seriesKeys[series]);
    }

    public long requests(int series) {
        return requests[series];
    }

    /** Pairs of host and source tag; the first stands for all that have none of their own. */
    public int pairs() {
        return pairKeys.length;
    }

    public String pairHost(int pair) {
        return hosts.get(TrafficTable.pairHost(pairKeys[pair]));
    }

    public String pairTag(int pair) {
        return tags.get(TrafficTable.pairTag(pairKeys[pair]));
    }

    /** Values in one bucket of a histogram; not cumulative. */
    public long bucket(int pair, Family family, int bucket) {
        return TrafficTable.chunk(chunks, pair)[TrafficTable.familyAt(pair, family) + bucket];
    }

    /** Sum of the values, in bytes or microseconds. */
    public long sum(int pair, Family family) {
        return bucket(pair, family, family.bounds().buckets());
    }

    /** Requests whose upstream answered with a status of the class (FR-8.4). */
    public long upstream(int pair, StatusClass statusClass) {
        return TrafficTable.chunk(chunks, pair)[TrafficTable.upstreamAt(pair) + statusClass.ordinal()];
    }

    /** Source tags with a label, {@code (other)} first. */
    public List<String> tags() {
        return tags;
    }

    /** Requests by the place of their source tag in {@link #tags()}, and status class (FR-8.5). */
    public long bySource(int tag, StatusClass statusClass) {
        return bySource[tag * StatusClass.values().length + statusClass.ordinal()];
    }

    /** Requests that were counted under {@code (other)} or not at all. */
    public long dropped(Dropped what) {
        return dropped[what.ordinal()];
    }
}
