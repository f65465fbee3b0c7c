package logtail.core.store;

import java.util.Arrays;

/**
 * Finds ids by their text: open addressing, the texts themselves stand elsewhere. Not threadsafe.
 */
/*
 * A slot holds 32 bits of the hash, which both place it and tell most strangers apart, and the id; 0 is empty. There
 * are no tombstones: removing moves later ones of the same run up.
 */
final class TextIndex {
    private static final int SLOTS_AT_FIRST = 64;
    private static final long ID = 0xffff_ffffL;

    private long[] slots = new long[SLOTS_AT_FIRST];
    private int size;

    /** The id of a text, or 0. */
    int find(long hash, byte[] bytes, int from, int length, TextSource texts) {
        int mask = slots.length - 1;
        for (int i = home(hash); slots[i] != 0; i = i + 1 & mask) {
            if (slots[i] >>> 32 == hash >>> 32) {
                int id = (int) slots[i];
                int at = texts.from(id);
                if (texts.length(id) == length
                        && Arrays.equals(bytes, from, from + length, texts.array(id), at, at + length)) {
                    return id;
                }
            }
        }
        return 0;
    }

    /** Adds an id whose text is not there yet. */
    void add(long hash, int id) {
        if (++size > slots.length / 2) {
            resize(slots.length * 2);
        }
        put(hash & ~ID | id);
    }

    /**
     * Removes an id.
     *
     * @throws IllegalStateException when it is not there
     */
    void remove(long hash, int id) {
        int mask = slots.length - 1;
        int hole = home(hash);
        while ((int) slots[hole] != id) {
            if (slots[hole] == 0) {
                throw new IllegalStateException("no text has id " + id);
            }
            hole = hole + 1 & mask;
        }
        for (int i = hole + 1 & mask; slots[i] != 0; i = i + 1 & mask) {
            // It may move up unless that were before its home.
            if ((i - home(slots[i]) & mask) >= (i - hole & mask)) {
                slots[hole] = slots[i];
                hole = i;
            }
        }
        slots[hole] = 0;
        if (--size < slots.length / 16 && slots.length > SLOTS_AT_FIRST) {
            resize(slots.length / 4);
        }
    }

    private void resize(int length) {
        long[] old = slots;
        slots = new long[Math.max(SLOTS_AT_FIRST, length)];
        for (long slot : old) {
            if (slot != 0) {
                put(slot);
            }
        }
    }

    private void put(long slot) {
        int i = home(slot);
        while (slots[i] != 0) {
            i = i + 1 & slots.length - 1;
        }
        slots[i] = slot;
    }

    private int home(long hash) {
        return (int) (hash >>> 32) & slots.length - 1;
    }
}
