package logtail.core.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Memory for keys of a few bytes, allocated and freed one by one. Not threadsafe.
 */
/*
 * Chunks of 1 MiB are added as they are needed, so that nothing is ever copied to make room and an idle table is
 * small. An entry begins at a multiple of 16 bytes and is named by a reference: chunk << 16 | offset >>> 4. References
 * are positive; 0 is none.
 *
 *   2 bytes  length of the key
 *   2 bytes  length of the entry, in units of 16 bytes
 *   key
 *
 * Freed entries are kept by size and given out again, a larger one whole when nothing else is left. Nothing is ever
 * joined or cut: the arena is cleared at the end of every bucket.
 */
final class KeyArena {
    /** No entry. */
    static final int NONE = 0;

    /** Longest key: lengths are 16 bits. */
    static final int KEY_BYTES_MAX = 0xffff;

    /** Bytes an entry of a usual length takes besides its key, at most. */
    static final int OVERHEAD_BYTES = 20;

    /** Longer keys share half of the key bytes, so that a flood of them cannot starve the usual ones. */
    static final int LONG_KEY_BYTES = 1024;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER_BYTES = 4;
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
    private static final int UNIT_BITS = 4;
    private static final int UNIT = 1 << UNIT_BITS;

    /** What the processor fetches at once. */
    private static final int LINE_BYTES = 64;

    /** Spare bytes behind each chunk, so that the last key can be read in whole words. */
    private static final int SLACK = LINE_BYTES;

    /** Sizes up to here have a free list each; above, four per doubling. */
    private static final int EXACT_UNITS = 64;

    private static final int EXACT_BITS = 6;
    private static final int SIZES = EXACT_UNITS + 4 * (CHUNK_BITS - UNIT_BITS - EXACT_BITS);

    /** The half of an entry's first word that holds the length of its key. */
    private static final int LENGTH = 0xffff;

    private final long keyBytesMax;
    private final long longBytesMax;
    private final int chunksMax;
    private byte[][] chunks = new byte[0][];
    private int chunksUsed;
    private int chunkFill = CHUNK_BYTES;
    private final int[] free = new int[SIZES];
    private long keyBytes;
    private long longBytes;

    /**
     * @param keyBytesMax sum of the lengths of all keys, at most
     * @param longBytesMax that of the long ones among them
     * @param keysMax how many keys are expected at most: memory is set aside for what they need besides their bytes
     */
    KeyArena(long keyBytesMax, long longBytesMax, int keysMax) {
        this.keyBytesMax = keyBytesMax;
        this.longBytesMax = longBytesMax;
        long bytes = Math.max(0, keyBytesMax) + (long) keysMax * OVERHEAD_BYTES;
        this.chunksMax = (int) Math.max(1, bytes + CHUNK_BYTES - 1 >>> CHUNK_BITS);
    }

    /** The array that holds an entry. */
    byte[] bytes(int ref) {
        return chunks[ref >>> CHUNK_BITS - UNIT_BITS];
    }

    /** Where its key begins in {@link #bytes(int)}; at least eight bytes follow its end. */
    int key(int ref) {
        return offset(ref) + HEADER_BYTES;
    }

    int keyLength(int ref) {
        return (int) INT.get(bytes(ref), offset(ref)) & LENGTH;
    }

    /** Reads the memory of a key. */
    int touch(int ref) {
        byte[] chunk = bytes(ref);
        int at = offset(ref);
        return chunk[at] + chunk[at + LINE_BYTES];
    }

    /** Whether the key of an entry is [from, to). */
    boolean holds(int ref, byte[] key, int from, int to) {
        byte[] chunk = bytes(ref);
        int at = offset(ref);
        int length = to - from;
        return ((int) INT.get(chunk, at) & LENGTH) == length
                && Arrays.equals(key, from, to, chunk, at + HEADER_BYTES, at + HEADER_BYTES + length);
    }

    /** Whether a key of that length may be added once entries with so many bytes of keys are freed. */
    boolean fits(int length, int lengthFreed) {
        int longer = longPart(length) - longPart(lengthFreed);
        return length <= KEY_BYTES_MAX
                && keyBytes + length - lengthFreed <= keyBytesMax
                && (longPart(length) == 0 || longBytes + longer <= longBytesMax);
    }

    /** A new entry for a key; {@link #NONE} when there is no room. */
    int allocate(byte[] key, int from, int to) {
        int ref = allocate(to - from);
        if (ref != NONE) {
            System.arraycopy(key, from, bytes(ref), key(ref), to - from);
        }
        return ref;
    }

    /** A new entry whose key, of that length, is to be written; {@link #NONE} when there is no room. */
    int allocate(int length) {
        int ref = fits(length, 0) ? place(units(length)) : NONE;
        if (ref != NONE) {
            byte[] chunk = bytes(ref);
            int at = offset(ref);
            INT.set(chunk, at, (int) INT.get(chunk, at) & ~LENGTH | length);
            keyBytes += length;
            longBytes += longPart(length);
        }
        return ref;
    }

    /** Gives an entry back. */
    void free(int ref) {
        int length = keyLength(ref);
        keyBytes -= length;
        longBytes -= longPart(length);
        int size = sizeOf((int) INT.get(bytes(ref), offset(ref)) >>> 16);
        // The length of the entry stays where it is; the next free one stands where the key was.
        INT.set(bytes(ref), key(ref), free[size]);
        free[size] = ref;
    }

    private static int longPart(int length) {
        return length > LONG_KEY_BYTES ? length : 0;
    }

    /** Sum of the lengths of all keys. */
    long keyBytes() {
        return keyBytes;
    }

    /** Heap bytes held. */
    long heapBytes() {
        return (long) chunks.length * CHUNK_BYTES;
    }

    /** Forgets all entries; half of the chunks that were not needed this time are given back. */
    void clear() {
        int spare = chunks.length - chunksUsed;
        if (spare > 1) {
            chunks = Arrays.copyOf(chunks, chunks.length - spare / 2);
        }
        chunksUsed = 0;
        chunkFill = CHUNK_BYTES;
        keyBytes = 0;
        longBytes = 0;
        Arrays.fill(free, NONE);
    }

    private int place(int units) {
        int size = sizeOf(units);
        int ref = taken(size);
        for (int larger = size + 1; ref == NONE && larger < SIZES && !fresh(units); larger++) {
            ref = taken(larger);
        }
        return ref == NONE ? bump(units) : ref;
    }

    /** Takes an entry off a free list. */
    private int taken(int size) {
        int ref = free[size];
        if (ref != NONE) {
            free[size] = (int) INT.get(bytes(ref), key(ref));
        }
        return ref;
    }

    /** Whether there is memory that was never used, which is better taken than an entry that is too large. */
    private boolean fresh(int units) {
        return chunkFill + (units << UNIT_BITS) <= CHUNK_BYTES || chunksUsed < chunksMax;
    }

    private int bump(int units) {
        int bytes = units << UNIT_BITS;
        if (chunkFill + bytes > CHUNK_BYTES) {
            if (chunksUsed == chunksMax) {
                return NONE;
            }
            if (chunksUsed == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunksUsed + 1);
                chunks[chunksUsed] = new byte[CHUNK_BYTES + SLACK];
            }
            chunksUsed++;
            // The first unit of a chunk stays empty, so that no reference is NONE.
            chunkFill = UNIT;
        }
        int ref = chunksUsed - 1 << CHUNK_BITS - UNIT_BITS | chunkFill >>> UNIT_BITS;
        INT.set(bytes(ref), offset(ref), units << 16);
        chunkFill += bytes;
        return ref;
    }

    /** Units for a key; large ones are rounded up to a quarter of a doubling, so that few sizes serve many keys. */
    private static int units(int keyLength) {
        int units = HEADER_BYTES + keyLength + UNIT - 1 >>> UNIT_BITS;
        if (units <= EXACT_UNITS) {
            return units;
        }
        int step = Integer.highestOneBit(units - 1) >>> 2;
        return (units + step - 1) / step * step;
    }

    /** The free list for so many units, as {@link #units(int)} rounds them. */
    private static int sizeOf(int units) {
        if (units <= EXACT_UNITS) {
            return units - 1;
        }
        int doubling = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(units - 1);
        int quarter = (units - 1 >>> doubling - 2) & 3;
        return EXACT_UNITS + (doubling - EXACT_BITS) * 4 + quarter;
    }

    private static int offset(int ref) {
        return (ref & (1 << CHUNK_BITS - UNIT_BITS) - 1) << UNIT_BITS;
    }
}
