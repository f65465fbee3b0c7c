package logtail.core.store;

import java.util.Arrays;
import logtail.core.line.Batch;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/**
 * The requests of the bucket now filling, counted by tuple; bounded in rows and in bytes of keys (NFR-2.1, D9).
 *
 * <p>Every request is counted in exactly one row, so that the sum of the rows is the number of requests, always: one
 * whose tuple finds no room is counted in a folded row, some of whose fields read {@code (other)}.
 *
 * <p>Not threadsafe: the store writes it, and hands it over whole when the bucket ends.
 */
/*
 * Open addressing over slots of two longs: the upper half of the hash and the place of the key in the arena, then the
 * count. A probe costs the cache line of the slot and one line of the arena. Folding loses the URI first, then the
 * prefix, then everything: each level has rows kept free for it, and the last row is kept for (other) in all fields.
 */
public final class LiveTable {
    /** What happens to a request whose tuple finds no room. */
    public enum Overflow {
        /** It is counted in a folded row (D9). */
        FOLD,
        /** It is dropped and counted, as in the original (NFR-2.1). */
        DROP
    }

    private static final int ARENA_BYTES_AT_FIRST = 256 << 10;

    /** Largest {@code store.keyBytes}; places in the arena are 31 bits. */
    private static final int KEY_BYTES_MAX = 1 << 30;

    /** Spare bytes behind the keys, so that texts can be hashed in whole words. */
    private static final int SLACK = Long.BYTES;

    private static final int SLOT = 2;
    private static final long TAG = 0xffff_ffff_0000_0000L;

    private final TupleLayout layout;
    private final KeyHash hash;
    private final int rowsMax;
    private final int arenaBytesMax;
    private final Overflow overflow;
    private final int[] foldMasks;
    private final long[] slots;
    private final int slotMask;

    /** By row, in the order of their keys in the arena: where its slot is. */
    private final int[] slotOf;

    private byte[] arena = new byte[ARENA_BYTES_AT_FIRST + SLACK];
    private int arenaLength;
    private int rows;
    private long total;
    private long folded;
    private long dropped;
    private byte[] foldedKey = new byte[1024];

    /**
     * @param rowsMax rows, folded ones included ({@code store.keys})
     * @param keyBytesMax bytes of keys ({@code store.keyBytes}), up to 1 GiB
     * @throws IllegalArgumentException when not even the row that reads (other) in all fields finds room
     */
    public LiveTable(TupleLayout layout, KeyHash hash, int rowsMax, int keyBytesMax, Overflow overflow) {
        if (rowsMax < 1 || keyBytesMax < layout.headerBytes() || keyBytesMax > KEY_BYTES_MAX) {
            throw new IllegalArgumentException("a table has room for one row and at most 1 GiB of keys");
        }
        this.layout = layout;
        this.hash = hash;
        this.rowsMax = rowsMax;
        this.arenaBytesMax = keyBytesMax;
        this.overflow = overflow;
        this.foldMasks = FoldLevels.of(layout.schema());
        int slotCount = Integer.highestOneBit(Math.max(rowsMax, 8) * 2 - 1) * 2;
        this.slots = new long[slotCount * SLOT];
        this.slotMask = slotCount - 1;
        this.slotOf = new int[rowsMax];
    }

    public TupleLayout layout() {
        return layout;
    }

    /** Counts every record of a batch. */
    public void add(Batch batch) {
        byte[] keys = batch.keys();
        int records = batch.records();
        for (int i = 0; i < records; i++) {
            add(keys, batch.keyFrom(i), batch.keyTo(i), batch.hash(i), 1);
        }
    }

    /** Counts requests of one tuple; [from, to) is its key, with eight spare bytes behind it. */
    public void add(byte[] key, int from, int to, long h, long count) {
        int slot = find(key, from, to, h);
        if (slots[slot + 1] != 0) {
            slots[slot + 1] += count;
        } else if (fits(to - from, 0)) {
            insert(slot, key, from, to, h, count);
        } else if (overflow == Overflow.DROP) {
            dropped += count;
            return;
        } else {
            fold(key, from, to, count);
        }
        total += count;
    }

    private void fold(byte[] key, int from, int to, long count) {
        folded += count;
        if (foldedKey.length < to - from + Long.BYTES * 2) {
            foldedKey = new byte[(to - from) * 2 + Long.BYTES * 2];
        }
        for (int level = 1; level < foldMasks.length; level++) {
            int length = layout.fold(key, from, foldMasks[level] | layout.foldMask(key, from), foldedKey, 0);
            long h = hash.hash(foldedKey, 0, length);
            int slot = find(foldedKey, 0, length, h);
            if (slots[slot + 1] != 0) {
                slots[slot + 1] += count;
                return;
            }
            if (fits(length, level)) {
                insert(slot, foldedKey, 0, length, h, count);
                return;
            }
        }
        throw new AssertionError("no room for the last row");
    }

    /** The slot of the key, or the empty one where it belongs. */
    private int find(byte[] key, int from, int to, long h) {
        int slot = (int) h & slotMask;
        long tag = h & TAG;
        while (true) {
            int at = slot * SLOT;
            if (slots[at + 1] == 0) {
                return at;
            }
            if ((slots[at] & TAG) == tag && same(key, from, to, (int) slots[at])) {
                return at;
            }
            slot = slot + 1 & slotMask;
        }
    }

    private boolean same(byte[] key, int from, int to, int at) {
        int end = at + to - from;
        return end <= arenaLength && Arrays.equals(key, from, to, arena, at, end);
    }

    /** Whether a new row of that fold level may be added: every level leaves room for the ones behind it. */
    private boolean fits(int keyBytes, int level) {
        if (level == foldMasks.length - 1) {
            return true;
        }
        int header = layout.headerBytes();
        if (overflow == Overflow.DROP) {
            return rows < rowsMax && arenaLength + keyBytes <= arenaBytesMax;
        }
        int rowsKept = level == 0 ? rowsMax / 5 : level == 1 ? rowsMax / 10 : 1;
        int bytesKept = level == 0 ? arenaBytesMax / 5 : level == 1 ? arenaBytesMax / 10 : header;
        return rows < rowsMax - Math.max(1, rowsKept)
                && arenaLength + keyBytes <= arenaBytesMax - Math.max(header, bytesKept);
    }

    private void insert(int slot, byte[] key, int from, int to, long h, long count) {
        int length = to - from;
        if (arenaLength + length + SLACK > arena.length) {
            grow(arenaLength + length);
        }
        System.arraycopy(key, from, arena, arenaLength, length);
        slots[slot] = h & TAG | arenaLength;
        slots[slot + 1] = count;
        arenaLength += length;
        slotOf[rows++] = slot;
    }

    private void grow(int bytes) {
        // The last step is exact, so that the arena never outgrows what was promised.
        long doubled = Math.max(arena.length * 2L, bytes);
        arena = Arrays.copyOf(arena, (int) Math.min(doubled, arenaBytesMax) + SLACK);
    }

    /** Empties the table for the next bucket; its arena is kept unless it is far larger than what was used. */
    public void clear() {
        if (arena.length > ARENA_BYTES_AT_FIRST + SLACK && arenaLength < arena.length / 4) {
            arena = new byte[Math.max(ARENA_BYTES_AT_FIRST, arena.length / 2) + SLACK];
        }
        Arrays.fill(slots, 0);
        arenaLength = 0;
        rows = 0;
        total = 0;
        folded = 0;
        dropped = 0;
    }

    /** Rows in use, folded ones included; never more than {@code store.keys}. */
    public int rows() {
        return rows;
    }

    /** Bytes of keys in use; never more than {@code store.keyBytes}. */
    public int keyBytes() {
        return arenaLength;
    }

    /** Requests counted: the sum of all rows. */
    public long total() {
        return total;
    }

    /** Requests among them that were counted in a folded row. */
    public long folded() {
        return folded;
    }

    /** Requests refused ({@link Overflow#DROP} only). */
    public long dropped() {
        return dropped;
    }

    /** The keys of all rows, one behind the other, with eight spare bytes behind them; see {@link TupleLayout}. */
    public byte[] keyArena() {
        return arena;
    }

    /** Receives a row: where its key begins in {@link #keyArena()}, and its count. */
    @FunctionalInterface
    public interface RowConsumer {
        void row(int key, long count);
    }

    /** Calls for each row, in the order in which they came. */
    public void forEach(RowConsumer consumer) {
        for (int row = 0; row < rows; row++) {
            int at = slotOf[row];
            consumer.row((int) slots[at], slots[at + 1]);
        }
    }

    public Schema schema() {
        return layout.schema();
    }
}
