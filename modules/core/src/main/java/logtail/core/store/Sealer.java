package logtail.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/**
 * Turns full tables into ranked, immutable buckets and keeps the two rings of them (FR-3.3, D12, D15).
 *
 * <p>Not threadsafe: one thread owns it. The buckets and views it hands out are immutable and free for everybody.
 */
public final class Sealer {
    private final Schema schema;
    private final KeyHash hash;
    private final int fineSeconds;
    private final int coarseSeconds;
    private final RingLimits fineLimits;
    private final RingLimits coarseLimits;
    private final Ring fine;
    private final Ring coarse;

    /** One per dimension; that of a number kind stays empty. */
    private final List<Dictionary> dictionaries = new ArrayList<>();

    /** The fine buckets of the coarse slot that has not ended yet. */
    private final List<Bucket> slot = new ArrayList<>();

    private View view;

    /**
     * @param fineSeconds length of a fine bucket
     * @param fine limits of the fine ring
     * @param coarse limits of the coarse ring
     * @throws IllegalArgumentException when the fine ring is shorter than a coarse bucket
     */
    public Sealer(TupleLayout layout, KeyHash hash, int fineSeconds, RingLimits fine, RingLimits coarse) {
        if (fine.buckets() < View.FINE_PER_COARSE) {
            throw new IllegalArgumentException("the fine ring has at least " + View.FINE_PER_COARSE + " buckets");
        }
        this.schema = layout.schema();
        this.hash = hash;
        this.fineSeconds = fineSeconds;
        this.fineLimits = fine;
        this.coarseLimits = coarse;
        this.view = View.empty(schema, fineSeconds);
        this.coarseSeconds = view.coarseSeconds();
        this.fine = new Ring(fine.buckets(), fineSeconds);
        this.coarse = new Ring(coarse.buckets(), coarseSeconds);
        for (int d = 0; d < schema.size(); d++) {
            dictionaries.add(new Dictionary(hash));
        }
    }

    /** What readers may see now. */
    public View view() {
        return view;
    }

    /**
     * Seals a table. It is only read: the caller clears it and gives it back to the store.
     *
     * @param startSeconds timestamp of its bucket: a multiple of the bucket length, later than the one before
     * @param catchUp whether it holds lines that waited longer than one bucket
     * @return the bucket, empty for an empty table, and the view it is in
     * @throws IllegalArgumentException for any other timestamp
     */
    public Rotation rotate(LiveTable table, long startSeconds, boolean catchUp) {
        if (startSeconds % fineSeconds != 0 || startSeconds < view.endSeconds()) {
            throw new IllegalArgumentException("no bucket can begin at " + startSeconds);
        }
        if (!slot.isEmpty() && slotOf(slot.get(0).startSeconds()) != slotOf(startSeconds)) {
            closeSlot();
        }
        long endSeconds = startSeconds + fineSeconds;
        // What leaves goes first, so that its dictionary ids are free for what comes.
        fine.expire(endSeconds).forEach(this::release);
        coarse.expire(slotOf(endSeconds)).forEach(this::release);
        Bucket bucket = seal(table, startSeconds, catchUp);
        fine.add(bucket);
        slot.add(bucket);
        if (slotOf(endSeconds) == endSeconds) {
            closeSlot();
        }
        view = new View(
                schema,
                fine.buckets(),
                coarse.buckets(),
                publishTexts(),
                fineSeconds,
                Math.min(view.firstSeconds(), startSeconds),
                endSeconds);
        return new Rotation(bucket, view);
    }

    /** Start of the coarse bucket that a second lies in. */
    private long slotOf(long seconds) {
        return Math.floorDiv(seconds, coarseSeconds) * coarseSeconds;
    }

    private Bucket seal(LiveTable table, long startSeconds, boolean catchUp) {
        RowSet rows = RowSet.of(table, hash);
        List<IntUnaryOperator> ids = new ArrayList<>();
        for (int d = 0; d < schema.size(); d++) {
            ids.add(entering(rows, d));
        }
        int[] ranked = rank(rows, fineLimits);
        return bucket(rows, ranked, ids, startSeconds, fineSeconds, false, catchUp);
    }

    /** Makes the coarse bucket of the fine ones collected. */
    private void closeSlot() {
        List<Texts> texts = dictionaries.stream().map(Dictionary::current).toList();
        RowSet rows = RowSet.merge(schema, slot, texts, hash);
        List<IntUnaryOperator> ids = schema.dimensions().stream()
                .map(d -> IntUnaryOperator.identity())
                .toList();
        long startSeconds = slotOf(slot.get(0).startSeconds());
        boolean catchUp = slot.stream().anyMatch(Bucket::catchUp);
        int[] ranked = rank(rows, coarseLimits);
        coarse.add(bucket(rows, ranked, ids, startSeconds, coarseSeconds, true, catchUp));
        slot.clear();
    }

    private int[] rank(RowSet rows, RingLimits limits) {
        RowOrder order = new RowOrder(rows);
        return new TailFold(rows, order, hash, limits).fold(order.ranked());
    }

    private Bucket bucket(
            RowSet rows,
            int[] ranked,
            List<IntUnaryOperator> ids,
            long startSeconds,
            int lengthSeconds,
            boolean isCoarse,
            boolean catchUp) {
        List<Column> columns = new ArrayList<>();
        for (int d = 0; d < schema.size(); d++) {
            columns.add(column(rows, ranked, d, ids.get(d)));
        }
        int[] folds = new int[ranked.length];
        long[] counts = new long[ranked.length];
        long total = 0;
        for (int i = 0; i < ranked.length; i++) {
            folds[i] = rows.mask(ranked[i]);
            counts[i] = rows.count(ranked[i]);
            total += counts[i];
        }
        return new Bucket(startSeconds, lengthSeconds, isCoarse, catchUp, total, columns, Column.of(folds), counts);
    }

    private Column column(RowSet rows, int[] ranked, int dimension, IntUnaryOperator ids) {
        int[] values = new int[ranked.length];
        for (int i = 0; i < ranked.length; i++) {
            values[i] = rows.value(dimension, ranked[i]);
        }
        if (rows.kind(dimension).isDictionary()) {
            Dictionary dictionary = dictionaries.get(dimension);
            for (int i = 0; i < values.length; i++) {
                if (values[i] != Texts.OTHER) {
                    values[i] = ids.applyAsInt(values[i]);
                    dictionary.use(values[i]);
                }
            }
        }
        return Column.of(values);
    }

    /** Dictionary ids for the ids of a row set; a text enters the dictionary when it is first asked for. */
    private IntUnaryOperator entering(RowSet rows, int dimension) {
        TextSource texts = rows.texts(dimension);
        Dictionary dictionary = dictionaries.get(dimension);
        int[] entered = new int[texts.limit()];
        return id -> {
            if (entered[id] == 0) {
                byte[] array = texts.array(id);
                int from = texts.from(id);
                int length = texts.length(id);
                entered[id] = dictionary.idOf(hash.hash(array, from, from + length), array, from, length);
            }
            return entered[id];
        };
    }

    private void release(Bucket bucket) {
        for (int d = 0; d < schema.size(); d++) {
            if (schema.get(d).kind().isDictionary()) {
                Dictionary dictionary = dictionaries.get(d);
                Column column = bucket.column(d);
                for (int row = 0; row < column.rows(); row++) {
                    if (column.get(row) != Texts.OTHER) {
                        dictionary.release(column.get(row));
                    }
                }
            }
        }
    }

    private List<Texts> publishTexts() {
        return dictionaries.stream().map(Dictionary::publish).toList();
    }
}
