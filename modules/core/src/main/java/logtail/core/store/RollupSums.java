package logtail.core.store;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import logtail.core.schema.KeyHash;
import logtail.core.schema.TupleLayout;
import logtail.core.traffic.StatusClass;
import org.jspecify.annotations.Nullable;

/** Requests summed by one dimension or by a pair, on their way to a {@link Rollup}. Not threadsafe. */
/*
 * Of each value, its count is what surely had it and its bound by how much the truth may be more. What a row has folded
 * is not in its sums but was fed to the side table, whose counts are sure and whose estimates bound the rest. A row
 * that was folded before it came here was fed to nobody: all such requests together bound every value.
 */
final class RollupSums {
    private static final int CLASSES = StatusClass.values().length;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final int SLOTS_AT_FIRST = 256;

    /** The bound of a value that the side table does not hold: its cell knows. */
    private static final long IN_ITS_CELL = -1;

    private final RollupDims dims;
    private final RowSet rows;
    private final long[] classTotals = new long[CLASSES];
    private long[] keys = new long[SLOTS_AT_FIRST];
    private long[] counts = new long[SLOTS_AT_FIRST];
    private long[] bounds = new long[SLOTS_AT_FIRST];
    private long[] classCounts = new long[SLOTS_AT_FIRST * CLASSES];
    private int slots;

    /** Slot plus one by hash of its key; 0 is empty. */
    private int[] index = new int[SLOTS_AT_FIRST * 2];

    private long total;

    /** The most that a value without a slot can have. */
    private long absent;

    /** The same for one without a row. */
    private long missing;

    private @Nullable SideTable side;
    private long unfed;

    private RollupSums(RollupDims dims, RowSet rows) {
        this.dims = dims;
        this.rows = rows;
    }

    /**
     * Sums up a live table.
     *
     * @param rows its rows
     * @param texts their texts; those of the side table are added
     * @param rollup place in {@link RollupDims#of}
     */
    static RollupSums of(LiveTable table, RowSet rows, ArenaTexts[] texts, int rollup) {
        RollupSums sums = new RollupSums(RollupDims.of(table.schema()).get(rollup), rows);
        SideTable side = table.side(rollup);
        long folded = sums.addRows();
        sums.side = side;
        sums.unfed = folded - (side == null ? 0 : side.fed());
        sums.absent = sums.unfed + (side == null ? 0 : side.missing());
        sums.missing = sums.absent;
        Arrays.fill(sums.bounds, 0, sums.slots, IN_ITS_CELL);
        if (side != null) {
            sums.addSide(side, texts, table.layout());
        }
        for (int c = 0; c < CLASSES; c++) {
            sums.classTotals[c] += table.foldedStatuses(c);
        }
        return sums;
    }

    /** Returns the requests of rows that have one of the fields folded. */
    private long addRows() {
        int mask = dims.mask();
        long folded = 0;
        for (int row = 0; row < rows.size(); row++) {
            long count = rows.count(row);
            int statusClass = rows.statusClass(row);
            total += count;
            if (statusClass >= 0) {
                classTotals[statusClass] += count;
            }
            if ((rows.mask(row) & mask) != 0) {
                folded += count;
                continue;
            }
            int second = dims.size() == 1 ? 0 : rows.value(dims.second(), row);
            int slot = slotOf(rows.value(dims.first(), row), second);
            counts[slot] += count;
            if (statusClass >= 0) {
                classCounts[slot * CLASSES + statusClass] += count;
            }
        }
        return folded;
    }

    private void addSide(SideTable table, ArenaTexts[] texts, TupleLayout layout) {
        table.forEach((bytes, from, firstLength, secondLength, way) -> {
            int first = value(texts, layout, dims.first(), bytes, from, firstLength);
            int second =
                    dims.size() == 1 ? 0 : value(texts, layout, dims.second(), bytes, from + firstLength, secondLength);
            int slot = slotOf(first, second);
            long sure = 0;
            for (int c = 0; c < CLASSES; c++) {
                long count = table.count(way, c);
                classCounts[slot * CLASSES + c] += count;
                sure += count;
            }
            counts[slot] += sure;
            bounds[slot] = table.estimate(way) - sure + unfed;
        });
    }

    private static int value(ArenaTexts[] texts, TupleLayout layout, int dimension, byte[] bytes, int at, int length) {
        return layout.kind(dimension).isDictionary()
                ? texts[dimension].idOf(bytes, at, length)
                : layout.number(bytes, at - layout.numberFrom(0, dimension), dimension);
    }

    /**
     * Sums up the same rollup of several buckets.
     *
     * @param parts one of each bucket
     * @param rows gives the texts their ids
     * @param ids by part: the text id here of a dimension and text id there
     */
    static RollupSums merge(List<Rollup> parts, RowSet rows, List<IntBinaryOperator> ids) {
        RollupSums sums = new RollupSums(parts.get(0).dims(), rows);
        sums.absent = parts.stream().mapToLong(Rollup::missing).sum();
        sums.missing = sums.absent;
        for (int i = 0; i < parts.size(); i++) {
            sums.add(parts.get(i), ids.get(i));
        }
        return sums;
    }

    private void add(Rollup rollup, IntBinaryOperator ids) {
        for (int row = 0; row < rollup.rows(); row++) {
            int first = value(rollup, 0, row, ids);
            int second = dims.size() == 1 ? 0 : value(rollup, 1, row, ids);
            int before = slots;
            int slot = slotOf(first, second);
            // In each part in which a value has no row, it may have as many as any that is missing.
            bounds[slot] =
                    (slot == before ? absent : bounds[slot]) + rollup.bounds().get(row) - rollup.missing();
            counts[slot] += rollup.counts().get(row);
            total += rollup.counts().get(row);
            for (int c = 0; c < CLASSES; c++) {
                long count = rollup.classCounts().get(c).get(row);
                classCounts[slot * CLASSES + c] += count;
                classTotals[c] += count;
            }
        }
        total += rollup.other();
        for (int c = 0; c < CLASSES; c++) {
            classTotals[c] += rollup.otherClassCounts().get(c);
        }
    }

    private int value(Rollup rollup, int place, int row, IntBinaryOperator ids) {
        int value = rollup.values().get(place).get(row);
        return rows.kind(dims.get(place)).isDictionary() ? ids.applyAsInt(dims.get(place), value) : value;
    }

    private int slotOf(int first, int second) {
        long key = (long) first << 32 | second & 0xffff_ffffL;
        int mask = index.length - 1;
        int at = (int) (key * MIX >>> 32) & mask;
        while (index[at] != 0) {
            if (keys[index[at] - 1] == key) {
                return index[at] - 1;
            }
            at = at + 1 & mask;
        }
        if (slots == keys.length) {
            grow();
            return slotOf(first, second);
        }
        keys[slots] = key;
        index[at] = slots + 1;
        return slots++;
    }

    private void grow() {
        int size = slots * 2;
        keys = Arrays.copyOf(keys, size);
        counts = Arrays.copyOf(counts, size);
        bounds = Arrays.copyOf(bounds, size);
        classCounts = Arrays.copyOf(classCounts, size * CLASSES);
        index = new int[size * 2];
        for (int slot = 0; slot < slots; slot++) {
            int at = (int) (keys[slot] * MIX >>> 32) & index.length - 1;
            while (index[at] != 0) {
                at = at + 1 & index.length - 1;
            }
            index[at] = slot + 1;
        }
    }

    int slots() {
        return slots;
    }

    RollupDims dims() {
        return dims;
    }

    long count(int slot) {
        return counts[slot];
    }

    /** Text id or number of a slot. */
    int value(int slot, int place) {
        return (int) (place == 0 ? keys[slot] >>> 32 : keys[slot]);
    }

    /** By how much the texts of a slot would add to those used. */
    long textCost(int slot, TextUse texts) {
        long cost = 0;
        for (int place = 0; place < dims.size(); place++) {
            cost += texts.cost(dims.get(place), value(slot, place));
        }
        return cost;
    }

    void addTexts(int slot, TextUse texts) {
        for (int place = 0; place < dims.size(); place++) {
            texts.add(dims.get(place), value(slot, place));
        }
    }

    /** Says that a value gets no row: the bound of what has none covers it. */
    void leaveOut(int slot) {
        missing = Math.max(missing, counts[slot] + (bounds[slot] == IN_ITS_CELL ? absent : bounds[slot]));
    }

    /**
     * Makes the rollup.
     *
     * @param listed slots that get a row, ranked; every other one was left out
     * @param hash what the side table was fed with
     * @param ids the dictionary id of a dimension and text id
     */
    Rollup rollup(int[] listed, KeyHash hash, IntBinaryOperator ids) {
        long[] count = new long[listed.length];
        long[] bound = new long[listed.length];
        long[][] classes = new long[CLASSES][listed.length];
        long[] otherClasses = classTotals.clone();
        long other = total;
        for (int i = 0; i < listed.length; i++) {
            int slot = listed[i];
            count[i] = counts[slot];
            bound[i] = bounds[slot] == IN_ITS_CELL ? cellOf(slot, hash) : bounds[slot];
            other -= count[i];
            for (int c = 0; c < CLASSES; c++) {
                classes[c][i] = classCounts[slot * CLASSES + c];
                otherClasses[c] -= classes[c][i];
            }
        }
        // Whatever a row does not count is counted as other.
        for (int i = 0; i < bound.length; i++) {
            bound[i] = Math.min(bound[i], other);
        }
        Column[] values = new Column[dims.size()];
        Arrays.setAll(values, place -> column(listed, place, ids));
        return new Rollup(
                dims,
                List.of(values),
                Counts.of(count),
                Arrays.stream(classes).map(Counts::of).toList(),
                Counts.of(bound),
                other,
                Arrays.stream(otherClasses).boxed().toList(),
                Math.min(missing, other));
    }

    private Column column(int[] listed, int place, IntBinaryOperator ids) {
        int dimension = dims.get(place);
        boolean texts = rows.kind(dimension).isDictionary();
        int[] values = new int[listed.length];
        for (int i = 0; i < values.length; i++) {
            int value = value(listed[i], place);
            values[i] = texts ? ids.applyAsInt(dimension, value) : value;
        }
        return Column.of(values);
    }

    private long cellOf(int slot, KeyHash hash) {
        if (side == null) {
            return unfed;
        }
        long second = dims.size() == 1 ? 0 : valueHash(slot, 1, hash);
        return unfed + side.missing(SideTable.hash(valueHash(slot, 0, hash), second));
    }

    private long valueHash(int slot, int place, KeyHash hash) {
        int dimension = dims.get(place);
        int value = value(slot, place);
        if (!rows.kind(dimension).isDictionary()) {
            return hash.mix(dimension, value);
        }
        TextSource texts = rows.texts(dimension);
        int from = texts.from(value);
        return hash.hash(texts.array(value), from, from + texts.length(value));
    }
}
