package logtail.core.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.IpAddress;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Prefix;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the v1 and v2 formats (FR-2.2, FR-2.3): the version tag, then tab-separated fields, exactly as many as the
 * version has.
 *
 * <p>Not threadsafe.
 */
/*
 * A line is scanned eight bytes at a time for tabs and its LF. The scan writes every position it might have found
 * and then advances by how many it did, so that it does not branch on the data: fields are so short that a branch
 * per field would be mispredicted more often than not. The tuple key is written in the same pass that looks for the
 * question mark. Nothing is allocated.
 */
public final class LogtailDecoder implements LineDecoder {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final List<String> V1 = List.of(
            "version",
            "host",
            "remote_addr",
            "request_method",
            "request_uri",
            "status",
            "body_bytes_sent",
            "request_time",
            "is_tor",
            "asn",
            "ipng_source_tag",
            "server_addr",
            "scheme");
    private static final List<String> V2 = List.of(
            "version",
            "host",
            "remote_addr",
            "request_method",
            "request_uri",
            "status",
            "bytes_sent",
            "request_length",
            "request_time",
            "upstream_response_time",
            "upstream_status",
            "is_tor",
            "asn",
            "ipng_source_tag",
            "server_addr",
            "scheme");

    /** More tabs than any version has; their number stops counting there. */
    private static final int TABS_MAX = 24;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = ONES << 7;
    private static final long LOW = ~HIGH;
    private static final long QUESTION_MARKS = '?' * ONES;

    private final TupleLayout layout;
    private final KeyHash hash;
    private final DecoderOptions options;
    private final Version v1;
    private final Version v2;
    private final int[] ends = new int[TABS_MAX + 8 + 2];
    private final byte[] address = new byte[16];
    private final ColumnKind[] kinds;
    private final boolean[] paths;
    private final int[] cells;
    private final boolean measured;

    /** Line end and oddness of the line last scanned. */
    private int lineEnd;

    private int tabs;
    private boolean odd;

    /** The field of each dimension and measure in the lines of one version; 0 where it has none. */
    private static final class Version {
        final int fields;
        final int[] dimensions;

        /** Most dimensions that one field feeds. */
        final int copies;

        final int method;
        final int bytesSent;
        final int requestLength;
        final int requestTime;
        final int upstreamTime;
        final int upstreamStatus;

        Version(List<String> names, Schema schema) {
            fields = names.size();
            dimensions = new int[schema.size()];
            for (int d = 0; d < dimensions.length; d++) {
                dimensions[d] = fieldOf(names, schema.get(d));
            }
            copies = Arrays.stream(dimensions)
                    .map(field -> (int)
                            Arrays.stream(dimensions).filter(f -> f == field).count())
                    .max()
                    .orElse(1);
            method = names.indexOf("request_method");
            bytesSent = Math.max(names.indexOf("bytes_sent"), names.indexOf("body_bytes_sent"));
            requestLength = Math.max(0, names.indexOf("request_length"));
            requestTime = names.indexOf("request_time");
            upstreamTime = Math.max(0, names.indexOf("upstream_response_time"));
            upstreamStatus = Math.max(0, names.indexOf("upstream_status"));
        }

        private static int fieldOf(List<String> names, Dimension dimension) {
            return dimension.variables().stream()
                    .mapToInt(names::indexOf)
                    .filter(field -> field > 0)
                    .findFirst()
                    .orElse(0);
        }
    }

    public LogtailDecoder(TupleLayout layout, KeyHash hash, DecoderOptions options) {
        this(layout, hash, options, true);
    }

    /**
     * @param measured whether records have measures; without them lines cost less
     */
    public LogtailDecoder(TupleLayout layout, KeyHash hash, DecoderOptions options, boolean measured) {
        this.measured = measured;
        this.layout = layout;
        this.hash = hash;
        this.options = options;
        this.v1 = new Version(V1, layout.schema());
        this.v2 = new Version(V2, layout.schema());
        this.kinds = layout.schema().dimensions().stream().map(Dimension::kind).toArray(ColumnKind[]::new);
        this.paths = new boolean[layout.schema().size()];
        this.cells = new int[paths.length];
        for (int d = 0; d < paths.length; d++) {
            cells[d] = layout.numberFrom(0, d);
            paths[d] = layout.schema().get(d).variables().contains("request_uri");
        }
    }

    @Override
    public void decode(Batch batch) {
        batch.clearRecords();
        byte[] raw = batch.raw();
        int length = batch.rawLength();
        raw[length] = '\n';
        int at = 0;
        while (at < length) {
            scan(raw, at);
            line(batch, raw, at, lineEnd);
            at = lineEnd + 1;
        }
        batch.hashKeys(hash);
        batch.stats().accepted(batch.records(), length);
    }

    /** Finds the LF behind {@code from} and the tabs before it. */
    private void scan(byte[] raw, int from) {
        int n = 0;
        long strange = 0;
        int at = from;
        while (true) {
            long word = (long) LONG.get(raw, at);
            long low = word & LOW;
            // Per byte, the high bit of: at least 9, at least 10, at least 11.
            long nine = low + (0x80 - 9) * ONES;
            long ten = low + (0x80 - 10) * ONES;
            long eleven = low + (0x80 - 11) * ONES;
            long ascii = ~word & HIGH;
            long tab = nine & ~ten & ascii;
            long newline = ten & ~eleven & ascii;
            strange |= word | ~(low + LOW);
            if (newline != 0) {
                int bit = Long.numberOfTrailingZeros(newline);
                tab &= (1L << bit) - 1;
                n = mark(tab, at, n);
                lineEnd = at + (bit >>> 3);
                break;
            }
            n = mark(tab, at, n);
            at += 8;
        }
        tabs = n;
        odd = (strange & HIGH) != 0;
    }

    private int mark(long found, int at, int n) {
        ends[n] = at + (Long.numberOfTrailingZeros(found) >>> 3);
        long rest = found & found - 1;
        ends[n + 1] = at + (Long.numberOfTrailingZeros(rest) >>> 3);
        rest &= rest - 1;
        for (int i = n + 2; rest != 0; rest &= rest - 1) {
            ends[i++] = at + (Long.numberOfTrailingZeros(rest) >>> 3);
        }
        return Math.min(n + Long.bitCount(found), TABS_MAX);
    }

    private void line(Batch batch, byte[] raw, int start, int lf) {
        int end = lf > start && raw[lf - 1] == '\r' ? lf - 1 : lf;
        if (end == start) {
            return;
        }
        if (lf - start > options.lineBytes()) {
            batch.stats().rejected(RejectReason.TOO_LONG, batch.receivedAtMs(), options.lineBytes(), raw, start, end);
            return;
        }
        Version version = version(raw, start);
        if (version == null) {
            batch.stats().rejected(RejectReason.VERSION, batch.receivedAtMs(), 0, raw, start, end);
            return;
        }
        if (tabs != version.fields - 1) {
            int column = tabs < version.fields - 1 ? end - start : ends[version.fields - 1] - start;
            batch.stats().rejected(RejectReason.FIELDS, batch.receivedAtMs(), column, raw, start, end);
            return;
        }
        ends[tabs] = end;
        int key = key(batch, raw, version, end - start);
        if (key < 0) {
            int field = ~key;
            int column = field == 0 ? 0 : ends[field - 1] + 1 - start;
            batch.stats().rejected(RejectReason.ADDRESS, batch.receivedAtMs(), column, raw, start, end);
            return;
        }
        int method = ends[version.method - 1] + 1;
        batch.add(key, method, ends[version.method] - method);
        if (measured) {
            measures(batch, raw, version);
        }
    }

    private @Nullable Version version(byte[] raw, int start) {
        if (tabs == 0) {
            return null;
        }
        int tab = ends[0];
        int tag = options.syslogHeader() && raw[start] == '<' ? afterSyslogHeader(raw, start, tab) : start;
        if (tab - tag != 2 || raw[tag] != 'v') {
            return null;
        }
        return raw[tag + 1] == '2' ? v2 : raw[tag + 1] == '1' ? v1 : null;
    }

    /** Where the version tag begins behind {@code <PRI>...}; the header of neither RFC holds a tab. */
    private static int afterSyslogHeader(byte[] raw, int start, int tab) {
        int at = start + 1;
        while (at < tab && at - start <= 3 && raw[at] >= '0' && raw[at] <= '9') {
            at++;
        }
        boolean pri = at > start + 1 && raw[at] == '>';
        return pri && tab - 3 > at && raw[tab - 3] == ' ' ? tab - 2 : start;
    }

    /** Writes the tuple key behind the batch's last one; returns its length, or ~field of one that is no address. */
    private int key(Batch batch, byte[] raw, Version version, int lineBytes) {
        int texts = lineBytes * version.copies * (odd ? Utf8.GROWTH_MAX : 1);
        int room = layout.headerBytes() + Prefix.BYTES_MAX * version.dimensions.length + texts;
        byte[] keys = batch.keysFor(room);
        int key = batch.nextKey();
        layout.foldMask(keys, key, 0);
        int to = key + layout.headerBytes();
        for (int d = 0; d < version.dimensions.length; d++) {
            int field = version.dimensions[d];
            int from = field == 0 ? 0 : ends[field - 1] + 1;
            int end = field == 0 ? 0 : ends[field];
            int cell = key + cells[d];
            switch (kinds[d]) {
                case TEXT:
                    int length = text(raw, from, end, paths[d], keys, to);
                    SHORT.set(keys, cell, (short) length);
                    to += length;
                    break;
                case PREFIX:
                    int bytes = prefix(raw, from, end, keys, to);
                    if (bytes == 0) {
                        return ~field;
                    }
                    SHORT.set(keys, cell, (short) bytes);
                    to += bytes;
                    break;
                case STATUS:
                    SHORT.set(keys, cell, (short) valid(batch, d, Numbers.status(raw, from, end)));
                    break;
                case FLAG:
                    keys[cell] = (byte) valid(batch, d, flag(raw, from, end));
                    break;
                default:
                    INT.set(keys, cell, (int) valid(batch, d, Numbers.unsigned32(raw, from, end)));
            }
        }
        return to - key;
    }

    /** Writes the prefix of an address; returns its length, or 0 when it is no address. */
    private int prefix(byte[] raw, int from, int end, byte[] keys, int to) {
        int bytes = IpAddress.parse(raw, from, end, address);
        int bits = bytes == 4 ? options.v4Bits() : options.v6Bits();
        return bytes == 0 ? 0 : Prefix.write(address, 0, bytes, bits, keys, to);
    }

    private static long flag(byte[] raw, int from, int to) {
        if (to - from == 1 && (raw[from] == '0' || raw[from] == '1')) {
            return raw[from] - '0';
        }
        return Numbers.whole(raw, from, to) == Numbers.NONE ? Numbers.NONE : Numbers.BAD;
    }

    /** What counts for a dimension: a number, or 0 where there is none. */
    private static long valid(Batch batch, int dimension, long value) {
        if (value == Numbers.BAD) {
            batch.stats().badDimension(dimension);
        }
        return Math.max(0, value);
    }

    private int text(byte[] raw, int from, int to, boolean path, byte[] keys, int at) {
        int length = path ? copyPath(raw, from, to, keys, at) : copyText(raw, from, to, keys, at);
        if (odd) {
            length = Utf8.copy(raw, from, from + length, keys, at);
        }
        return length <= options.fieldBytes() ? length : Utf8.cut(keys, at, length, options.fieldBytes());
    }

    private static int copyText(byte[] raw, int from, int to, byte[] keys, int at) {
        for (int i = 0; from + i < to; i += 8) {
            LONG.set(keys, at + i, (long) LONG.get(raw, from + i));
        }
        return to - from;
    }

    /** Copies up to the first question mark (FR-1.4). */
    private static int copyPath(byte[] raw, int from, int to, byte[] keys, int at) {
        for (int i = 0; from + i < to; i += 8) {
            long word = (long) LONG.get(raw, from + i);
            LONG.set(keys, at + i, word);
            long x = word ^ QUESTION_MARKS;
            long mark = x - ONES & ~x & HIGH;
            if (mark != 0) {
                return Math.min(to - from, i + (Long.numberOfTrailingZeros(mark) >>> 3));
            }
        }
        return to - from;
    }

    private void measures(Batch batch, byte[] raw, Version version) {
        set(batch, Measure.BYTES_SENT, whole(raw, version.bytesSent));
        set(batch, Measure.REQUEST_LENGTH, whole(raw, version.requestLength));
        set(batch, Measure.REQUEST_TIME, seconds(raw, version.requestTime));
        set(batch, Measure.UPSTREAM_RESPONSE_TIME, lastSeconds(raw, version.upstreamTime));
        set(batch, Measure.UPSTREAM_STATUS, lastStatus(raw, version.upstreamStatus));
    }

    private static void set(Batch batch, Measure measure, long value) {
        batch.set(measure, value);
        if (value == Numbers.BAD) {
            batch.stats().badMeasure(measure);
        }
    }

    private long whole(byte[] raw, int field) {
        return field == 0 ? Numbers.NONE : Numbers.whole(raw, ends[field - 1] + 1, ends[field]);
    }

    private long seconds(byte[] raw, int field) {
        return Numbers.seconds(raw, ends[field - 1] + 1, ends[field]);
    }

    private long lastSeconds(byte[] raw, int field) {
        if (field == 0) {
            return Numbers.NONE;
        }
        int from = Numbers.lastEntry(raw, ends[field - 1] + 1, ends[field]);
        return Numbers.seconds(raw, from, Numbers.entryEnd(raw, from, ends[field]));
    }

    private long lastStatus(byte[] raw, int field) {
        if (field == 0) {
            return Numbers.NONE;
        }
        int from = Numbers.lastEntry(raw, ends[field - 1] + 1, ends[field]);
        return Numbers.status(raw, from, Numbers.entryEnd(raw, from, ends[field]));
    }
}
