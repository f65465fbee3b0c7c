package logtail.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.InvalidRollupsException;
import logtail.core.store.PeerRollups;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.TopNEntry;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message {@code Snapshot}, of ours or of a peer of the original system (D27). Threadsafe; 50 000 rows take
 * some ten milliseconds, so it belongs on a worker thread.
 *
 * <p>An entry that makes no sense is left out and counted by {@link EntryReject}.
 */
/*
 * Read by hand in two passes: what stands around the entries decides how their labels are to be read, and may come
 * behind them. Labels go from the message to tuple keys without becoming Strings.
 */
public final class SnapshotDecoder {

    private static final int VARINT = WireFormat.WIRETYPE_VARINT;
    private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int ENTRY_TAG = Snapshot.ENTRIES_FIELD_NUMBER << 3 | BYTES;
    private static final int ROLLUPS_TAG = Snapshot.ROLLUPS_FIELD_NUMBER << 3 | BYTES;

    private final TupleLayout layout;

    public SnapshotDecoder(Schema schema) {
        this.layout = new TupleLayout(schema);
    }

    /**
     * @throws InvalidProtocolBufferException when it is no such message
     */
    public SnapshotRows decode(byte[] message) throws InvalidProtocolBufferException {
        try {
            return new Entries(message, head(message)).read();
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    private static SnapshotRows.Head head(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        String source = "";
        long start = 0;
        int seconds = 0;
        boolean coarse = false;
        boolean partial = false;
        boolean catchUp = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case Snapshot.SOURCE_FIELD_NUMBER << 3 | BYTES:
                    source = in.readStringRequireUtf8();
                    break;
                case Snapshot.TIMESTAMP_FIELD_NUMBER << 3 | VARINT:
                    start = in.readInt64();
                    break;
                case Snapshot.IS_COARSE_FIELD_NUMBER << 3 | VARINT:
                    coarse = in.readBool();
                    break;
                case Snapshot.PARTIAL_FIELD_NUMBER << 3 | VARINT:
                    partial = in.readBool();
                    break;
                case Snapshot.BUCKET_SECONDS_FIELD_NUMBER << 3 | VARINT:
                    seconds = in.readInt32();
                    break;
                case Snapshot.CATCH_UP_FIELD_NUMBER << 3 | VARINT:
                    catchUp = in.readBool();
                    break;
                default:
                    in.skipField(tag);
            }
        }
        return new SnapshotRows.Head(source, start, Math.max(0, seconds), coarse, partial, catchUp);
    }

    /** The entries of one message. */
    private final class Entries {
        private final byte[] message;
        private final SnapshotRows.Head head;
        private final LabelDecoder labels;
        private final long[] rejected = new long[EntryReject.values().length];
        private int[] ends = new int[64];
        private long[] counts = new long[64];
        private byte[] rollups = {};
        private int rows;
        private long total;

        Entries(byte[] message, SnapshotRows.Head head) {
            this.message = message;
            this.head = head;
            boolean ours = head.lengthSeconds() > 0;
            this.labels = new LabelDecoder(layout, message, ours, message.length);
        }

        SnapshotRows read() throws IOException {
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == ENTRY_TAG) {
                    int outer = in.pushLimit(in.readRawVarint32());
                    entry(in);
                    in.popLimit(outer);
                } else if (tag == ROLLUPS_TAG) {
                    rollups = in.readByteArray();
                } else {
                    in.skipField(tag);
                }
            }
            PeerRollups peer = peerRollups();
            return new SnapshotRows(
                    head,
                    layout,
                    labels.keys(),
                    Arrays.copyOf(ends, rows),
                    Arrays.copyOf(counts, rows),
                    rejected,
                    total,
                    peer);
        }

        /** The rollups, if there are any that go with the rows. */
        private @Nullable PeerRollups peerRollups() {
            if (rollups.length == 0) {
                return null;
            }
            try {
                PeerRollups read = PeerRollups.read(layout.schema(), rollups);
                if (read.total() == total) {
                    return read;
                }
            } catch (InvalidRollupsException e) {
                // Rows are worth having without them; it is counted below.
            }
            rejected[EntryReject.ROLLUPS.ordinal()]++;
            return null;
        }

        private void entry(CodedInputStream in) throws IOException {
            int from = 0;
            int to = 0;
            long count = 0;
            int folds = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case TopNEntry.LABEL_FIELD_NUMBER << 3 | BYTES:
                        int length = in.readRawVarint32();
                        from = in.getTotalBytesRead();
                        in.skipRawBytes(length);
                        to = from + length;
                        break;
                    case TopNEntry.COUNT_FIELD_NUMBER << 3 | VARINT:
                        count = in.readInt64();
                        break;
                    case TopNEntry.FOLDED_FIELD_NUMBER << 3 | VARINT:
                        folds = in.readUInt32();
                        break;
                    default:
                        in.skipField(tag);
                }
            }
            add(from, to, count, folds);
        }

        private void add(int from, int to, long count, int folds) {
            EntryReject reject = count <= 0 || total + count < 0 ? EntryReject.COUNT : labels.append(from, to, folds);
            if (reject != null) {
                rejected[reject.ordinal()]++;
                return;
            }
            if (rows == ends.length) {
                ends = Arrays.copyOf(ends, rows * 2);
                counts = Arrays.copyOf(counts, rows * 2);
            }
            ends[rows] = labels.length();
            counts[rows] = count;
            total += count;
            rows++;
        }
    }
}
