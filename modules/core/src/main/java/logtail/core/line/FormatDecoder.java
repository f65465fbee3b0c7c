package logtail.core.line;

import java.util.List;
import java.util.Map;
import logtail.core.format.Escape;
import logtail.core.format.LogFormat;
import logtail.core.format.Variables;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.IpAddress;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Prefix;
import logtail.core.schema.TupleLayout;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the lines of any {@link LogFormat} but logtail's into the same records (D24). A line that is not of the
 * format is rejected as {@code fields} (D2).
 *
 * <p>What the format does not tell has its neutral value: the website that was given, client 0.0.0.0/0, an empty URI
 * and tag, status, ASN and is_tor 0, no method and no measures. A {@code $request} that is no request line, as nginx
 * logs a 400, has method and URI {@code -}, which is what {@code $request_method} and {@code $request_uri} are then.
 *
 * <p>Texts stay as logged (D6), but those of {@code escape=json} lose the escapes of JSON, which are not nginx's own.
 *
 * <p>Not threadsafe. Nothing is allocated per line.
 */
public final class FormatDecoder implements LineDecoder {
    /** No variable feeds it. */
    private static final int NONE = -1;

    private static final byte[] PROTOCOL = {' ', 'H', 'T', 'T', 'P', '/'};

    private final TupleLayout layout;
    private final KeyHash hash;
    private final DecoderOptions options;
    private final LineMatcher matcher;
    private final byte[] website;
    private final ClientFacts facts;
    private final TimeRange range;
    private final boolean json;

    /** The variable of each dimension; its values are those of {@code $request} where {@link #splits} is set. */
    private final int[] variables;

    private final boolean[] splits;
    private final boolean[] paths;
    private final int[] neutralBytes;
    private final int client;
    private final int method;
    private final int request;
    private final boolean splitsMethod;
    private final int bytesSent;
    private final int requestLength;
    private final int requestTime;
    private final int upstreamTime;
    private final int upstreamStatus;
    private final int time;
    private final @Nullable LogTime timeKind;

    private final byte[] address = new byte[16];
    private byte[] scratch = new byte[1024 + Batch.SLACK];
    private int addressBytes;
    private boolean odd;
    private int lineEnd;
    private int methodFrom;
    private int methodTo;
    private int uriFrom;
    private int uriTo;
    private long outside;

    /**
     * @param website of lines whose format has none, valid UTF-8
     * @param facts of clients, for what the format does not tell
     * @param range requests outside of it are skipped
     * @throws IllegalArgumentException for logtail's own format, and for a range where the format has no time
     */
    public FormatDecoder(
            LogFormat format,
            TupleLayout layout,
            KeyHash hash,
            DecoderOptions options,
            byte[] website,
            ClientFacts facts,
            TimeRange range) {
        if (format.isLogtail()) {
            throw new IllegalArgumentException("logtail has a decoder of its own");
        }
        this.layout = layout;
        this.hash = hash;
        this.options = options;
        this.matcher = new LineMatcher(format);
        this.website = website.clone();
        this.facts = facts;
        this.range = range;
        this.json = format.escape() == Escape.JSON;
        List<String> names = matcher.names();
        Map<String, String> fed = Variables.fed(format);
        int dimensions = layout.schema().size();
        this.variables = new int[dimensions];
        this.splits = new boolean[dimensions];
        this.paths = new boolean[dimensions];
        this.neutralBytes = new int[dimensions];
        for (int d = 0; d < dimensions; d++) {
            Dimension dimension = layout.schema().get(d);
            String variable = fed.get(dimension.name());
            variables[d] = variable == null ? ownVariable(names, dimension) : names.indexOf(variable);
            splits[d] = Variables.REQUEST.equals(variable);
            paths[d] = splits[d] || "request_uri".equals(variable);
            neutralBytes[d] = dimension.name().equals("website") ? website.length : 0;
        }
        this.client = index(names, fed, "prefix");
        this.method = index(names, fed, "method");
        this.splitsMethod = Variables.REQUEST.equals(fed.get("method"));
        this.request = names.indexOf(Variables.REQUEST);
        this.bytesSent = index(names, fed, "bytes_sent");
        this.requestLength = index(names, fed, "request_length");
        this.requestTime = index(names, fed, "request_time");
        this.upstreamTime = index(names, fed, "upstream_response_time");
        this.upstreamStatus = index(names, fed, "upstream_status");
        this.time = index(names, fed, "time");
        this.timeKind = time == NONE ? null : LogTime.of(names.get(time));
        if (!range.isAll() && time == NONE) {
            throw new IllegalArgumentException(format.name() + " has no time");
        }
    }

    private static int index(List<String> names, Map<String, String> fed, String what) {
        String variable = fed.get(what);
        return variable == null ? NONE : names.indexOf(variable);
    }

    /** A dimension that is not of the usual seven names its variables itself. */
    private static int ownVariable(List<String> names, Dimension dimension) {
        return dimension.variables().stream()
                .mapToInt(names::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(NONE);
    }

    /** Lines so far whose time was outside of the range, or no time. */
    public long outside() {
        return outside;
    }

    @Override
    public void decode(Batch batch) {
        batch.clearRecords();
        byte[] raw = batch.raw();
        int length = batch.rawLength();
        raw[length] = '\n';
        // Behind the lines, so that a request without a method can point at one.
        raw[length + 1] = '-';
        int at = 0;
        while (at < length) {
            scan(raw, at);
            int end = lineEnd > at && raw[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            if (end > at) {
                line(batch, raw, at, end);
            }
            at = lineEnd + 1;
        }
        batch.hashKeys(hash);
        batch.stats().accepted(batch.records(), length);
    }

    /** Finds the LF, and whether there is anything but ASCII before it. */
    private void scan(byte[] raw, int from) {
        lineEnd = -1;
        odd = false;
        for (int at = from; lineEnd < 0; at += 8) {
            odd |= Bytes.isOdd(raw, at);
            lineEnd = Bytes.indexOf(raw, at, at + 8, '\n');
        }
    }

    private void line(Batch batch, byte[] raw, int start, int end) {
        if (lineEnd - start > options.lineBytes()) {
            batch.stats().rejected(RejectReason.TOO_LONG, batch.receivedAtMs(), options.lineBytes(), raw, start, end);
            return;
        }
        int from = options.syslogHeader() && raw[start] == '<' ? SyslogHeader.end(raw, start, end) : start;
        if (!matcher.match(raw, from, end)) {
            int column = matcher.failedAt() - start;
            batch.stats().rejected(RejectReason.FIELDS, batch.receivedAtMs(), column, raw, start, end);
            return;
        }
        if (!readClient(raw)) {
            int column = matcher.from(client) - start;
            batch.stats().rejected(RejectReason.ADDRESS, batch.receivedAtMs(), column, raw, start, end);
            return;
        }
        if (timeKind != null && !range.isAll() && !isInRange(raw, timeKind)) {
            outside++;
            return;
        }
        if (request >= 0) {
            split(raw, matcher.from(request), matcher.to(request));
        }
        record(batch, raw, end - from);
    }

    private boolean isInRange(byte[] raw, LogTime kind) {
        return range.has(kind.millis(raw, matcher.from(time), matcher.to(time)));
    }

    private boolean readClient(byte[] raw) {
        addressBytes = client == NONE ? 0 : IpAddress.parse(raw, matcher.from(client), matcher.to(client), address);
        return client == NONE || addressBytes > 0;
    }

    /** Cuts a request line in method, URI and protocol; where it is none, there is neither method nor URI. */
    private void split(byte[] raw, int from, int to) {
        methodTo = from;
        while (methodTo < to && isMethodByte(raw[methodTo])) {
            methodTo++;
        }
        methodFrom = from;
        uriFrom = Math.min(methodTo + 1, to);
        uriTo = to;
        boolean isRequest = methodTo > from && uriFrom < to && raw[methodTo] == ' ';
        if (!isRequest) {
            uriFrom = NONE;
            return;
        }
        int blank = to;
        while (blank > uriFrom && raw[blank - 1] != ' ') {
            blank--;
        }
        blank--;
        if (blank > uriFrom && Bytes.matches(raw, blank, to, PROTOCOL) == PROTOCOL.length) {
            uriTo = blank;
        }
    }

    /** What nginx takes for part of a method. */
    private static boolean isMethodByte(byte b) {
        return b >= 'A' && b <= 'Z' || b == '_' || b == '-';
    }

    private void record(Batch batch, byte[] raw, int lineBytes) {
        int length = key(batch, raw, lineBytes);
        if (method == NONE) {
            batch.add(length, 0, 0);
        } else if (!splitsMethod) {
            batch.add(length, matcher.from(method), matcher.to(method) - matcher.from(method));
        } else if (uriFrom == NONE) {
            batch.add(length, batch.rawLength() + 1, 1);
        } else {
            batch.add(length, methodFrom, methodTo - methodFrom);
        }
        measures(batch, raw);
    }

    private int key(Batch batch, byte[] raw, int lineBytes) {
        int room = layout.headerBytes()
                + variables.length * (Prefix.BYTES_MAX + lineBytes * (odd || json ? Utf8.GROWTH_MAX : 1))
                + website.length;
        byte[] keys = batch.keysFor(room);
        int key = batch.nextKey();
        layout.foldMask(keys, key, 0);
        int to = key + layout.headerBytes();
        for (int d = 0; d < variables.length; d++) {
            ColumnKind kind = layout.kind(d);
            if (!kind.isDictionary()) {
                layout.number(keys, key, d, number(batch, raw, d, kind));
                continue;
            }
            int length = kind == ColumnKind.PREFIX ? prefix(keys, to) : text(raw, d, keys, to);
            layout.textLength(keys, key, d, length);
            to += length;
        }
        return to - key;
    }

    private int prefix(byte[] keys, int at) {
        if (addressBytes == 0) {
            return Prefix.write(address, 0, 4, 0, keys, at);
        }
        int bits = addressBytes == 4 ? options.v4Bits() : options.v6Bits();
        return Prefix.write(address, 0, addressBytes, bits, keys, at);
    }

    private int text(byte[] raw, int d, byte[] keys, int at) {
        int variable = variables[d];
        if (variable == NONE) {
            System.arraycopy(website, 0, keys, at, neutralBytes[d]);
            return neutralBytes[d];
        }
        if (splits[d] && uriFrom == NONE) {
            keys[at] = '-';
            return 1;
        }
        int from = splits[d] ? uriFrom : matcher.from(variable);
        int to = splits[d] ? uriTo : matcher.to(variable);
        if (paths[d]) {
            int mark = Bytes.indexOf(raw, from, to, '?');
            to = mark < 0 ? to : mark;
        }
        int length = copy(raw, from, to, keys, at);
        return length <= options.fieldBytes() ? length : Utf8.cut(keys, at, length, options.fieldBytes());
    }

    private int copy(byte[] raw, int from, int to, byte[] keys, int at) {
        if (json && Bytes.indexOf(raw, from, to, '\\') >= 0) {
            if (scratch.length < to - from) {
                scratch = new byte[(to - from) * 2];
            }
            int length = JsonText.unescape(raw, from, to, scratch);
            return Utf8.copy(scratch, 0, length, keys, at);
        }
        if (odd) {
            return Utf8.copy(raw, from, to, keys, at);
        }
        Bytes.copy(raw, from, to, keys, at);
        return to - from;
    }

    private int number(Batch batch, byte[] raw, int d, ColumnKind kind) {
        int variable = variables[d];
        if (variable == NONE) {
            return unlogged(kind);
        }
        int from = matcher.from(variable);
        int to = matcher.to(variable);
        long value;
        if (kind == ColumnKind.STATUS) {
            value = Numbers.status(raw, from, to);
        } else if (kind == ColumnKind.ASN) {
            value = Numbers.unsigned32(raw, from, to);
        } else if (to - from == 1 && (raw[from] == '0' || raw[from] == '1')) {
            value = raw[from] - '0';
        } else {
            value = Numbers.whole(raw, from, to) == Numbers.NONE ? Numbers.NONE : Numbers.BAD;
        }
        if (value == Numbers.BAD) {
            batch.stats().badDimension(d);
        }
        return value < 0 ? 0 : (int) value;
    }

    private int unlogged(ColumnKind kind) {
        if (addressBytes == 0) {
            return 0;
        }
        if (kind == ColumnKind.FLAG) {
            return facts.isTor(address, addressBytes) ? 1 : 0;
        }
        return kind == ColumnKind.ASN ? facts.asn(address, addressBytes) : 0;
    }

    private void measures(Batch batch, byte[] raw) {
        set(batch, Measure.BYTES_SENT, bytesSent == NONE ? Numbers.NONE : whole(raw, bytesSent));
        set(batch, Measure.REQUEST_LENGTH, requestLength == NONE ? Numbers.NONE : whole(raw, requestLength));
        set(
                batch,
                Measure.REQUEST_TIME,
                requestTime == NONE
                        ? Numbers.NONE
                        : Numbers.seconds(raw, matcher.from(requestTime), matcher.to(requestTime)));
        set(batch, Measure.UPSTREAM_RESPONSE_TIME, upstreamTime == NONE ? Numbers.NONE : lastSeconds(raw));
        set(batch, Measure.UPSTREAM_STATUS, upstreamStatus == NONE ? Numbers.NONE : lastStatus(raw));
    }

    private static void set(Batch batch, Measure measure, long value) {
        batch.set(measure, value);
        if (value == Numbers.BAD) {
            batch.stats().badMeasure(measure);
        }
    }

    private long whole(byte[] raw, int variable) {
        return Numbers.whole(raw, matcher.from(variable), matcher.to(variable));
    }

    private long lastSeconds(byte[] raw) {
        int to = matcher.to(upstreamTime);
        int from = Numbers.lastEntry(raw, matcher.from(upstreamTime), to);
        return Numbers.seconds(raw, from, Numbers.entryEnd(raw, from, to));
    }

    private long lastStatus(byte[] raw) {
        int to = matcher.to(upstreamStatus);
        int from = Numbers.lastEntry(raw, matcher.from(upstreamStatus), to);
        return Numbers.status(raw, from, Numbers.entryEnd(raw, from, to));
    }
}
