package logtail.core.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import logtail.core.schema.KeyHash;

/** Ranks what was counted, cuts it to what a ring keeps (D10, D12), and makes a bucket of it. Not threadsafe. */
final class BucketMaker {
    private final KeyHash hash;
    private final Dictionaries dictionaries;

    BucketMaker(KeyHash hash, Dictionaries dictionaries) {
        this.hash = hash;
        this.dictionaries = dictionaries;
    }

    /**
     * Makes a bucket; the harvest is used up.
     *
     * @param startSeconds its timestamp
     * @param lengthSeconds its length
     * @param coarse whether it is for the coarse ring
     * @param catchUp whether it holds lines that waited
     */
    Bucket make(
            Harvest harvest, RingLimits limits, long startSeconds, int lengthSeconds, boolean coarse, boolean catchUp) {
        RowSet rows = harvest.rows();
        LabelPieces labels = new LabelPieces(rows);
        TextUse texts = new TextUse(rows);
        List<int[]> listed = listed(harvest, limits, labels, texts);
        RowOrder order = new RowOrder(rows, labels);
        int[] ranked = new TailFold(rows, order, hash, limits).fold(order.ranked(), texts);

        IntBinaryOperator ids = dictionaries.using(rows);
        List<Column> columns = new ArrayList<>();
        for (int d = 0; d < rows.dimensions(); d++) {
            columns.add(column(rows, ranked, d, ids));
        }
        List<Rollup> rollups = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            rollups.add(harvest.sums().get(i).rollup(listed.get(i), hash, ids));
        }
        int[] folds = Arrays.stream(ranked).map(rows::mask).toArray();
        long[] counts = Arrays.stream(ranked).mapToLong(rows::count).toArray();
        long total = Arrays.stream(counts).sum();
        return new Bucket(
                startSeconds, lengthSeconds, coarse, catchUp, total, columns, Column.of(folds), counts, rollups);
    }

    /** The slots of each rollup that get a row, ranked; the biggest come first when not all texts find room. */
    private static List<int[]> listed(Harvest harvest, RingLimits limits, LabelPieces labels, TextUse texts) {
        long bytesMax = limits.keyBytes() / RingLimits.ROLLUP_TEXT_SHARE;
        List<int[]> ranked = new ArrayList<>();
        for (RollupSums sums : harvest.sums()) {
            ranked.add(new RollupOrder(sums, labels).first(limits.rollupTop()));
        }
        int[] kept = new int[ranked.size()];
        for (int place = 0; place < limits.rollupTop(); place++) {
            boolean any = false;
            for (int i = 0; i < kept.length; i++) {
                int[] slots = ranked.get(i);
                if (place < slots.length) {
                    any = true;
                    RollupSums sums = harvest.sums().get(i);
                    if (texts.bytes() + sums.textCost(slots[place], texts) <= bytesMax) {
                        sums.addTexts(slots[place], texts);
                        slots[kept[i]++] = slots[place];
                    } else {
                        sums.leaveOut(slots[place]);
                    }
                }
            }
            if (!any) {
                break;
            }
        }
        List<int[]> listed = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            listed.add(Arrays.copyOf(ranked.get(i), kept[i]));
        }
        return listed;
    }

    private static Column column(RowSet rows, int[] ranked, int dimension, IntBinaryOperator ids) {
        boolean texts = rows.kind(dimension).isDictionary();
        int[] values = new int[ranked.length];
        for (int i = 0; i < ranked.length; i++) {
            int value = rows.value(dimension, ranked[i]);
            values[i] = texts ? ids.applyAsInt(dimension, value) : value;
        }
        return Column.of(values);
    }
}
