package logtail.core.store;

import java.util.Arrays;

/** How often tuples without a row were seen: a count-min sketch, exact or now and then too much. Not threadsafe. */
final class Sightings {
    private static final int COUNTER_BITS = 19;

    /** After so many the counters begin again: fuller, they would take strangers for old friends. */
    private static final int ENTERED_MAX = 1 << COUNTER_BITS - 1;

    private final char[] counters = new char[1 << COUNTER_BITS];
    private int entered;

    /** Counts sightings of the tuple of that hash; returns how many there were so far, these included. */
    int add(long hash, long count) {
        int a = (int) (hash >>> 8) & counters.length - 1;
        int b = (int) (hash >>> 40) & counters.length - 1;
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
