package logtail.core.store;

import logtail.core.line.Batch;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the bucket now filling, counted by tuple; bounded in rows and in bytes of keys (NFR-2.1, D9).
 *
 * <p>Every request is counted in exactly one row, so that the sum of the rows is the number of requests, always: one
 * whose tuple finds no room is counted in a folded row, some of whose fields read {@code (other)}. While less than
 * four fifths of the rows and bytes are in use, nothing is folded; keys of more than {@value KeyArena#LONG_KEY_BYTES}
 * bytes have two fifths of the bytes.
 *
 * <p>Not threadsafe: the store writes it, and hands it over whole when the bucket ends.
 */
/*
 * Four fifths of the rows are for tuples, one fifth is for folded rows, and one more counts what reads (other) in all
 * fields. A new tuple that finds the table full is folded, until it has been seen more often than the smallest tuple
 * that stands where it could: then that one is folded and the new one takes its row. So a flood of unique keys pays
 * for itself with folded rows, and who comes late and often still gets a row of his own.
 *
 * A fold takes a bounded number of steps. Each gives up one more field; the first folded row that is there, or that
 * others wanted too, is taken. What nobody shares goes on, to the row that keeps only what cannot be chosen by a
 * client: status, source tag and the like.
 */
public final class LiveTable {
    /** What happens to a request whose tuple finds no room. */
    public enum Overflow {
        /** It is counted in a folded row (D9). */
        FOLD,
        /** It is dropped and counted, as in the original (NFR-2.1). */
        DROP
    }

    /** Receives a row: its key stands at {@code key} in {@code bytes}, with eight spare bytes behind it. */
    @FunctionalInterface
    public interface RowConsumer {
        void row(byte[] bytes, int key, long count);
    }

    /** Largest {@code store.keyBytes}. */
    private static final int KEY_BYTES_MAX = 1 << 30;

    /** One in so many rows and bytes is for folded rows. */
    private static final int FOLDED_SHARE = 5;

    /** One in so many folded rows is kept free for those that keep the fewest fields. */
    private static final int COARSEST_SHARE = 16;

    /**
     * By so many requests a tuple must be ahead of the smallest before it takes its row: tuples that come twice each
     * would drive each other out otherwise.
     */
    private static final int LEAD = 1;

    /** Records whose memory is fetched together. */
    private static final int GROUP = 32;

    /** After so many steps a tuple gives up all that is ever given up by itself. */
    private static final int STEPS_MAX = 3;

    private final TupleLayout layout;
    private final KeyHash hash;
    private final Overflow overflow;
    private final int allFolded;
    private final SetTable tuples;
    private final SetTable folds;
    private final int finerFoldsMax;
    private final FoldRule rule;
    private final SideTables sides;
    private final Sightings sightings = new Sightings();
    private final byte[] allOtherKey;
    private long allOther;
    private long total;
    private long folded;
    private long dropped;

    /** The folded key now looked for. */
    private byte[] coarser = new byte[1024];

    /** The key of a tuple that has lost its row, and that of a folded row. */
    private byte[] evicted = new byte[1024];

    private byte[] pushed = new byte[1024];
    private long pushedCount;

    /** Nothing; but reads whose result goes nowhere would not be made. */
    private long touched;

    /**
     * @param hash what the hashes of all keys given were made with
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
        this.overflow = overflow;
        this.allFolded = layout.schema().allFolded();
        this.allOtherKey = new byte[layout.headerBytes() + Long.BYTES];
        layout.foldMask(allOtherKey, 0, allFolded);
        this.rule = new FoldRule(layout, hash);
        this.sides = new SideTables(layout, rowsMax);
        if (overflow == Overflow.DROP) {
            this.tuples = table(keyBytesMax, keyBytesMax, rowsMax);
            this.folds = table(0, 0, 0);
        } else {
            int foldRows = Math.max(1, rowsMax / FOLDED_SHARE);
            int foldBytes = Math.max(layout.headerBytes(), keyBytesMax / FOLDED_SHARE);
            int tupleBytes = keyBytesMax - foldBytes;
            this.tuples = table(tupleBytes, tupleBytes / 2, rowsMax - foldRows);
            int finerBytes = foldBytes - layout.headerBytes();
            this.folds = table(finerBytes, finerBytes / 2, foldRows - 1);
        }
        this.finerFoldsMax = folds.rowsMax() - folds.rowsMax() / COARSEST_SHARE;
    }

    private static SetTable table(int keyBytes, int longBytes, int rows) {
        return new SetTable(new KeyArena(keyBytes, longBytes, rows), rows);
    }

    public TupleLayout layout() {
        return layout;
    }

    public Schema schema() {
        return layout.schema();
    }

    /** Counts every record of a batch. */
    public void add(Batch batch) {
        byte[] keys = batch.keys();
        sides.begin(keys);
        for (int from = 0; from < batch.records(); from += GROUP) {
            int to = Math.min(from + GROUP, batch.records());
            touch(batch, from, to);
            for (int i = from; i < to; i++) {
                add(keys, batch.keyFrom(i), batch.keyTo(i), batch.hash(i), 1);
            }
        }
        sides.flush();
    }

    /** Has memory fetch what some records will need, all at the same time. */
    private void touch(Batch batch, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += tuples.touch(batch.hash(i));
        }
        for (int i = from; i < to; i++) {
            sum += tuples.touchKey(batch.hash(i));
        }
        touched = sum;
    }

    /** Counts requests of one tuple; [from, to) is its key, with eight spare bytes behind it, and {@code h} its hash. */
    public void add(byte[] key, int from, int to, long h, long count) {
        int way = tuples.find(key, from, to, h);
        if (way != SetTable.MISSING) {
            tuples.add(way, count);
        } else if (!tuples.insert(key, from, to, h, count)) {
            if (overflow == Overflow.DROP) {
                dropped += count;
                return;
            }
            contest(key, from, to, h, count);
        }
        total += count;
    }

    /** A tuple without a row: it takes one when it has been seen more often than its smallest neighbour. */
    private void contest(byte[] key, int from, int to, long h, long count) {
        int times = sightings.add(h, count);
        // Every row counts at least one request, so that a first sighting needs no comparison.
        int way = times == 1 ? SetTable.MISSING : tuples.smallest(h);
        if (way == SetTable.MISSING || times <= tuples.count(way) + LEAD) {
            fold(key, from, count);
            return;
        }
        KeyArena arena = tuples.arena();
        if (!arena.fits(to - from, arena.keyLength(tuples.ref(way)))) {
            fold(key, from, count);
            return;
        }
        long loser = tuples.count(way);
        evicted = takenOut(tuples, way, evicted);
        if (!tuples.insert(key, from, to, h, count)) {
            fold(key, from, count);
        }
        fold(evicted, 0, loser);
    }

    /** Takes a row out of its table; returns its key, in the array given or in a larger one. */
    private static byte[] takenOut(SetTable table, int way, byte[] into) {
        KeyArena arena = table.arena();
        int ref = table.ref(way);
        int length = arena.keyLength(ref);
        byte[] key = room(into, length);
        System.arraycopy(arena.bytes(ref), arena.key(ref), key, 0, length);
        table.remove(way);
        return key;
    }

    /** An array for a key of so many bytes, with the spare bytes that hashing needs. */
    private static byte[] room(byte[] array, int keyBytes) {
        return array.length >= keyBytes + Long.BYTES ? array : new byte[keyBytes * 2 + Long.BYTES];
    }

    /** Counts requests in a row that has at least one more field folded than their key. */
    private void fold(byte[] bytes, int key, long count) {
        folded += count;
        pushedCount = 0;
        place(bytes, key, count, true);
        if (pushedCount > 0) {
            place(pushed, 0, pushedCount, false);
        }
    }

    private void place(byte[] bytes, int key, long count, boolean mayPush) {
        rule.consider(bytes, key);
        coarser = room(coarser, layout.keyBytes(bytes, key));
        int from = rule.mask();
        int mask = from;
        for (int step = 0; step < STEPS_MAX; step++) {
            mask = rule.next(mask, count);
            if (mask == allFolded) {
                break;
            }
            if ((rule.wantedSurely() > count || folds.rows() < folds.rowsMax() / 2)
                    && placed(bytes, key, mask, count, mayPush && pushedCount == 0)) {
                sides.feed(rule, bytes, key, from, mask, count);
                return;
            }
        }
        mask = rule.coarsest(from);
        if (mask == from || !placedCoarsest(bytes, key, mask, count, mayPush && pushedCount == 0)) {
            mask = allFolded;
            allOther += count;
        }
        sides.feed(rule, bytes, key, from, mask, count);
    }

    /** Counts requests in the folded row of that mask, which may take the place of one that fewer wanted. */
    private boolean placed(byte[] bytes, int key, int mask, long count, boolean mayPush) {
        int length = layout.fold(bytes, key, mask, coarser, 0);
        long h = hash.hash(coarser, 0, length);
        int way = folds.find(coarser, 0, length, h);
        if (way != SetTable.MISSING) {
            folds.add(way, count);
            return true;
        }
        if (folds.rows() < finerFoldsMax && folds.insert(coarser, 0, length, h, count)) {
            return true;
        }
        int smallest = mayPush ? folds.smallest(h) : SetTable.MISSING;
        return smallest != SetTable.MISSING
                && rule.wantedSurely() > 2 * folds.count(smallest)
                && pushedOut(smallest, length, h, count);
    }

    /** Counts requests in the row that keeps the fewest fields; it takes the place of any other. */
    private boolean placedCoarsest(byte[] bytes, int key, int mask, long count, boolean mayPush) {
        int length = layout.fold(bytes, key, mask, coarser, 0);
        long h = hash.hash(coarser, 0, length);
        int way = folds.find(coarser, 0, length, h);
        if (way != SetTable.MISSING) {
            folds.add(way, count);
            return true;
        }
        if (folds.insert(coarser, 0, length, h, count)) {
            return true;
        }
        int smallest = mayPush ? folds.smallest(h) : SetTable.MISSING;
        return smallest != SetTable.MISSING && pushedOut(smallest, length, h, count);
    }

    /** Puts a new row in the place of another, which is to be placed again. */
    private boolean pushedOut(int way, int length, long h, long count) {
        pushedCount = folds.count(way);
        pushed = takenOut(folds, way, pushed);
        return folds.insert(coarser, 0, length, h, count);
    }

    /** What was folded out of the rollups, by their place in {@link RollupDims#of}. */
    @Nullable
    SideTable side(int rollup) {
        return sides.get(rollup);
    }

    /** Requests of that class, by ordinal, whose status was folded. */
    long foldedStatuses(int statusClass) {
        return sides.foldedStatuses(statusClass);
    }

    /** Empties the table for the next bucket; not while the store holds it. */
    public void clear() {
        if (folded > 0) {
            sightings.clear();
            rule.clear();
        }
        sides.clear();
        tuples.clear();
        folds.clear();
        allOther = 0;
        total = 0;
        folded = 0;
        dropped = 0;
    }

    /** Rows in use, folded ones included; never more than {@code store.keys}. */
    public int rows() {
        return tuples.rows() + folds.rows() + (allOther == 0 ? 0 : 1);
    }

    /** Bytes of keys in use; never more than {@code store.keyBytes}. */
    public long keyBytes() {
        return tuples.arena().keyBytes() + folds.arena().keyBytes() + (allOther == 0 ? 0 : layout.headerBytes());
    }

    /** Heap bytes that the keys hold, used or kept for the next bucket. */
    public long keyHeapBytes() {
        return tuples.arena().heapBytes() + folds.arena().heapBytes();
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

    /** Calls for each row, in no particular order. */
    public void forEach(RowConsumer consumer) {
        tuples.forEach(consumer);
        folds.forEach(consumer);
        if (allOther != 0) {
            consumer.row(allOtherKey, 0, allOther);
        }
    }
}
