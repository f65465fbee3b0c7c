package logtail.core.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntBinaryOperator;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;

/**
 * Everything that was counted for a bucket, before anything is cut off.
 *
 * @param rows its rows
 * @param sums its rollups, in the order of {@link RollupDims#of}
 */
record Harvest(RowSet rows, List<RollupSums> sums) {
    /** What a live table holds. It is read as long as the harvest is used. */
    static Harvest of(LiveTable table, KeyHash hash) {
        ArenaTexts[] texts = ArenaTexts.of(table.schema(), hash);
        RowSet rows = RowSet.of(table, texts);
        List<RollupSums> sums = new ArrayList<>();
        for (int i = 0; i < RollupDims.of(table.schema()).size(); i++) {
            sums.add(RollupSums.of(table, rows, texts, i));
        }
        return new Harvest(rows, sums);
    }

    /**
     * What several buckets of one view hold together.
     *
     * @param texts the dictionaries that their ids are of
     */
    static Harvest merge(Schema schema, List<Bucket> buckets, List<Texts> texts, KeyHash hash) {
        List<LocalTexts> local = texts.stream().map(LocalTexts::new).toList();
        RowSet rows = RowSet.merge(schema, buckets, local, hash);
        List<RollupSums> sums = new ArrayList<>();
        IntBinaryOperator ids = (dimension, id) -> local.get(dimension).idOf(id);
        List<IntBinaryOperator> same = Collections.nCopies(buckets.size(), ids);
        for (int i = 0; i < buckets.get(0).rollups().size(); i++) {
            int rollup = i;
            List<Rollup> parts =
                    buckets.stream().map(b -> b.rollups().get(rollup)).toList();
            sums.add(RollupSums.merge(parts, rows, same));
        }
        return new Harvest(rows, sums);
    }
}
