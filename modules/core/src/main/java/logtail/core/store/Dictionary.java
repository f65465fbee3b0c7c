package logtail.core.store;

import java.util.Arrays;
import java.util.BitSet;
import logtail.core.schema.KeyHash;

/**
 * The texts of one dimension that the kept buckets use, each with an id. A text that no row uses any more is freed,
 * and its id given to another one.
 *
 * <p>Not threadsafe: the sealer owns it. Readers get {@link #publish()}, which never changes.
 */
/*
 * Texts stand in chunks of references. A published chunk is never written again: the first write after a publication
 * copies it. So an id may be reused at once, while readers of older views go on with the older chunk. The lowest free
 * id is taken first, which keeps the ids of rows narrow, and lets whole chunks fall empty after a flood.
 */
final class Dictionary {
    /** References in a chunk: 4 KiB to copy. */
    static final int CHUNK = 1024;

    private static final byte[] NO_TEXT = new byte[0];
    private static final byte[][] NO_CHUNK = new byte[CHUNK][];

    static {
        Arrays.fill(NO_CHUNK, NO_TEXT);
    }

    private final KeyHash hash;
    private final TextIndex index = new TextIndex();
    private final Texts current = new Texts() {
        @Override
        public byte[] get(int id) {
            return text(id);
        }

        @Override
        public int limit() {
            return limit;
        }
    };
    private final TextSource source = TextSource.of(current);
    private final BitSet free = new BitSet();

    /** No id below it is free. */
    private int freeFrom;

    private final BitSet unpublished = new BitSet();
    private byte[][][] chunks = {NO_CHUNK};
    private int[] chunkTexts = new int[1];
    private int[] rows = new int[CHUNK];
    private int limit = 1;
    private boolean changed;
    private Texts published = Texts.NONE;
    private byte[] scratch = new byte[64];

    Dictionary(KeyHash hash) {
        this.hash = hash;
    }

    /**
     * The id of a text, which is added if need be. Somebody has to {@link #use} it.
     *
     * @param h its {@link KeyHash}
     */
    int idOf(long h, byte[] bytes, int from, int length) {
        int known = index.find(h, bytes, from, length, source);
        if (known != 0) {
            return known;
        }
        int id = takeId();
        write(id, Arrays.copyOfRange(bytes, from, from + length));
        chunkTexts[id / CHUNK]++;
        index.add(h, id);
        return id;
    }

    private int takeId() {
        int id = free.nextSetBit(freeFrom);
        if (id >= 0) {
            free.clear(id);
            freeFrom = id + 1;
            return id;
        }
        if (limit == rows.length) {
            resize(chunks.length * 2);
        }
        freeFrom = ++limit;
        return limit - 1;
    }

    private void resize(int count) {
        int before = chunks.length;
        chunks = Arrays.copyOf(chunks, count);
        Arrays.fill(chunks, Math.min(before, count), count, NO_CHUNK);
        chunkTexts = Arrays.copyOf(chunkTexts, count);
        rows = Arrays.copyOf(rows, count * CHUNK);
    }

    /** One more row uses an id. */
    void use(int id) {
        rows[id]++;
    }

    /** A row that used an id has gone. */
    void release(int id) {
        if (--rows[id] > 0) {
            return;
        }
        index.remove(hashOf(text(id)), id);
        if (--chunkTexts[id / CHUNK] == 0) {
            chunks[id / CHUNK] = NO_CHUNK;
            unpublished.clear(id / CHUNK);
        } else {
            write(id, NO_TEXT);
        }
        free.set(id);
        freeFrom = Math.min(freeFrom, id);
        changed = true;
    }

    private void write(int id, byte[] text) {
        int chunk = id / CHUNK;
        if (!unpublished.get(chunk)) {
            unpublished.set(chunk);
            chunks[chunk] = chunks[chunk].clone();
        }
        chunks[chunk][id % CHUNK] = text;
        changed = true;
    }

    private byte[] text(int id) {
        return chunks[id / CHUNK][id % CHUNK];
    }

    private long hashOf(byte[] text) {
        if (scratch.length < text.length + Long.BYTES) {
            scratch = new byte[text.length * 2 + Long.BYTES];
        }
        System.arraycopy(text, 0, scratch, 0, text.length);
        return hash.hash(scratch, 0, text.length);
    }

    /** The texts as they are now, for the owner; they change with the dictionary. */
    Texts current() {
        return current;
    }

    /** The texts as they are now, for ever; the same object as before when they have not changed. */
    Texts publish() {
        if (changed) {
            trim();
            unpublished.clear();
            published = new Published(Arrays.copyOf(chunks, (limit + CHUNK - 1) / CHUNK), limit);
            changed = false;
        }
        return published;
    }

    /** Gives up free ids at the end. */
    private void trim() {
        int used = free.previousClearBit(limit - 1) + 1;
        free.clear(used, limit);
        limit = used;
        freeFrom = Math.min(freeFrom, limit);
        if (chunks.length > 1 && limit < rows.length / 4) {
            resize(chunks.length / 2);
        }
    }

    private record Published(byte[][][] chunks, int limit) implements Texts {
        @Override
        public byte[] get(int id) {
            return chunks[id / CHUNK][id % CHUNK];
        }
    }
}
