package logtail.core.query;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import logtail.core.store.Bucket;

/** How many requests a filter lets through, surely and perhaps. */
final class Matching {
    private long sure;
    private long maybe;

    /** Counts the matching rows of a bucket, and shows each block of them to {@code next}. */
    void count(Bucket bucket, FilterProgram program, BooleanSupplier cancelled, Consumer<Block> next) {
        CancelledQueryException.throwIf(cancelled);
        Block block = new Block(bucket);
        while (block.next()) {
            program.run(block);
            sure += block.sureRequests();
            maybe += block.maybeRequests();
            next.accept(block);
            CancelledQueryException.throwIf(cancelled);
        }
    }

    long sure() {
        return sure;
    }

    long maybe() {
        return maybe;
    }
}
