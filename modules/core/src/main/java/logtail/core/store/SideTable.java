package logtail.core.store;

import java.util.Arrays;
import logtail.core.traffic.StatusClass;

/**
 * The values that were folded away most often, with a sure count and a bound for each (D10). Bounded in values and in
 * bytes; what it does not hold has a bound too. Not threadsafe.
 */
/*
 * Space-Saving with a filter in front (Homem and Carvalho), in sets of eight ways. A value that is not there adds to
 * one of many counters, its cell, and takes the place of the smallest of its set once the cell says more: it may have
 * been fed that often. The one that goes leaves its own count in its cell. So
 *
 *   fed of a value that is there      at least what was counted since it came, at most its estimate
 *   fed of a value that is not there  at most its cell
 *
 * and a flood of values that come once hardly ever gets past the cells: it costs one line of the set and one cell.
 *
 * A set is two cache lines that the processor fetches as a pair: eight tags and eight estimates, 0 for free; sixteen
 * cells of 16 bits, and eight references to the arena. An entry of the arena is the length of the first field in two
 * bytes, the first field, the second field.
 */
final class SideTable {
    /** Receives a value: its two fields stand one behind the other, the first at {@code from}. */
    @FunctionalInterface
    interface Consumer {
        /**
         * @param way for {@link #count} and {@link #estimate}
         */
        void value(byte[] bytes, int from, int firstLength, int secondLength, int way);
    }

    /**
     * How much a table holds.
     *
     * @param valueBits logarithm of the number of values
     * @param keyBytes bytes of the values
     */
    record Size(int valueBits, int keyBytes) {
        private static final int VALUE_BITS_MIN = 6;
        private static final int VALUE_BITS_MAX = 18;
        private static final int VALUE_BYTES = 64;

        /** For a live table of so many rows: at 100 000 of them 65 536 pairs and 16 384 single values. */
        static Size of(int liveRows, boolean pair) {
            int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, liveRows)) - (pair ? 0 : 2);
            int valueBits = Math.max(VALUE_BITS_MIN, Math.min(VALUE_BITS_MAX, bits));
            return new Size(valueBits, VALUE_BYTES << valueBits);
        }
    }

    private static final int CLASSES = StatusClass.values().length;
    private static final int WAYS = 8;
    private static final int WAY_BITS = 3;
    private static final int ESTIMATES = WAYS;
    private static final int CELLS = 2 * WAYS;
    private static final int REFS = 3 * WAYS;
    private static final int STRIDE = 4 * WAYS;
    private static final int CELL_BITS = 4;
    private static final int CELL_MAX = 0xffff;

    /** Ints in front, so that sets begin where cache lines do when the array does. */
    private static final int PAD = 12;

    private static final int LENGTH_BYTES = 2;
    private static final int MISSING = -1;
    private static final int GROUP = 64;
    private static final int FIELDS = 5;

    /** What was fed once waits in its cell, even while there is room: most of it never comes again. */
    private static final int ONCE = 1;

    private final KeyArena arena;
    private final int[] sets;
    private final int setMask;

    /** By way and class. */
    private final int[] counts;

    private long fed;

    /** Requests that wait, so that memory is asked for all of them at the same time. */
    private final long[] hashes = new long[GROUP];

    private final int[] fields = new int[GROUP * FIELDS];
    private int waiting;

    /** Nothing; but reads whose result goes nowhere would not be made. */
    private long touched;

    SideTable(Size size) {
        this.arena = new KeyArena(size.keyBytes, size.keyBytes / 2, 1 << size.valueBits);
        this.setMask = (1 << size.valueBits - WAY_BITS) - 1;
        this.sets = new int[PAD + (STRIDE << size.valueBits - WAY_BITS)];
        this.counts = new int[CLASSES << size.valueBits];
    }

    /** Hash of a pair of values; of one value it is its own. */
    static long hash(long first, long second) {
        long h = (first ^ Long.rotateLeft(second, 32)) * 0x9e37_79b9_7f4a_7c15L;
        return h ^ h >>> 32;
    }

    /**
     * Counts requests of a value whose fields stand in {@code bytes}; a field of length 0 may be missing.
     *
     * @param h hash of the value
     * @param statusClass ordinal of the class of their status; negative when it is not known
     */
    void add(long h, byte[] bytes, int first, int firstLength, int second, int secondLength, int statusClass, long n) {
        fed += n;
        int set = (int) h & setMask;
        int tag = (int) (h >>> 32);
        int way = find(set, tag, bytes, first, firstLength, second, secondLength);
        if (way == MISSING) {
            way = admitted(set, tag, n, LENGTH_BYTES + firstLength + secondLength);
            if (way == MISSING) {
                return;
            }
            write(refOf(way), bytes, first, firstLength, second, secondLength);
        } else {
            sets[estimateAt(way)] = sum(sets[estimateAt(way)], n);
        }
        if (statusClass >= 0) {
            counts[way * CLASSES + statusClass] = sum(counts[way * CLASSES + statusClass], n);
        }
    }

    /**
     * Has requests counted later, one of the value whose fields stand in the array that {@link #flush} is given.
     *
     * @return false when that is to be called first
     */
    boolean later(long h, int first, int firstLength, int second, int secondLength, int statusClass) {
        if (waiting == GROUP) {
            return false;
        }
        hashes[waiting] = h;
        int at = waiting * FIELDS;
        fields[at] = first;
        fields[at + 1] = firstLength;
        fields[at + 2] = second;
        fields[at + 3] = secondLength;
        fields[at + 4] = statusClass;
        waiting++;
        return true;
    }

    /** Counts what was left for later. */
    void flush(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < waiting; i++) {
            sum += touch(hashes[i]);
        }
        for (int i = 0; i < waiting; i++) {
            sum += touchValue(hashes[i]);
        }
        touched = sum;
        int n = waiting;
        waiting = 0;
        for (int i = 0, at = 0; i < n; i++, at += FIELDS) {
            add(hashes[i], bytes, fields[at], fields[at + 1], fields[at + 2], fields[at + 3], fields[at + 4], 1);
        }
    }

    private int touch(long h) {
        int base = PAD + ((int) h & setMask) * STRIDE;
        return sets[base] + sets[base + STRIDE - 1];
    }

    private int touchValue(long h) {
        int set = (int) h & setMask;
        int tag = (int) (h >>> 32);
        int base = PAD + set * STRIDE;
        int way = MISSING;
        for (int i = 0; i < WAYS; i++) {
            way = sets[base + i] == tag ? i : way;
        }
        if (way == MISSING || sets[base + ESTIMATES + way] == 0) {
            return 0;
        }
        return arena.touch(sets[base + REFS + way]) + counts[(set << WAY_BITS | way) * CLASSES];
    }

    /** Sums stop at the largest number: as a sure count too little, as an estimate read as without bound. */
    private static int sum(int a, long n) {
        return (int) Math.min(Integer.MAX_VALUE, a + n);
    }

    private int find(int set, int tag, byte[] bytes, int first, int firstLength, int second, int secondLength) {
        int base = PAD + set * STRIDE;
        for (int i = 0; i < WAYS; i++) {
            if (sets[base + i] == tag
                    && sets[base + ESTIMATES + i] != 0
                    && holds(sets[base + REFS + i], bytes, first, firstLength, second, secondLength)) {
                return set << WAY_BITS | i;
            }
        }
        return MISSING;
    }

    private boolean holds(int ref, byte[] bytes, int first, int firstLength, int second, int secondLength) {
        byte[] own = arena.bytes(ref);
        int at = arena.key(ref) + LENGTH_BYTES;
        int middle = at + firstLength;
        return arena.keyLength(ref) == LENGTH_BYTES + firstLength + secondLength
                && firstLength(own, arena.key(ref)) == firstLength
                && Arrays.equals(own, at, middle, bytes, first, first + firstLength)
                && Arrays.equals(own, middle, middle + secondLength, bytes, second, second + secondLength);
    }

    private static int firstLength(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << Byte.SIZE;
    }

    /** The way of a value that was not there, or {@link #MISSING}: then its cell has counted it. */
    private int admitted(int set, int tag, long n, int length) {
        int estimate = sum(cell(set, tag), n);
        int way = set << WAY_BITS | candidate(set);
        int at = estimateAt(way);
        boolean free = sets[at] == 0;
        if (estimate <= Math.max(ONCE, sets[at]) || !arena.fits(length, free ? 0 : arena.keyLength(refOf(way)))) {
            raiseCell(set, tag, estimate);
            return MISSING;
        }
        if (!free) {
            evict(set, way);
        }
        int ref = arena.allocate(length);
        if (ref == KeyArena.NONE) {
            raiseCell(set, tag, estimate);
            return MISSING;
        }
        sets[at - ESTIMATES] = tag;
        sets[at] = estimate;
        sets[at - ESTIMATES + REFS] = ref;
        return way;
    }

    private void evict(int set, int way) {
        int at = estimateAt(way);
        raiseCell(set, sets[at - ESTIMATES], sets[at]);
        arena.free(refOf(way));
        sets[at] = 0;
        Arrays.fill(counts, way * CLASSES, (way + 1) * CLASSES, 0);
    }

    /** A free way of a set, else that of its smallest estimate. */
    private int candidate(int set) {
        int base = PAD + set * STRIDE + ESTIMATES;
        int best = 0;
        for (int i = 1; i < WAYS; i++) {
            best = sets[base + i] < sets[base + best] ? i : best;
        }
        return best;
    }

    private void write(int ref, byte[] bytes, int first, int firstLength, int second, int secondLength) {
        byte[] own = arena.bytes(ref);
        int at = arena.key(ref);
        own[at] = (byte) firstLength;
        own[at + 1] = (byte) (firstLength >>> Byte.SIZE);
        System.arraycopy(bytes, first, own, at + LENGTH_BYTES, firstLength);
        System.arraycopy(bytes, second, own, at + LENGTH_BYTES + firstLength, secondLength);
    }

    private int refOf(int way) {
        return sets[estimateAt(way) - ESTIMATES + REFS];
    }

    private static int estimateAt(int way) {
        return PAD + (way >>> WAY_BITS) * STRIDE + ESTIMATES + (way & WAYS - 1);
    }

    /** The cell of a value follows from its set and tag, so that one that goes is not hashed again. */
    private static int cellAt(int set, int tag) {
        int cell = tag * 0x85eb_ca6b >>> Integer.SIZE - CELL_BITS;
        return (PAD + set * STRIDE + CELLS) * 2 + cell;
    }

    private int cell(int set, int tag) {
        return cell(cellAt(set, tag));
    }

    private int cell(int at) {
        int cell = sets[at >>> 1] >>> (at & 1) * Short.SIZE & CELL_MAX;
        return cell == CELL_MAX ? Integer.MAX_VALUE : cell;
    }

    private void raiseCell(int set, int tag, int count) {
        int at = cellAt(set, tag);
        if (count > cell(at)) {
            int shift = (at & 1) * Short.SIZE;
            sets[at >>> 1] = sets[at >>> 1] & ~(CELL_MAX << shift) | Math.min(CELL_MAX, count) << shift;
        }
    }

    /** All requests that were fed. */
    long fed() {
        return fed;
    }

    /** Requests of a class that surely had the value in a way. */
    long count(int way, int statusClass) {
        return counts[way * CLASSES + statusClass];
    }

    /** The most requests that can have had the value in a way. */
    long estimate(int way) {
        int estimate = sets[estimateAt(way)];
        return estimate == Integer.MAX_VALUE ? fed : Math.min(fed, estimate);
    }

    /** The most requests that can have had the value of that hash, which is not there. */
    long missing(long h) {
        return bound(cell((int) h & setMask, (int) (h >>> 32)));
    }

    /** The same for any value. */
    long missing() {
        int most = 0;
        for (int set = 0; set <= setMask; set++) {
            int first = (PAD + set * STRIDE + CELLS) * 2;
            for (int at = first; at < first + (1 << CELL_BITS); at++) {
                most = Math.max(most, cell(at));
            }
        }
        return bound(most);
    }

    private long bound(int cell) {
        return cell == Integer.MAX_VALUE ? fed : Math.min(fed, cell);
    }

    void forEach(Consumer consumer) {
        for (int way = 0; way < counts.length / CLASSES; way++) {
            if (sets[estimateAt(way)] != 0) {
                int ref = refOf(way);
                byte[] bytes = arena.bytes(ref);
                int at = arena.key(ref);
                int first = firstLength(bytes, at);
                int second = arena.keyLength(ref) - LENGTH_BYTES - first;
                consumer.value(bytes, at + LENGTH_BYTES, first, second, way);
            }
        }
    }

    void clear() {
        arena.clear();
        Arrays.fill(sets, 0);
        Arrays.fill(counts, 0);
        fed = 0;
    }
}
