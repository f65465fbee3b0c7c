package logtail.core.store;

import java.util.Arrays;
import java.util.List;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/**
 * Which dimension a tuple gives up when there is no row for it (D9): the one in which it merges with the most others.
 *
 * <p>A prefix is given up before its ASN, which still says where the request came from. A website is given up only
 * when that merges eight times as much as anything else: it is what operators ask for first.
 *
 * <p>Not threadsafe.
 */
/*
 * Every fold is one of a few directions: the URI; the prefix, then the ASN; the website. For each direction a table of
 * counters, indexed by the hash of what the tuple would become, says how many requests of this bucket wanted to become
 * the same: a random-path flood piles up under "URI", a flash crowd under "prefix". Collisions only make a choice less
 * good, never a count wrong.
 */
final class FoldRule {
    private static final int COUNTER_BITS = 15;
    private static final int WEBSITE_WEIGHT = 8;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final TupleLayout layout;
    private final KeyHash hash;
    private final int size;
    private final int all;
    private final List<FoldDirection> directions;
    private final int coarsest;
    private final char[][] counters;

    /** By dimension: odd numbers, so that equal values of two dimensions do not cancel each other out. */
    private final long[] factors;

    private final long[] hashes;
    private final int[] froms;
    private final int[] lengths;
    private int mask;
    private long sum;
    private long wanted;
    private long counted;

    FoldRule(TupleLayout layout, KeyHash hash) {
        this.layout = layout;
        this.hash = hash;
        Schema schema = layout.schema();
        this.size = schema.size();
        this.all = schema.allFolded();
        this.directions = FoldDirection.of(schema);
        this.coarsest = directions.stream().mapToInt(FoldDirection::mask).reduce(0, (a, b) -> a | b);
        this.counters = new char[directions.size()][1 << COUNTER_BITS];
        this.hashes = new long[size];
        this.froms = new int[size];
        this.lengths = new int[size];
        this.factors = new long[size];
        Arrays.setAll(factors, d -> MIX * (2L * d + 1) | 1);
    }

    /** Looks at a key, whose bytes must stay as they are; the other methods speak of it. */
    void consider(byte[] bytes, int key) {
        mask = layout.foldMask(bytes, key);
        int text = key + layout.headerBytes();
        long s = 0;
        for (int d = 0; d < size; d++) {
            if (layout.kind(d).isDictionary()) {
                int length = layout.textLength(bytes, key, d);
                froms[d] = text;
                lengths[d] = length;
                hashes[d] = hash.hash(bytes, text, text + length);
                text += length;
            } else {
                froms[d] = layout.numberFrom(key, d);
                lengths[d] = layout.numberBytes(d);
                hashes[d] = hash.mix(d, layout.number(bytes, key, d));
            }
            s += (mask >>> d & 1) != 0 ? 0 : hashes[d] * factors[d];
        }
        sum = s;
    }

    /** Fold mask of the key. */
    int mask() {
        return mask;
    }

    /** Keyed hash of the value of a dimension. */
    long valueHash(int dimension) {
        return hashes[dimension];
    }

    /** Where the bytes of that value stand in the array of the key. */
    int valueFrom(int dimension) {
        return froms[dimension];
    }

    int valueLength(int dimension) {
        return lengths[dimension];
    }

    /** The mask with everything folded that is ever folded by itself. */
    int coarsest(int foldMask) {
        return foldMask | coarsest;
    }

    /**
     * The fold mask that the key should get next; all dimensions when none is left that is given up by itself.
     *
     * @param from its fold mask so far
     * @param count its requests
     */
    int next(int from, long count) {
        int best = all;
        long most = -1;
        counted += count;
        for (int i = 0; i < counters.length; i++) {
            FoldDirection direction = directions.get(i);
            int more = direction.next(from);
            if (more == from) {
                continue;
            }
            long times = want(counters[i], more, count);
            long score = direction.isWebsite() ? times : times * WEBSITE_WEIGHT;
            if (score > most) {
                most = score;
                wanted = times;
                best = more;
            }
        }
        return best;
    }

    private long want(char[] counts, int more, long count) {
        long s = sum;
        for (int rest = more & ~mask; rest != 0; rest &= rest - 1) {
            int d = Integer.numberOfTrailingZeros(rest);
            s -= hashes[d] * factors[d];
        }
        int at = (int) ((s ^ more) * MIX >>> Long.SIZE - COUNTER_BITS);
        counts[at] = (char) Math.min(Character.MAX_VALUE, counts[at] + count);
        return counts[at];
    }

    /** How many requests of this bucket wanted what {@link #next} said last, these among them; now and then too many. */
    long wanted() {
        return wanted;
    }

    /** The same without what others have added to the same counter, on the average; this errs on the low side. */
    long wantedSurely() {
        return wanted - 2 * (counted >>> COUNTER_BITS);
    }

    /** Forgets what was folded: a new bucket begins. */
    void clear() {
        counted = 0;
        for (char[] counts : counters) {
            Arrays.fill(counts, (char) 0);
        }
    }
}
