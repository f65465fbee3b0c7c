package logtail.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import logtail.core.schema.Labels;
import logtail.core.schema.TupleLayout;
import logtail.core.store.PeerRollups;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as a peer sent it: tuple keys and counts, one behind the other, ready to be added to a live table.
 * Immutable.
 */
public final class SnapshotRows {
    /** Spare bytes behind the last key; hashing reads that far. */
    static final int SPARE_BYTES = 2 * Long.BYTES;

    /**
     * What stands around the rows.
     *
     * @param source display name of the node that counted
     * @param startSeconds start of the bucket, Unix seconds, as the peer sent it
     * @param lengthSeconds length of the bucket; 0 from a peer of the original system, which does not say
     * @param coarse whether it is a coarse bucket
     * @param partial whether it is still filling
     * @param catchUp whether it holds lines that waited longer than one bucket (D14)
     */
    public record Head(
            String source, long startSeconds, int lengthSeconds, boolean coarse, boolean partial, boolean catchUp) {}

    private final Head head;
    private final TupleLayout layout;
    private final byte[] keys;
    private final int[] ends;
    private final long[] counts;
    private final long[] rejected;
    private final long total;
    private final @Nullable PeerRollups rollups;

    /**
     * @param ends end of each row's key in {@code keys}, where the next one begins
     * @param rejected per {@link EntryReject}
     * @param rollups null when there are none
     */
    SnapshotRows(
            Head head,
            TupleLayout layout,
            byte[] keys,
            int[] ends,
            long[] counts,
            long[] rejected,
            long total,
            @Nullable PeerRollups rollups) {
        this.head = head;
        this.layout = layout;
        this.keys = keys;
        this.ends = ends;
        this.counts = counts;
        this.rejected = rejected;
        this.total = total;
        this.rollups = rollups;
    }

    public Head head() {
        return head;
    }

    public int rows() {
        return counts.length;
    }

    /** Requests: the sum of the rows. */
    public long total() {
        return total;
    }

    /** The same requests by one dimension and by pairs (D10); peers of the original system do not send them. */
    public Optional<PeerRollups> rollups() {
        return Optional.ofNullable(rollups);
    }

    /** Entries that were left out for that reason. */
    public long rejected(EntryReject reason) {
        return rejected[reason.ordinal()];
    }

    /** The keys of all rows, see {@link TupleLayout}; not to be changed. */
    public byte[] keys() {
        return keys;
    }

    /** Where the key of a row begins in {@link #keys()}. */
    public int keyFrom(int row) {
        return row == 0 ? 0 : ends[row - 1];
    }

    public int keyTo(int row) {
        return ends[row];
    }

    public long count(int row) {
        return counts[row];
    }

    public int foldMask(int row) {
        return layout.foldMask(keys, keyFrom(row));
    }

    /** A number of a row, unsigned; 0 where it is folded. Of a number kind. */
    public long number(int row, int dimension) {
        return Integer.toUnsignedLong(layout.number(keys, keyFrom(row), dimension));
    }

    /** The fields of a row as text, in the order of FR-1.1. */
    public List<String> labels(int row) {
        List<String> labels = new ArrayList<>(layout.schema().size());
        for (int d = 0; d < layout.schema().size(); d++) {
            labels.add(label(row, d));
        }
        return labels;
    }

    /** One field of a row as text. */
    public String label(int row, int dimension) {
        int key = keyFrom(row);
        if ((layout.foldMask(keys, key) >>> dimension & 1) != 0) {
            return Labels.OTHER;
        }
        if (!layout.kind(dimension).isDictionary()) {
            return Labels.ofNumber(layout.number(keys, key, dimension));
        }
        int from = layout.textFrom(keys, key, dimension);
        byte[] text = Arrays.copyOfRange(keys, from, from + layout.textLength(keys, key, dimension));
        return Labels.ofBytes(layout.kind(dimension), text);
    }
}
