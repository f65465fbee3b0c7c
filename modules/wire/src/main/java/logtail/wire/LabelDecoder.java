package logtail.wire;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.Labels;
import logtail.core.schema.Prefix;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.jspecify.annotations.Nullable;

/**
 * Turns the labels of a snapshot's entries into tuple keys (D27), one behind the other in an arena. A bad number is 0,
 * as in a log line (D3). Not threadsafe.
 */
final class LabelDecoder {
    /** Fields of the oldest peers' labels: website, prefix, URI and status. */
    private static final int FIELDS_MIN = 4;

    private static final int STATUS_MAX = 9_999;
    private static final long UNSIGNED_32_MAX = 0xffff_ffffL;
    private static final int NUMBER_DIGITS_MAX = 10;

    /** Instead of the length of a text: there is none, the field reads {@code (other)}. */
    private static final int FOLDED = -1;

    /** Instead of the length of a text: it is not what the field holds. */
    private static final int BAD = -2;

    private final TupleLayout layout;
    private final ColumnKind[] kinds;
    private final byte[][] neutral;
    private final byte[] message;
    private final boolean escaped;
    private final int[] fieldEnds;
    private byte[] keys;
    private int length;

    /**
     * @param message where the labels are
     * @param escaped whether a text {@code (other)} has a backslash in front, so that without one it is folded; a peer
     *     of the original system knows neither
     * @param keysBytes expected size of all keys
     */
    LabelDecoder(TupleLayout layout, byte[] message, boolean escaped, int keysBytes) {
        Schema schema = layout.schema();
        this.layout = layout;
        this.message = message;
        this.escaped = escaped;
        this.kinds = new ColumnKind[schema.size()];
        this.neutral = new byte[schema.size()][];
        for (int d = 0; d < schema.size(); d++) {
            Dimension dimension = schema.get(d);
            kinds[d] = dimension.kind();
            neutral[d] = dimension.neutral().getBytes(StandardCharsets.UTF_8);
        }
        this.fieldEnds = new int[schema.size()];
        this.keys = new byte[keysBytes + SnapshotRows.SPARE_BYTES];
    }

    /** All keys, with spare bytes behind them. */
    byte[] keys() {
        return keys;
    }

    /** End of the newest key. */
    int length() {
        return length;
    }

    /**
     * Appends the key of the label in [from, to) of the message.
     *
     * @param folds the dimensions that the peer says are folded
     * @return why there is none, or null
     */
    @Nullable
    EntryReject append(int from, int to, int folds) {
        int fields = split(from, to);
        if (fields < FIELDS_MIN || fields > kinds.length) {
            return EntryReject.FIELDS;
        }
        room(from, to);
        int key = length;
        int end = key + layout.headerBytes();
        int mask = folds & layout.schema().allFolded();
        int fieldFrom = from;
        for (int d = 0; d < kinds.length; d++) {
            byte[] source = d < fields ? message : neutral[d];
            int start = d < fields ? fieldFrom : 0;
            int stop = d < fields ? fieldEnds[d] : source.length;
            fieldFrom = stop + 1;
            boolean folded = (mask >>> d & 1) != 0;
            if (!kinds[d].isDictionary()) {
                layout.number(keys, key, d, folded ? 0 : number(kinds[d], source, start, stop));
                continue;
            }
            int bytes = folded ? FOLDED : text(kinds[d], source, start, stop, end);
            if (bytes == BAD) {
                return kinds[d] == ColumnKind.PREFIX ? EntryReject.PREFIX : EntryReject.TEXT;
            }
            if (bytes == FOLDED) {
                mask |= 1 << d;
                bytes = 0;
            }
            layout.textLength(keys, key, d, bytes);
            end += bytes;
        }
        layout.foldMask(keys, key, mask);
        length = end;
        return null;
    }

    /** Finds the ends of the fields; more than there are dimensions count as one more. */
    private int split(int from, int to) {
        int fields = 0;
        for (int i = from; i < to; i++) {
            if (message[i] == 0) {
                if (fields == kinds.length) {
                    return fields + 1;
                }
                fieldEnds[fields++] = i;
            }
        }
        if (fields < kinds.length) {
            fieldEnds[fields] = to;
        }
        return fields + 1;
    }

    /** Writes a text or a prefix; its length, or {@link #FOLDED}, or {@link #BAD}. */
    private int text(ColumnKind kind, byte[] source, int from, int to, int at) {
        if (to - from > TupleLayout.TEXT_BYTES_MAX || !isUtf8(source, from, to)) {
            return BAD;
        }
        boolean other = escaped && to > from && source[to - 1] == ')';
        if (kind == ColumnKind.TEXT && !other) {
            System.arraycopy(source, from, keys, at, to - from);
            return to - from;
        }
        String label = new String(source, from, to - from, StandardCharsets.UTF_8);
        if (escaped && label.equals(Labels.OTHER)) {
            return FOLDED;
        }
        byte[] value = Labels.toBytes(kind, label);
        if (value == null) {
            return BAD;
        }
        System.arraycopy(value, 0, keys, at, value.length);
        return value.length;
    }

    private static boolean isUtf8(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] < 0) {
                return ByteString.copyFrom(source, i, to - i).isValidUtf8();
            }
        }
        return true;
    }

    /** An unsigned number; an ASN also as the signed text of the same 32 bits. */
    private static int number(ColumnKind kind, byte[] source, int from, int to) {
        boolean negative = kind == ColumnKind.ASN && from < to && source[from] == '-';
        int start = negative ? from + 1 : from;
        if (start == to || to - start > NUMBER_DIGITS_MAX) {
            return 0;
        }
        long value = 0;
        for (int i = start; i < to; i++) {
            int digit = source[i] - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            value = value * 10 + digit;
        }
        switch (kind) {
            case FLAG:
                return value == 1 ? 1 : 0;
            case STATUS:
                return value > STATUS_MAX ? 0 : (int) value;
            default:
                long max = negative ? -(long) Integer.MIN_VALUE : UNSIGNED_32_MAX;
                return value > max ? 0 : (int) (negative ? -value : value);
        }
    }

    private void room(int from, int to) {
        int bytes = layout.headerBytes() + to - from + SnapshotRows.SPARE_BYTES;
        for (int d = 0; d < kinds.length; d++) {
            bytes += Math.max(neutral[d].length, kinds[d] == ColumnKind.PREFIX ? Prefix.BYTES_MAX : 0);
        }
        if (keys.length - length < bytes) {
            keys = Arrays.copyOf(keys, Math.max(keys.length * 2, length + bytes));
        }
    }
}
