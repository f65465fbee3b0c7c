package logtail.core.store;

import java.util.Arrays;
import logtail.core.schema.KeyHash;

/** Gives the texts of one dimension that stand in a table's arena ids, equal ones the same. Not threadsafe. */
final class ArenaTexts implements TextSource {
    private final byte[] arena;
    private final KeyHash hash;
    private final TextIndex index = new TextIndex();

    /** By id: where the text begins, and in the lower half its length. */
    private long[] places = new long[64];

    private int limit = 1;

    /**
     * @param arena texts, with eight spare bytes behind the last
     */
    ArenaTexts(byte[] arena, KeyHash hash) {
        this.arena = arena;
        this.hash = hash;
    }

    /** The id of a text in the arena. */
    int idOf(int from, int length) {
        long h = hash.hash(arena, from, from + length);
        int known = index.find(h, arena, from, length, this);
        if (known != 0) {
            return known;
        }
        int id = limit++;
        if (id == places.length) {
            places = Arrays.copyOf(places, id * 2);
        }
        places[id] = (long) from << 32 | length;
        index.add(h, id);
        return id;
    }

    @Override
    public byte[] array(int id) {
        return arena;
    }

    @Override
    public int from(int id) {
        return (int) (places[id] >>> 32);
    }

    @Override
    public int length(int id) {
        return (int) places[id];
    }

    @Override
    public int limit() {
        return limit;
    }
}
