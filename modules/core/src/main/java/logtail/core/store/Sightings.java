package logtail.core.store;

import java.util.Arrays;

/** How often tuples without a row were seen: a count-min sketch, exact or now and then too much. Not threadsafe. */
/*
 * Both counters of a tuple stand in one cache line.
 */
final class Sightings {
    private static final int COUNTER_BITS = 19;
    private static final int LINE_BITS = 5;

    /** After so many the counters begin again: fuller, they would take strangers for old friends. */
    private static final int ENTERED_MAX = 1 << COUNTER_BITS - 2;

    private final char[] counters = new char[1 << COUNTER_BITS];
    private int entered;

    /** Counts sightings of the tuple of that hash; returns how many there were so far, these included. */
    int add(long hash, long count) {
        int line = ((int) (hash >>> 13) & (1 << COUNTER_BITS - LINE_BITS) - 1) << LINE_BITS;
        int a = line | (int) (hash >>> 40) & (1 << LINE_BITS) - 1;
        int b = line | (int) (hash >>> 50) & (1 << LINE_BITS) - 1;
        int before = Math.min(counters[a], counters[b]);
        if (before == 0 && ++entered > ENTERED_MAX) {
            clear();
        }
        int times = (int) Math.min(Character.MAX_VALUE, before + count);
        counters[a] = (char) Math.max(counters[a], times);
        counters[b] = (char) Math.max(counters[b], times);
        return times;
    }

    void clear() {
        Arrays.fill(counters, (char) 0);
        entered = 0;
    }
}
