package logtail.cli.scan;

import java.util.OptionalInt;
import logtail.core.line.Batch;
import logtail.core.schema.KeyHash;
import logtail.core.schema.TupleLayout;
import logtail.core.store.ExactTable;
import logtail.core.store.LiveTable;
import logtail.core.store.View;
import logtail.core.store.ViewBuilder;

/** What one thread has counted. Not threadsafe. */
abstract class Counts {
    /** Longest key bytes of a bounded table, in proportion to its rows: a generous mean of a tuple. */
    private static final int BYTES_PER_KEY = 512;

    private static final long KEY_BYTES_MIN = 1 << 20;
    private static final long KEY_BYTES_MAX = 1 << 30;

    /** Without a limit every count is exact; with one, rows beyond it are folded as the collector folds them (D9). */
    static Counts of(TupleLayout layout, KeyHash hash, OptionalInt keys) {
        return keys.isPresent() ? new Bounded(layout, hash, keys.getAsInt()) : new Exact(layout, hash);
    }

    abstract void add(Batch batch);

    /** Adds what another thread has counted in the same way. */
    abstract void addAll(Counts other);

    /** Everything, to be asked. */
    abstract View view();

    private static final class Exact extends Counts {
        private final ExactTable table;
        private final KeyHash hash;

        Exact(TupleLayout layout, KeyHash hash) {
            this.table = new ExactTable(layout);
            this.hash = hash;
        }

        @Override
        void add(Batch batch) {
            table.add(batch);
        }

        @Override
        void addAll(Counts other) {
            table.addAll(((Exact) other).table);
        }

        @Override
        View view() {
            ViewBuilder builder = new ViewBuilder(table.layout(), hash, table.rows());
            table.forEach(builder::add);
            return builder.build();
        }
    }

    private static final class Bounded extends Counts {
        private final LiveTable table;
        private final KeyHash hash;

        Bounded(TupleLayout layout, KeyHash hash, int keys) {
            long bytes = Math.min(KEY_BYTES_MAX, Math.max(KEY_BYTES_MIN, (long) keys * BYTES_PER_KEY));
            this.table = new LiveTable(layout, hash, keys, (int) bytes, LiveTable.Overflow.FOLD);
            this.hash = hash;
        }

        @Override
        void add(Batch batch) {
            table.add(batch);
        }

        @Override
        void addAll(Counts other) {
            LiveTable from = ((Bounded) other).table;
            from.forEach((keys, key, count) -> {
                int to = key + table.layout().keyBytes(keys, key);
                table.add(keys, key, to, hash.hash(keys, key, to), count);
            });
        }

        @Override
        View view() {
            ViewBuilder builder = new ViewBuilder(table.layout(), hash, table.rows());
            table.forEach(builder::add);
            return builder.build();
        }
    }
}
