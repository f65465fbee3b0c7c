package logtail.core.traffic;

import java.util.Arrays;
import logtail.core.line.Batch;
import logtail.core.line.Measure;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/**
 * Counts what FR-8 exposes: requests by host, method and status; histograms by host and source tag; requests by source
 * tag and status class. Never reset, bounded by {@link TrafficLimits}.
 *
 * <p>Not threadsafe: the store's thread writes, and makes the copies that others read.
 */
/*
 * Label values are numbered as they come, so that a request costs four look-ups in small tables and an addition in a
 * row of primitives for each histogram it has a value for. A row of histograms, one per pair of host and tag:
 *
 *   per family, in order: one count per bucket, then the sum of the values
 *   then one count per class of upstream status
 */
public final class TrafficTable {
    private static final Family[] FAMILIES = Family.values();
    private static final int CLASSES = StatusClass.values().length;
    private static final int[] FAMILY_AT = new int[FAMILIES.length];
    private static final int UPSTREAM_AT;
    private static final int ROW;

    private static final int ROWS_PER_CHUNK = 64;
    private static final int METHOD_BITS = 8;
    private static final int STATUS_BITS = 14;
    private static final int TAG_BITS = 16;

    static {
        int at = 0;
        for (Family family : FAMILIES) {
            FAMILY_AT[family.ordinal()] = at;
            at += family.bounds().buckets() + 1;
        }
        UPSTREAM_AT = at;
        ROW = at + CLASSES;
    }

    private final TupleLayout layout;
    private final int website;
    private final int status;
    private final int tag;
    private final Names hosts;
    private final Names tags;
    private final Methods methods;
    private final LongCounts series;
    private final LongCounts pairs;
    private long[] requests = new long[1024];
    private long[][] rows = new long[0][];
    private final long[] bySource;
    private final long[] dropped = new long[TrafficCopy.Dropped.values().length];

    /**
     * @throws IllegalArgumentException for a schema without website, status or source tag
     */
    public TrafficTable(TupleLayout layout, KeyHash hash, TrafficLimits limits) {
        this.layout = layout;
        this.website = dimension(layout.schema(), "website");
        this.status = dimension(layout.schema(), "status");
        this.tag = dimension(layout.schema(), "source_tag");
        this.hosts = new Names(hash, limits.hosts());
        this.tags = new Names(hash, limits.tags());
        this.methods = new Methods(hash, limits.methods());
        this.series = new LongCounts(limits.series());
        // One more for the pair that stands for all others.
        this.pairs = new LongCounts(limits.pairs() + 1);
        this.bySource = new long[(limits.tags() + 1) * CLASSES];
        row(pairs.placeOf(0));
    }

    private static int dimension(Schema schema, String name) {
        return schema.named(name)
                .map(schema::indexOf)
                .orElseThrow(() -> new IllegalArgumentException("no dimension " + name));
    }

    /** Counts every record of a batch. */
    public void add(Batch batch) {
        for (int i = 0; i < batch.records(); i++) {
            add(batch, i);
        }
    }

    private void add(Batch batch, int record) {
        byte[] keys = batch.keys();
        int key = batch.keyFrom(record);
        int code = layout.number(keys, key, status);
        int host = id(hosts, keys, key, website);
        int source = id(tags, keys, key, tag);
        int method = methods.idOf(batch.raw(), batch.methodFrom(record), batch.methodLength(record));
        request(host, method, code);
        bySource[source * CLASSES + StatusClass.of(code).ordinal()]++;
        histograms(batch, record, host, source);
        if (source == Names.OTHER) {
            dropped[TrafficCopy.Dropped.BY_SOURCE.ordinal()]++;
        }
    }

    private int id(Names names, byte[] keys, int key, int dimension) {
        int from = layout.textFrom(keys, key, dimension);
        return names.idOf(keys, from, from + layout.textLength(keys, key, dimension));
    }

    private void request(int host, int method, int code) {
        int place = series.placeOf(((long) host << METHOD_BITS | method) << STATUS_BITS | code);
        if (place == LongCounts.MISSING || host == Names.OTHER || method == Names.OTHER) {
            dropped[TrafficCopy.Dropped.REQUESTS.ordinal()]++;
        }
        if (place == LongCounts.MISSING) {
            return;
        }
        if (place >= requests.length) {
            requests = Arrays.copyOf(requests, requests.length * 2);
        }
        requests[place]++;
    }

    private void histograms(Batch batch, int record, int host, int source) {
        // Key 0 is (other), (other): half of a pair would not say whose it is.
        boolean own = host != Names.OTHER && source != Names.OTHER;
        int pair = own ? pairs.placeOf((long) host << TAG_BITS | source) : LongCounts.MISSING;
        if (pair == LongCounts.MISSING) {
            pair = 0;
            dropped[TrafficCopy.Dropped.HISTOGRAMS.ordinal()]++;
        }
        long[] chunk = row(pair);
        int row = pair % ROWS_PER_CHUNK * ROW;
        observe(chunk, row, Family.BYTES_SENT, batch.measure(record, Measure.BYTES_SENT));
        observe(chunk, row, Family.REQUEST_DURATION, batch.measure(record, Measure.REQUEST_TIME));
        observe(chunk, row, Family.REQUEST_BYTES, batch.measure(record, Measure.REQUEST_LENGTH));
        observe(chunk, row, Family.UPSTREAM_DURATION, batch.measure(record, Measure.UPSTREAM_RESPONSE_TIME));
        long upstream = batch.measure(record, Measure.UPSTREAM_STATUS);
        if (upstream >= 0) {
            chunk[row + UPSTREAM_AT + StatusClass.of((int) upstream).ordinal()]++;
        }
    }

    private long[] row(int pair) {
        int chunk = pair / ROWS_PER_CHUNK;
        if (chunk == rows.length) {
            rows = Arrays.copyOf(rows, chunk + 1);
            rows[chunk] = new long[ROWS_PER_CHUNK * ROW];
        }
        return rows[chunk];
    }

    private static void observe(long[] chunk, int row, Family family, long value) {
        if (value < 0) {
            return;
        }
        Family.Bounds bounds = family.bounds();
        int at = row + FAMILY_AT[family.ordinal()];
        chunk[at + bounds.bucketOf(value)]++;
        int sumAt = at + bounds.buckets();
        long sum = chunk[sumAt] + value;
        // A sum never goes down; one of absurd values stops at the largest number.
        chunk[sumAt] = sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Everything counted so far, for others to read. */
    public TrafficCopy copy() {
        long[] keys = series.copy();
        long[] pairKeys = pairs.copy();
        long[][] chunks = new long[rows.length][];
        Arrays.setAll(chunks, i -> rows[i].clone());
        return new TrafficCopy(
                hosts.copy(),
                tags.copy(),
                methods.copy(),
                keys,
                Arrays.copyOf(requests, keys.length),
                pairKeys,
                chunks,
                bySource.clone(),
                dropped.clone());
    }

    // ---- how a copy reads what stands here --------------------------------------------------------------------

    static int host(long seriesKey) {
        return (int) (seriesKey >>> METHOD_BITS + STATUS_BITS);
    }

    static int method(long seriesKey) {
        return (int) (seriesKey >>> STATUS_BITS) & (1 << METHOD_BITS) - 1;
    }

    static int status(long seriesKey) {
        return (int) seriesKey & (1 << STATUS_BITS) - 1;
    }

    static int pairHost(long pairKey) {
        return (int) (pairKey >>> TAG_BITS);
    }

    static int pairTag(long pairKey) {
        return (int) pairKey & (1 << TAG_BITS) - 1;
    }

    static long[] chunk(long[][] chunks, int pair) {
        return chunks[pair / ROWS_PER_CHUNK];
    }

    static int familyAt(int pair, Family family) {
        return pair % ROWS_PER_CHUNK * ROW + FAMILY_AT[family.ordinal()];
    }

    static int upstreamAt(int pair) {
        return pair % ROWS_PER_CHUNK * ROW + UPSTREAM_AT;
    }
}
