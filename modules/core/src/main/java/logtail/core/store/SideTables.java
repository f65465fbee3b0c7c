package logtail.core.store;

import java.util.Arrays;
import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.traffic.StatusClass;
import org.jspecify.annotations.Nullable;

/**
 * One {@link SideTable} for each rollup, made when something is first folded out of it. Each request is fed to a table
 * once: when it loses the first of the fields that the rollup counts by. Not threadsafe.
 */
final class SideTables {
    private final TupleLayout layout;
    private final List<RollupDims> rollups;
    private final int[] masks;
    private final @Nullable SideTable[] tables;
    private final int status;
    private final int liveRows;
    private final long[] foldedStatuses = new long[StatusClass.values().length];

    /** The array whose keys stay where they are until {@link #flush}; none when they are fed at once. */
    private byte @Nullable [] stable;

    /**
     * @param liveRows rows of the live table
     */
    SideTables(TupleLayout layout, int liveRows) {
        this.liveRows = liveRows;
        Schema schema = layout.schema();
        this.layout = layout;
        this.rollups = RollupDims.of(schema);
        this.masks = rollups.stream().mapToInt(RollupDims::mask).toArray();
        this.tables = new SideTable[masks.length];
        int at = RollupDims.NONE;
        for (int d = 0; d < schema.size(); d++) {
            at = schema.get(d).kind() == ColumnKind.STATUS ? d : at;
        }
        this.status = at;
    }

    /**
     * Feeds requests that lose fields.
     *
     * @param rule which looks at their key
     * @param bytes the array of that key
     * @param key where it begins
     * @param from fold mask before
     * @param to fold mask behind
     */
    void feed(FoldRule rule, byte[] bytes, int key, int from, int to, long count) {
        int lost = to & ~from;
        int statusClass = statusClass(bytes, key, from);
        if (statusClass >= 0 && (lost >>> status & 1) != 0) {
            foldedStatuses[statusClass] += count;
        }
        for (int i = 0; i < masks.length; i++) {
            if ((masks[i] & lost) != 0 && (masks[i] & from) == 0) {
                feed(i, rule, bytes, statusClass, count);
            }
        }
    }

    private int statusClass(byte[] bytes, int key, int mask) {
        if (status == RollupDims.NONE || (mask >>> status & 1) != 0) {
            return -1;
        }
        return StatusClass.of(layout.number(bytes, key, status)).ordinal();
    }

    private void feed(int i, FoldRule rule, byte[] bytes, int statusClass, long count) {
        RollupDims dims = rollups.get(i);
        SideTable table = table(i);
        int a = dims.first();
        int b = dims.second();
        if (bytes == stable) {
            boolean single = b == RollupDims.NONE;
            long h = SideTable.hash(rule.valueHash(a), single ? 0 : rule.valueHash(b));
            while (!table.later(
                    h,
                    rule.valueFrom(a),
                    rule.valueLength(a),
                    single ? 0 : rule.valueFrom(b),
                    single ? 0 : rule.valueLength(b),
                    statusClass)) {
                table.flush(bytes);
            }
            return;
        }
        if (b == RollupDims.NONE) {
            table.add(
                    SideTable.hash(rule.valueHash(a), 0),
                    bytes,
                    rule.valueFrom(a),
                    rule.valueLength(a),
                    0,
                    0,
                    statusClass,
                    count);
        } else {
            table.add(
                    SideTable.hash(rule.valueHash(a), rule.valueHash(b)),
                    bytes,
                    rule.valueFrom(a),
                    rule.valueLength(a),
                    rule.valueFrom(b),
                    rule.valueLength(b),
                    statusClass,
                    count);
        }
    }

    /** Single requests of this array may be fed later, until {@link #flush}. */
    void begin(byte[] keys) {
        stable = keys;
    }

    void flush() {
        byte[] keys = stable;
        stable = null;
        for (SideTable table : tables) {
            if (table != null && keys != null) {
                table.flush(keys);
            }
        }
    }

    private SideTable table(int i) {
        SideTable table = tables[i];
        if (table == null) {
            table = new SideTable(SideTable.Size.of(liveRows, rollups.get(i).size() > 1));
            tables[i] = table;
        }
        return table;
    }

    /** The table of a rollup, by its place in {@link RollupDims#of}; null when nothing was folded out of it. */
    @Nullable
    SideTable get(int rollup) {
        return tables[rollup];
    }

    /** Requests of that class, by ordinal, that lost their status. */
    long foldedStatuses(int statusClass) {
        return foldedStatuses[statusClass];
    }

    /** Forgets everything; tables that were not needed this time are given up. */
    void clear() {
        Arrays.fill(foldedStatuses, 0);
        for (int i = 0; i < tables.length; i++) {
            SideTable table = tables[i];
            if (table != null && table.fed() == 0) {
                tables[i] = null;
            } else if (table != null) {
                table.clear();
            }
        }
    }
}
