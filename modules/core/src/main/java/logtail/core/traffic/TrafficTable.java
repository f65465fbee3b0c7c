package logtail.core.traffic;

import java.util.Arrays;
import java.util.stream.IntStream;
import logtail.core.line.Batch;
import logtail.core.line.Measure;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/**
 * Counts what FR-8 exposes: requests by host, method and status; histograms by host and source tag; requests by source
 * tag and status class. Bounded by {@link TrafficLimits}, never reset.
 *
 * <p>Not threadsafe: one thread counts and makes the copies that others read.
 */
/*
 * Label values are numbered as they come, so that a request costs four look-ups in small tables and an addition in a
 * row of primitives for each histogram it has a value for. Nothing is allocated but for what was never seen before.
 *
 * A row holds the histograms of one pair of host and tag; rows come in chunks, so that growing copies nothing:
 *
 *   per histogram, in order: one count per bucket, then the sum of the values
 *   then one count per class of upstream status
 *
 * Row 0 is (other), (other): the key of that pair is 0 as well.
 */
public final class TrafficTable {
    static final int CLASSES = StatusClass.values().length;
    static final int METHOD_BITS = 8;
    static final int STATUS_BITS = 14;
    static final int TAG_BITS = 16;

    private static final int ROWS_PER_CHUNK = 64;
    private static final int[] HISTOGRAM_AT = new int[Histogram.values().length];
    private static final int UPSTREAM_AT;
    private static final int ROW;

    static {
        int at = 0;
        for (Histogram histogram : Histogram.values()) {
            HISTOGRAM_AT[histogram.ordinal()] = at;
            at += histogram.bounds().buckets() + 1;
        }
        UPSTREAM_AT = at;
        ROW = at + CLASSES;
    }

    private final TupleLayout layout;
    private final int website;
    private final int status;
    private final int tag;
    private final boolean tagIsLast;
    private final Names hosts;
    private final Names tags;
    private final Methods methods;
    private final LongTable requests;
    /** Row of a pair, plus one. */
    private final LongTable rowOfPair;

    private long[] pairs = new long[ROWS_PER_CHUNK];
    private long[][] rows = new long[0][];
    private final long[] bySource;
    private long uncounted;

    /**
     * @throws IllegalArgumentException for a schema without website, status or source tag
     */
    public TrafficTable(TupleLayout layout, KeyHash hash, TrafficLimits limits) {
        this.layout = layout;
        this.website = dimension(layout.schema(), "website");
        this.status = dimension(layout.schema(), "status");
        this.tag = dimension(layout.schema(), "source_tag");
        this.tagIsLast = IntStream.range(tag + 1, layout.schema().size())
                .noneMatch(d -> layout.kind(d).isDictionary());
        this.hosts = new Names(hash, limits.hosts(), limits.labelBytes());
        this.tags = new Names(hash, limits.tags(), limits.labelBytes());
        this.methods = new Methods(hash, limits.methods());
        this.requests = new LongTable(hash, limits.series());
        this.rowOfPair = new LongTable(hash, limits.pairs() + 1);
        this.bySource = new long[(limits.tags() + 1) * CLASSES];
        rowOf(Names.OTHER, Names.OTHER);
    }

    private static int dimension(Schema schema, String name) {
        return schema.named(name)
                .map(schema::indexOf)
                .orElseThrow(() -> new IllegalArgumentException("no dimension " + name));
    }

    /** Counts every record of a batch. */
    public void add(Batch batch) {
        int records = batch.records();
        for (int i = 0; i < records; i++) {
            add(batch, i);
        }
    }

    private void add(Batch batch, int record) {
        byte[] keys = batch.keys();
        int key = batch.keyFrom(record);
        int code = layout.number(keys, key, status);
        int host = id(hosts, keys, layout.textFrom(keys, key, website), layout.textLength(keys, key, website));
        int source = id(tags, keys, tagFrom(batch, record), layout.textLength(keys, key, tag));
        int method = methods.idOf(batch.raw(), batch.methodFrom(record), batch.methodLength(record));
        request(host, method, code);
        bySource[source * CLASSES + StatusClass.of(code).ordinal()]++;
        observe(batch, record, rowOf(host, source));
    }

    private static int id(Names names, byte[] keys, int from, int length) {
        return names.idOf(keys, from, from + length);
    }

    private int tagFrom(Batch batch, int record) {
        int key = batch.keyFrom(record);
        // Adding up the lengths of the texts in front costs more than looking one up.
        return tagIsLast
                ? batch.keyTo(record) - layout.textLength(batch.keys(), key, tag)
                : layout.textFrom(batch.keys(), key, tag);
    }

    private void request(int host, int method, int code) {
        if (!requests.add(((long) host << METHOD_BITS | method) << STATUS_BITS | code, 1)) {
            uncounted++;
        }
    }

    private int rowOf(int host, int source) {
        long pair = (long) host << TAG_BITS | source;
        int known = (int) rowOfPair.get(pair);
        if (known != 0) {
            return known - 1;
        }
        int row = rowOfPair.size();
        if (!rowOfPair.add(pair, row + 1)) {
            return 0;
        }
        newRow(row, pair);
        return row;
    }

    private void newRow(int row, long pair) {
        if (row == pairs.length) {
            pairs = Arrays.copyOf(pairs, row * 2);
        }
        pairs[row] = pair;
        if (row == rows.length * ROWS_PER_CHUNK) {
            rows = Arrays.copyOf(rows, rows.length + 1);
            rows[rows.length - 1] = new long[ROWS_PER_CHUNK * ROW];
        }
    }

    private void observe(Batch batch, int record, int row) {
        long[] chunk = rows[row / ROWS_PER_CHUNK];
        int at = row % ROWS_PER_CHUNK * ROW;
        at = observe(chunk, at, Histogram.BYTES_SENT, batch.measure(record, Measure.BYTES_SENT));
        at = observe(chunk, at, Histogram.REQUEST_DURATION, batch.measure(record, Measure.REQUEST_TIME));
        at = observe(chunk, at, Histogram.REQUEST_BYTES, batch.measure(record, Measure.REQUEST_LENGTH));
        at = observe(chunk, at, Histogram.UPSTREAM_DURATION, batch.measure(record, Measure.UPSTREAM_RESPONSE_TIME));
        long upstream = batch.measure(record, Measure.UPSTREAM_STATUS);
        if (upstream >= 0) {
            chunk[at + StatusClass.of((int) upstream).ordinal()]++;
        }
    }

    /** Counts a value in the histogram at {@code at}; returns where the next one stands. */
    private static int observe(long[] chunk, int at, Histogram histogram, long value) {
        Histogram.Bounds bounds = histogram.bounds();
        int sumAt = at + bounds.buckets();
        if (value >= 0) {
            chunk[at + bounds.bucketOf(value)]++;
            long sum = chunk[sumAt] + value;
            // A sum never goes down; one of absurd values stops at the largest number.
            chunk[sumAt] = sum < 0 ? Long.MAX_VALUE : sum;
        }
        return sumAt + 1;
    }

    /** Everything counted so far, for others to read. Costs the writer no more than copying some arrays. */
    public TrafficCopy copy() {
        long[][] frozen = new long[rows.length][];
        Arrays.setAll(frozen, i -> rows[i].clone());
        return new TrafficCopy(
                hosts.copy(),
                tags.copy(),
                methods.copy(),
                requests.copy(),
                Arrays.copyOf(pairs, rowOfPair.size()),
                frozen,
                bySource.clone(),
                uncounted);
    }

    // ---- how a copy reads what stands here --------------------------------------------------------------------

    static long cell(long[][] rows, int row, int at) {
        return rows[row / ROWS_PER_CHUNK][row % ROWS_PER_CHUNK * ROW + at];
    }

    static int histogramAt(Histogram histogram) {
        return HISTOGRAM_AT[histogram.ordinal()];
    }

    static int upstreamAt(StatusClass statusClass) {
        return UPSTREAM_AT + statusClass.ordinal();
    }
}
