package logtail.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.Labels;
import logtail.core.schema.Schema;
import logtail.core.store.Bucket;
import logtail.core.store.Column;
import logtail.core.store.PeerRollups;
import logtail.core.store.Texts;
import logtail.core.store.View;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.TopNEntry;

/**
 * Writes a bucket as a message {@code Snapshot} (FR-4.1, D27). Threadsafe; 50 000 rows take some ten milliseconds, so
 * it belongs on a worker thread.
 */
/*
 * The bytes are written by hand, field by field in the order of their numbers: objects for every entry, and every text
 * through a String and back, would cost several times as much.
 */
public final class SnapshotEncoder {
    private static final byte[] OTHER = Labels.OTHER.getBytes(StandardCharsets.US_ASCII);

    /** Rough size of an entry, so that the buffer seldom grows. */
    private static final int ENTRY_BYTES = 80;

    private static final int CHUNK_BYTES = 1 << 14;

    private final ColumnKind[] kinds;

    public SnapshotEncoder(Schema schema) {
        this.kinds = schema.dimensions().stream().map(Dimension::kind).toArray(ColumnKind[]::new);
    }

    /**
     * Writes the rows.
     *
     * @param source display name of this node
     * @param view one that holds the bucket, for its texts
     */
    public byte[] encode(String source, View view, Bucket bucket) {
        return encode(source, view, bucket, false);
    }

    /** Writes the rows and, for a peer that can read them, the rollups (D10). */
    public byte[] encodeWithRollups(String source, View view, Bucket bucket) {
        return encode(source, view, bucket, !bucket.rollups().isEmpty());
    }

    private byte[] encode(String source, View view, Bucket bucket, boolean rollups) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(bucket.rows() * ENTRY_BYTES + 256);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes, CHUNK_BYTES);
            if (!source.isEmpty()) {
                out.writeString(Snapshot.SOURCE_FIELD_NUMBER, source);
            }
            out.writeInt64(Snapshot.TIMESTAMP_FIELD_NUMBER, bucket.startSeconds());
            new Entries(view, bucket, out).write();
            if (bucket.coarse()) {
                out.writeBool(Snapshot.IS_COARSE_FIELD_NUMBER, true);
            }
            out.writeInt32(Snapshot.BUCKET_SECONDS_FIELD_NUMBER, bucket.lengthSeconds());
            if (bucket.catchUp()) {
                out.writeBool(Snapshot.CATCH_UP_FIELD_NUMBER, true);
            }
            if (rollups) {
                out.writeByteArray(Snapshot.ROLLUPS_FIELD_NUMBER, PeerRollups.write(view, bucket));
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** The entries of one bucket. */
    private final class Entries {
        private final Bucket bucket;
        private final CodedOutputStream out;
        private final Fields[] fields = new Fields[kinds.length];
        private byte[] label = new byte[1024];
        private int length;

        Entries(View view, Bucket bucket, CodedOutputStream out) {
            this.bucket = bucket;
            this.out = out;
            for (int d = 0; d < kinds.length; d++) {
                fields[d] = new Fields(kinds[d], bucket.column(d), view.texts().get(d));
            }
        }

        void write() throws IOException {
            for (int row = 0; row < bucket.rows(); row++) {
                int folds = bucket.foldMask(row);
                label(row, folds);
                long count = bucket.count(row);
                out.writeTag(Snapshot.ENTRIES_FIELD_NUMBER, 2);
                out.writeUInt32NoTag(1
                        + CodedOutputStream.computeUInt32SizeNoTag(length)
                        + length
                        + CodedOutputStream.computeInt64Size(TopNEntry.COUNT_FIELD_NUMBER, count)
                        + (folds == 0 ? 0 : CodedOutputStream.computeUInt32Size(TopNEntry.FOLDED_FIELD_NUMBER, folds)));
                out.writeByteArray(TopNEntry.LABEL_FIELD_NUMBER, label, 0, length);
                out.writeInt64(TopNEntry.COUNT_FIELD_NUMBER, count);
                if (folds != 0) {
                    out.writeUInt32(TopNEntry.FOLDED_FIELD_NUMBER, folds);
                }
            }
        }

        private void label(int row, int folds) {
            length = 0;
            for (int d = 0; d < fields.length; d++) {
                if (d > 0) {
                    add((byte) 0);
                }
                boolean folded = (folds >>> d & 1) != 0;
                if (!kinds[d].isDictionary()) {
                    addDecimal(folded ? 0 : fields[d].column.get(row));
                } else {
                    add(folded ? OTHER : fields[d].text(fields[d].column.get(row)));
                }
            }
        }

        private void add(byte b) {
            room(1);
            label[length++] = b;
        }

        private void add(byte[] text) {
            room(text.length);
            System.arraycopy(text, 0, label, length, text.length);
            length += text.length;
        }

        private void addDecimal(int unsigned) {
            room(10);
            long value = Integer.toUnsignedLong(unsigned);
            int digits = 1;
            for (long rest = value; rest >= 10; rest /= 10) {
                digits++;
            }
            for (int at = length + digits - 1; at >= length; at--) {
                label[at] = (byte) ('0' + value % 10);
                value /= 10;
            }
            length += digits;
        }

        private void room(int bytes) {
            if (label.length - length < bytes) {
                label = Arrays.copyOf(label, Math.max(label.length * 2, length + bytes));
            }
        }
    }

    /** One dimension of a bucket as label texts. */
    private static final class Fields {
        /** Prefixes repeat from row to row, and their text takes longest to write. */
        private static final int REMEMBERED = 1 << 12;

        private final ColumnKind kind;
        private final Column column;
        private final Texts texts;
        private final int[] ids;
        private final byte[][] labels;

        Fields(ColumnKind kind, Column column, Texts texts) {
            this.kind = kind;
            this.column = column;
            this.texts = texts;
            boolean remember = kind == ColumnKind.PREFIX;
            this.ids = new int[remember ? REMEMBERED : 0];
            this.labels = new byte[remember ? REMEMBERED : 0][];
        }

        byte[] text(int id) {
            if (id == Texts.OTHER) {
                return OTHER;
            }
            if (kind == ColumnKind.PREFIX) {
                int at = id & REMEMBERED - 1;
                if (ids[at] != id) {
                    ids[at] = id;
                    labels[at] = label(texts.get(id));
                }
                return labels[at];
            }
            byte[] text = texts.get(id);
            return endsWithOther(text) ? label(text) : text;
        }

        private byte[] label(byte[] value) {
            return Labels.ofBytes(kind, value).getBytes(StandardCharsets.UTF_8);
        }

        /** Whether the label may have to be told apart from a folded one. */
        private static boolean endsWithOther(byte[] text) {
            int from = text.length - OTHER.length;
            return from >= 0 && Arrays.equals(text, from, text.length, OTHER, 0, OTHER.length);
        }
    }
}
