package logtail.core.query;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Groups by several dimensions, or by one with too many values: their codes, packed into a key, are looked up. */
/*
 * A key is one long or a few: each code has a field of just as many bits as the view needs, no field crosses from one
 * long to the next, and the lowest bit of the first long is always set, so that no key is 0. An (other) is a field of
 * zeros; that turns the groups H ~ G of a bound into one look-up for each combination of dimensions that were folded
 * together: the key of G with those fields cleared.
 */
final class HashedGroups extends Groups {
    private static final long USED = 1;

    private final int[] word;
    private final int[] shift;
    private final long[] field;
    private final int groupedBits;
    private final long[][] keys;
    private final KeySums sure;
    private final KeySums maybe;

    /** Which fold masks occurred, cut to the grouped dimensions. */
    private final BitSet foldedTogether = new BitSet();

    private final long[] probe;

    HashedGroups(List<CodedDimension> dimensions) {
        super(dimensions);
        int size = dimensions.size();
        word = new int[size];
        shift = new int[size];
        field = new long[size];
        int words = place();
        keys = new long[words][Block.ROWS_MAX];
        probe = new long[words];
        sure = new KeySums(words);
        maybe = new KeySums(words);
        groupedBits = dimensions.stream().mapToInt(CodedDimension::bit).sum();
    }

    /** Gives each dimension its field; returns how many longs they take. */
    private int place() {
        int words = 1;
        int used = 1;
        for (int i = 0; i < word.length; i++) {
            int bits = Long.SIZE - Long.numberOfLeadingZeros(dimensions.get(i).codes() - 1);
            if (used + bits > Long.SIZE) {
                words++;
                used = 0;
            }
            word[i] = words - 1;
            shift[i] = used;
            field[i] = (1L << bits) - 1 << used;
            used += bits;
        }
        return words;
    }

    @Override
    void add(Block block) {
        if (block.sureRows() + block.maybeRows() == 0) {
            return;
        }
        pack(block);
        if (block.anyFolded(groupedBits)) {
            note(block, block.sure(), block.sureRows());
            note(block, block.maybe(), block.maybeRows());
        }
        sure.add(keys, block.sure(), block.sureRows(), block.counts());
        maybe.add(keys, block.maybe(), block.maybeRows(), block.counts());
    }

    private void pack(Block block) {
        for (int w = 0; w < keys.length; w++) {
            Arrays.fill(keys[w], 0, block.rows(), w == 0 ? USED : 0);
        }
        for (int i = 0; i < word.length; i++) {
            dimensions.get(i).mixCodes(block, shift[i], keys[word[i]]);
        }
    }

    private void note(Block block, int[] rows, int size) {
        int[] masks = block.masks();
        for (int i = 0; i < size; i++) {
            int folded = masks[rows[i]] & groupedBits;
            if (folded != 0) {
                foldedTogether.set(folded);
            }
        }
    }

    @Override
    boolean anyFolded() {
        return !foldedTogether.isEmpty();
    }

    @Override
    int slots() {
        return sure.slots();
    }

    @Override
    long count(int slot) {
        return sure.sum(slot);
    }

    @Override
    long atMost(int slot) {
        int own = folded(slot);
        long most = count(slot);
        if (own == groupedBits) {
            return most;
        }
        sure.key(slot, probe);
        most += maybe.sumOf(probe);
        for (int other = foldedTogether.nextSetBit(0); other >= 0; other = foldedTogether.nextSetBit(other + 1)) {
            if (other != own && (other & own) == own) {
                sure.key(slot, probe);
                clear(other);
                most += sure.sumOf(probe) + maybe.sumOf(probe);
            }
        }
        return most;
    }

    /** Makes {@code probe} the key of the group in which those dimensions are folded. */
    private void clear(int folded) {
        for (int i = 0; i < word.length; i++) {
            if ((folded & dimensions.get(i).bit()) != 0) {
                probe[word[i]] &= ~field[i];
            }
        }
    }

    private int folded(int slot) {
        int folded = 0;
        for (int i = 0; i < word.length; i++) {
            folded |= code(slot, i) == 0 ? dimensions.get(i).bit() : 0;
        }
        return folded;
    }

    @Override
    long code(int slot, int place) {
        return (sure.keyWord(slot, word[place]) & field[place]) >>> shift[place];
    }

    @Override
    int find(long[] codes) {
        Arrays.fill(probe, 0);
        probe[0] = USED;
        for (int i = 0; i < word.length; i++) {
            probe[word[i]] |= codes[i] << shift[i];
        }
        return sure.slotOf(probe);
    }
}
