package logtail.core.store;

import java.util.Collections;
import java.util.List;
import logtail.core.schema.Schema;

/**
 * Everything a reader may see, at one moment (D18): it never changes, so that no answer shows half a rotation.
 *
 * @param schema the dimensions
 * @param fine newest bucket last; at most the ring's number of buckets, gaps left out
 * @param coarse likewise, one bucket for five fine ones
 * @param texts per dimension, in schema order; null entries never occur: number kinds have an empty one
 * @param fineSeconds length of a fine bucket
 * @param firstSeconds start of the first bucket this process filled; {@link Long#MAX_VALUE} before
 * @param endSeconds end of the newest complete fine bucket; {@link Long#MIN_VALUE} before
 */
public record View(
        Schema schema,
        List<Bucket> fine,
        List<Bucket> coarse,
        List<Texts> texts,
        int fineSeconds,
        long firstSeconds,
        long endSeconds) {

    /** Fine buckets in a coarse one. */
    public static final int FINE_PER_COARSE = 5;

    public View {
        fine = List.copyOf(fine);
        coarse = List.copyOf(coarse);
        texts = List.copyOf(texts);
    }

    /** The view before the first bucket is complete. */
    public static View empty(Schema schema, int fineSeconds) {
        List<Texts> none = Collections.nCopies(schema.size(), Texts.NONE);
        return new View(schema, List.of(), List.of(), none, fineSeconds, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    public int coarseSeconds() {
        return fineSeconds * FINE_PER_COARSE;
    }
}
