package logtail.core.store;

import java.util.ArrayList;
import java.util.List;
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

    private final Dictionaries dictionaries;
    private final BucketMaker maker;

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
        this.dictionaries = new Dictionaries(schema, hash);
        this.maker = new BucketMaker(hash, dictionaries);
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
        fine.expire(endSeconds).forEach(dictionaries::release);
        coarse.expire(slotOf(endSeconds)).forEach(dictionaries::release);
        Bucket bucket = maker.make(Harvest.of(table, hash), fineLimits, startSeconds, fineSeconds, false, catchUp);
        fine.add(bucket);
        slot.add(bucket);
        if (slotOf(endSeconds) == endSeconds) {
            closeSlot();
        }
        view = new View(
                schema,
                fine.buckets(),
                coarse.buckets(),
                dictionaries.publish(),
                fineSeconds,
                Math.min(view.firstSeconds(), startSeconds),
                endSeconds);
        return new Rotation(bucket, view);
    }

    /** Start of the coarse bucket that a second lies in. */
    private long slotOf(long seconds) {
        return Math.floorDiv(seconds, coarseSeconds) * coarseSeconds;
    }

    /** Makes the coarse bucket of the fine ones collected. */
    private void closeSlot() {
        long startSeconds = slotOf(slot.get(0).startSeconds());
        boolean catchUp = slot.stream().anyMatch(Bucket::catchUp);
        Harvest harvest = Harvest.merge(schema, slot, dictionaries.current(), hash);
        coarse.add(maker.make(harvest, coarseLimits, startSeconds, coarseSeconds, true, catchUp));
        slot.clear();
    }
}
