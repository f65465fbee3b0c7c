package logtail.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import logtail.core.line.Batch;
import logtail.core.schema.TupleLayout;

/**
 * Requests counted by tuple, all of them, in as much memory as that takes: for one reading of files, not for a service.
 *
 * <p>Not threadsafe.
 */
/*
 * Open addressing over slots of three longs: the hash, the place of the key, the count. Keys stand in chunks, because
 * there may be more of them than an array holds; a place is the number of the chunk and the offset in it.
 */
public final class ExactTable {
    private static final int CHUNK_BITS = 22;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
    private static final int SLOT = 3;
    /** Records whose places are read before they are counted. */
    private static final int AHEAD = 16;

    private static final int SLOTS_AT_FIRST = 1 << 13;

    /** An array of slots has at most 2^30 longs. */
    private static final int SLOTS_MAX = 1 << 28;

    private final TupleLayout layout;
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] chunk = new byte[0];
    private int chunkLength;
    private long[] slots = new long[SLOTS_AT_FIRST * SLOT];
    private int mask = SLOTS_AT_FIRST - 1;
    private int rows;
    private long total;

    /** Keeps the reads of {@link #touch} from being optimised away. */
    private long touched;

    public ExactTable(TupleLayout layout) {
        this.layout = layout;
    }

    public TupleLayout layout() {
        return layout;
    }

    /** Counts every record of a batch. */
    public void add(Batch batch) {
        byte[] keys = batch.keys();
        int records = batch.records();
        for (int i = 0; i < records; i++) {
            if (i % AHEAD == 0) {
                touched += touch(batch, i, Math.min(records, i + AHEAD));
            }
            add(keys, batch.keyFrom(i), batch.keyTo(i), batch.hash(i), 1);
        }
    }

    /**
     * Reads what the next records will need, all at once: where tables are larger than the processor's caches that is
     * most of the time, and memory serves several requests as fast as one.
     */
    private long touch(Batch batch, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += slots[((int) batch.hash(i) & mask) * SLOT];
        }
        for (int i = from; i < to; i++) {
            int at = ((int) batch.hash(i) & mask) * SLOT;
            if (slots[at + 2] != 0) {
                sum += chunks.get((int) (slots[at + 1] >>> CHUNK_BITS))[(int) slots[at + 1] & CHUNK_BYTES - 1];
            }
        }
        return sum;
    }

    /**
     * Counts requests of one tuple.
     *
     * @param h keyed hash of [from, to), which is its key
     * @throws IllegalStateException when there are more tuples than an array has room for
     */
    public void add(byte[] key, int from, int to, long h, long count) {
        int slot = (int) h & mask;
        while (true) {
            int at = slot * SLOT;
            if (slots[at + 2] == 0) {
                slots[at] = h;
                slots[at + 1] = store(key, from, to - from);
                slots[at + 2] = count;
                total += count;
                if (++rows > mask >>> 1) {
                    grow();
                }
                return;
            }
            if (slots[at] == h && same(key, from, to, slots[at + 1])) {
                slots[at + 2] += count;
                total += count;
                return;
            }
            slot = slot + 1 & mask;
        }
    }

    private boolean same(byte[] key, int from, int to, long place) {
        byte[] bytes = chunks.get((int) (place >>> CHUNK_BITS));
        int at = (int) place & CHUNK_BYTES - 1;
        int end = at + to - from;
        return end <= bytes.length && Arrays.equals(key, from, to, bytes, at, end);
    }

    private long store(byte[] key, int from, int length) {
        if (chunkLength + length > chunk.length) {
            chunk = new byte[CHUNK_BYTES];
            chunkLength = 0;
            chunks.add(chunk);
        }
        System.arraycopy(key, from, chunk, chunkLength, length);
        long place = (long) (chunks.size() - 1) << CHUNK_BITS | chunkLength;
        chunkLength += length;
        return place;
    }

    private void grow() {
        int count = (mask + 1) * 2;
        if (count > SLOTS_MAX) {
            throw new IllegalStateException("more than " + rows + " different tuples");
        }
        long[] old = slots;
        slots = new long[count * SLOT];
        mask = count - 1;
        for (int at = 0; at < old.length; at += SLOT) {
            if (old[at + 2] == 0) {
                continue;
            }
            int slot = (int) old[at] & mask;
            while (slots[slot * SLOT + 2] != 0) {
                slot = slot + 1 & mask;
            }
            System.arraycopy(old, at, slots, slot * SLOT, SLOT);
        }
    }

    /** Counts everything that another table has counted with the same hash. */
    public void addAll(ExactTable other) {
        for (int at = 0; at < other.slots.length; at += SLOT) {
            if (other.slots[at + 2] != 0) {
                byte[] bytes = other.chunks.get((int) (other.slots[at + 1] >>> CHUNK_BITS));
                int from = (int) other.slots[at + 1] & CHUNK_BYTES - 1;
                int to = from + layout.keyBytes(bytes, from);
                add(bytes, from, to, other.slots[at], other.slots[at + 2]);
            }
        }
    }

    /** Different tuples. */
    public int rows() {
        return rows;
    }

    /** Requests counted: the sum of all rows. */
    public long total() {
        return total;
    }

    /** Receives a row: the array its key stands in, where it begins, and its count. */
    @FunctionalInterface
    public interface RowConsumer {
        void row(byte[] bytes, int key, long count);
    }

    /** Calls for each row, in no order. */
    public void forEach(RowConsumer consumer) {
        for (int at = 0; at < slots.length; at += SLOT) {
            if (slots[at + 2] != 0) {
                byte[] bytes = chunks.get((int) (slots[at + 1] >>> CHUNK_BITS));
                consumer.row(bytes, (int) slots[at + 1] & CHUNK_BYTES - 1, slots[at + 2]);
            }
        }
    }
}
