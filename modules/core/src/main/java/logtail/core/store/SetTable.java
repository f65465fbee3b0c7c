package logtail.core.store;

import java.util.Arrays;

/**
 * Keys with counts, found by hash: every key may stand in one of two sets of eight ways. Not threadsafe.
 */
/*
 * A set is eight ways and their eight counts, side by side: two cache lines that the processor fetches as a pair. A
 * way holds the upper half of the hash, its tag, and the reference of the key in the arena; 0 is free. So a key that is
 * there costs one set and one look at the arena, and the smallest of a set is found without touching a key.
 *
 * There are half as many ways again as rows. A new key goes to its first set, so that one look usually finds it; when
 * that is full to its second; when that is full too, one of the sixteen that stand there moves to its own other set.
 * So a key practically always finds a way while there are rows left: no chains, no rehash, no stall. The other set of a
 * key follows from its tag and the set it is in, so that keys are moved without being looked at.
 */
final class SetTable {
    static final int WAYS = 8;
    static final int MISSING = -1;

    private static final int SET_BITS = 4;
    private static final long TAG = 0xffff_ffff_0000_0000L;

    private final KeyArena arena;
    private final long[] sets;
    private final int setMask;
    private final int rowsMax;
    private int rows;

    /**
     * @param arena where the keys stand; nobody else's
     */
    SetTable(KeyArena arena, int rowsMax) {
        this.arena = arena;
        this.rowsMax = rowsMax;
        long wanted = Math.max(2, (long) rowsMax * 3 / 2 / WAYS);
        int count = (int) Long.highestOneBit(wanted * 2 - 1);
        this.sets = new long[Math.multiplyExact(count, 1 << SET_BITS)];
        this.setMask = count - 1;
    }

    KeyArena arena() {
        return arena;
    }

    /** The way of a key, or {@link #MISSING}. */
    int find(byte[] key, int from, int to, long h) {
        int way = findIn(firstSet(h), key, from, to, h);
        return way == MISSING ? findIn(otherSet(firstSet(h), h), key, from, to, h) : way;
    }

    private int findIn(int set, byte[] key, int from, int to, long h) {
        long tag = h & TAG;
        int first = set << SET_BITS;
        for (int way = first; way < first + WAYS; way++) {
            long w = sets[way];
            if ((w & TAG) == tag && (int) w != KeyArena.NONE && arena.holds((int) w, key, from, to)) {
                return way;
            }
        }
        return MISSING;
    }

    /** Reads the sets of a hash; done for many keys in a row, memory answers them all at the same time. */
    long touch(long h) {
        int first = firstSet(h);
        return sets[first << SET_BITS] + sets[otherSet(first, h) << SET_BITS];
    }

    /** Reads the key that the first set most likely holds for a hash. */
    long touchKey(long h) {
        long tag = h & TAG;
        int first = firstSet(h) << SET_BITS;
        int ref = KeyArena.NONE;
        for (int way = first; way < first + WAYS; way++) {
            long w = sets[way];
            ref = (w & TAG) == tag ? (int) w : ref;
        }
        return sets[first + WAYS] + (ref == KeyArena.NONE ? 0 : arena.touch(ref));
    }

    /** Reference of the entry in a way. */
    int ref(int way) {
        return (int) sets[way];
    }

    long count(int way) {
        return sets[way + WAYS];
    }

    void add(int way, long n) {
        sets[way + WAYS] += n;
    }

    /** Adds a key that is not there; false when there is no row, no way or no memory for it. */
    boolean insert(byte[] key, int from, int to, long h, long count) {
        if (rows >= rowsMax) {
            return false;
        }
        int way = freeWay(h);
        int ref = way == MISSING ? KeyArena.NONE : arena.allocate(key, from, to);
        if (ref == KeyArena.NONE) {
            return false;
        }
        sets[way] = h & TAG | ref;
        sets[way + WAYS] = count;
        rows++;
        return true;
    }

    private int freeWay(long h) {
        int first = firstSet(h);
        int second = otherSet(first, h);
        int way = freeIn(first);
        way = way == MISSING ? freeIn(second) : way;
        way = way == MISSING ? madeFree(first) : way;
        return way == MISSING ? madeFree(second) : way;
    }

    private int freeIn(int set) {
        int first = set << SET_BITS;
        for (int way = first; way < first + WAYS; way++) {
            if (sets[way] == 0) {
                return way;
            }
        }
        return MISSING;
    }

    /** Moves one key of a full set to its other set. */
    private int madeFree(int set) {
        int first = set << SET_BITS;
        for (int way = first; way < first + WAYS; way++) {
            int free = freeIn(otherSet(set, sets[way]));
            if (free != MISSING) {
                sets[free] = sets[way];
                sets[free + WAYS] = sets[way + WAYS];
                sets[way] = 0;
                return way;
            }
        }
        return MISSING;
    }

    /** The way with the smallest count among those a key of that hash may take; {@link #MISSING} when all are free. */
    int smallest(long h) {
        int first = firstSet(h);
        return smallest(otherSet(first, h), smallest(first, MISSING));
    }

    private int smallest(int set, int soFar) {
        int best = soFar;
        int first = set << SET_BITS;
        for (int way = first; way < first + WAYS; way++) {
            if (sets[way] != 0 && (best == MISSING || count(way) < count(best))) {
                best = way;
            }
        }
        return best;
    }

    /** Takes a key out; its entry is freed. */
    void remove(int way) {
        arena.free(ref(way));
        sets[way] = 0;
        rows--;
    }

    int rows() {
        return rows;
    }

    int rowsMax() {
        return rowsMax;
    }

    void clear() {
        Arrays.fill(sets, 0);
        arena.clear();
        rows = 0;
    }

    void forEach(LiveTable.RowConsumer consumer) {
        for (int set = 0; set <= setMask; set++) {
            int first = set << SET_BITS;
            for (int way = first; way < first + WAYS; way++) {
                if (sets[way] != 0) {
                    consumer.row(arena.bytes(ref(way)), arena.key(ref(way)), count(way));
                }
            }
        }
    }

    private int firstSet(long h) {
        return (int) h & setMask;
    }

    /** The other of the two sets of whatever has the tag of {@code h} and may stand in {@code set}. */
    private int otherSet(int set, long h) {
        return set ^ (int) (((h >>> 32) * 0x9e37_79b1L >>> 8) | 1) & setMask;
    }
}
