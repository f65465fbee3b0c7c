package logtail.core.store;

import java.util.Arrays;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;

/** Gives ids to texts that stand in the arrays of a table, equal ones the same. Not threadsafe. */
final class ArenaTexts implements TextSource {
    private static final int IDS_AT_FIRST = 64;

    private final KeyHash hash;
    private final TextIndex index = new TextIndex();
    private byte[][] arrays = new byte[IDS_AT_FIRST][];

    /** By id: where the text begins in its array, and in the lower half its length. */
    private long[] places = new long[IDS_AT_FIRST];

    private int limit = 1;

    ArenaTexts(KeyHash hash) {
        this.hash = hash;
    }

    /** One for each dimension of a schema; those of number kinds stay empty. */
    static ArenaTexts[] of(Schema schema, KeyHash hash) {
        ArenaTexts[] texts = new ArenaTexts[schema.size()];
        Arrays.setAll(texts, d -> new ArenaTexts(hash));
        return texts;
    }

    /** The id of a text, which has at least eight spare bytes behind it. */
    int idOf(byte[] bytes, int from, int length) {
        long h = hash.hash(bytes, from, from + length);
        int known = index.find(h, bytes, from, length, this);
        if (known != 0) {
            return known;
        }
        int id = limit++;
        if (id == places.length) {
            places = Arrays.copyOf(places, id * 2);
            arrays = Arrays.copyOf(arrays, id * 2);
        }
        arrays[id] = bytes;
        places[id] = (long) from << 32 | length;
        index.add(h, id);
        return id;
    }

    @Override
    public byte[] array(int id) {
        return arrays[id];
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
