package logtail.core.store;

import java.util.Arrays;
import logtail.core.schema.KeyHash;

/** Numbers texts in the order in which they come, from 1 on. Not threadsafe while it grows. */
final class TextIds implements Texts {
    private final KeyHash hash;
    private byte[][] texts = new byte[64][];
    private long[] hashes = new long[64];
    private int[] slots = new int[256];
    private int count;

    /** A text with spare bytes behind it, for the hash. */
    private byte[] padded = new byte[256];

    TextIds(KeyHash hash) {
        this.hash = hash;
    }

    int idOf(byte[] bytes, int from, int length) {
        if (padded.length < length + Long.BYTES) {
            padded = new byte[length * 2 + Long.BYTES];
        }
        System.arraycopy(bytes, from, padded, 0, length);
        long h = hash.hash(padded, 0, length);
        int slot = (int) h & slots.length - 1;
        while (slots[slot] != 0) {
            int id = slots[slot];
            if (hashes[id - 1] == h && Arrays.equals(texts[id - 1], 0, texts[id - 1].length, padded, 0, length)) {
                return id;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return add(h, slot, length);
    }

    private int add(long h, int slot, int length) {
        if (count == texts.length) {
            texts = Arrays.copyOf(texts, count * 2);
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        texts[count] = Arrays.copyOf(padded, length);
        hashes[count] = h;
        slots[slot] = ++count;
        if (count > slots.length >>> 1) {
            grow();
        }
        return count;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int id = 1; id <= count; id++) {
            int slot = (int) hashes[id - 1] & slots.length - 1;
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = id;
        }
    }

    @Override
    public byte[] get(int id) {
        return id > OTHER && id <= count ? texts[id - 1] : new byte[0];
    }

    @Override
    public int limit() {
        return count + 1;
    }
}
