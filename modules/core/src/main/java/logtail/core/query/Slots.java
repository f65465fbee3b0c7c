package logtail.core.query;

import java.util.List;
import logtail.core.store.Bucket;
import logtail.core.store.View;
import logtail.core.time.Window;

/**
 * The complete buckets that a window covers (FR-3.2, D16). A slot without a bucket counts: nothing happened in it.
 *
 * @param fromSeconds start of the oldest slot
 * @param lengthSeconds length of each
 * @param count slots since the first bucket there is, at most those of the window; 0 before the first is complete
 * @param buckets the buckets in them, in any order
 */
record Slots(long fromSeconds, int lengthSeconds, int count, List<Bucket> buckets) {
    static Slots of(View view, Window window) {
        List<Bucket> ring = window.coarse() ? view.coarse() : view.fine();
        int length = window.coarse() ? view.coarseSeconds() : view.fineSeconds();
        long first = view.firstSeconds();
        for (Bucket bucket : ring) {
            // Buckets may be older than the process that shows them.
            first = Math.min(first, bucket.startSeconds());
        }
        if (view.endSeconds() == Long.MIN_VALUE || first >= view.endSeconds()) {
            return new Slots(0, length, 0, List.of());
        }
        long end = window.coarse() ? Math.floorDiv(view.endSeconds(), length) * length : view.endSeconds();
        long since = Math.max(0, Math.floorDiv(end - first + length - 1, length));
        int count = (int) Math.min(window.buckets(), since);
        long from = end - (long) count * length;
        List<Bucket> covered = ring.stream()
                .filter(b -> b.startSeconds() >= from && b.startSeconds() < end)
                .toList();
        return new Slots(from, length, count, covered);
    }

    long startSeconds(int slot) {
        return fromSeconds + (long) slot * lengthSeconds;
    }

    int slotOf(Bucket bucket) {
        return (int) ((bucket.startSeconds() - fromSeconds) / lengthSeconds);
    }
}
