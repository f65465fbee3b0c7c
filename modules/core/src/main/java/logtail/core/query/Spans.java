package logtail.core.query;

import java.util.List;
import logtail.core.query.Overview.Stretch;
import logtail.core.store.Bucket;
import logtail.core.store.View;
import logtail.core.time.Window;

/**
 * The times that an overview is about.
 *
 * @param window what is ranked
 * @param trend what is drawn: a fine window within its hour, since few points alone say little
 * @param before what the window is compared with
 * @param beforeBuckets the buckets of that time
 */
record Spans(Slots window, Slots trend, Stretch before, List<Bucket> beforeBuckets) {

    static Spans of(View view, Window asked) {
        Slots window = Slots.of(view, asked);
        Slots trend = asked.coarse() ? window : Slots.of(view, Window.W60M);
        List<Bucket> ring = asked.coarse() ? view.coarse() : view.fine();
        int length = window.lengthSeconds();
        if (asked == Window.W60M) {
            // The fine ring is as long as this window: what was before is in the coarse one.
            ring = view.coarse();
            length = view.coarseSeconds();
        }
        Stretch before = before(ring, window, length);
        List<Bucket> buckets =
                ring.stream().filter(b -> before.covers(b.startSeconds())).toList();
        return new Spans(window, trend, before, buckets);
    }

    /** As long as the window, whole buckets, as far as the ring reaches. */
    private static Stretch before(List<Bucket> ring, Slots window, int length) {
        if (window.count() == 0) {
            return Stretch.NONE;
        }
        long end = Math.floorDiv(window.fromSeconds(), length) * length;
        long wanted = end - Math.max(length, (long) window.count() * window.lengthSeconds() / length * length);
        long oldest = ring.stream().mapToLong(Bucket::startSeconds).min().orElse(end);
        long from = Math.max(wanted, oldest);
        return from < end ? new Stretch(from, end - from, length) : Stretch.NONE;
    }

    Stretch ranked() {
        return new Stretch(
                window.fromSeconds(), (long) window.count() * window.lengthSeconds(), window.lengthSeconds());
    }
}
