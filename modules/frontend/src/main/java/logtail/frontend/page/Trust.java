package logtail.frontend.page;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import logtail.core.query.Overview;
import logtail.frontend.backend.Answers;
import logtail.wire.Loss;

/** What of the requests a page does not tell, in words: folded, dropped, late, not understood. */
final class Trust {
    /** Less than this is always under way. */
    private static final long LAG_BYTES = 1 << 20;

    private Trust() {}

    /**
     * @param filtered whether the page is about some requests only
     */
    static List<String> notes(Answers answers, boolean filtered) {
        List<String> notes = new ArrayList<>();
        Overview overview = answers.overview();
        if (overview != null) {
            window(overview, filtered, notes);
        }
        Loss loss = answers.loss();
        if (loss != null) {
            lost(loss, notes);
        }
        return notes;
    }

    private static void window(Overview overview, boolean filtered, List<String> notes) {
        // With a filter, what may have been folded away is said beside the total.
        if (overview.folded() > 0 && !filtered) {
            notes.add(Numbers.percent(overview.folded(), overview.now().total())
                    + " of these requests have no row of their own any more; they count in totals and as (other)");
        }
        if (overview.catchUp()) {
            notes.add("some lines were read long after they were written, so that a bucket is larger than it was");
        }
    }

    private static void lost(Loss loss, List<String> notes) {
        if (loss.rejected() > 0) {
            String when = loss.lastRejectedMs() == 0 ? "" : ", the last at " + time(loss.lastRejectedMs());
            notes.add(lines(loss.rejected()) + " of " + Numbers.count(loss.lines() + loss.rejected())
                    + " not understood" + when);
        }
        if (loss.dropped() > 0) {
            notes.add(Numbers.count(loss.dropped()) + " requests dropped for want of room");
        }
        if (loss.lagBytes() >= LAG_BYTES) {
            notes.add(Numbers.bytes(loss.lagBytes()) + " of log not read yet");
        }
        if (loss.datagramsLost() > 0) {
            notes.add(Numbers.count(loss.datagramsLost()) + " datagrams lost before they were read");
        }
    }

    private static String lines(long lines) {
        return Numbers.count(lines) + (lines == 1 ? " line" : " lines");
    }

    private static String time(long unixMs) {
        return Numbers.time(TimeUnit.MILLISECONDS.toSeconds(unixMs)) + " UTC";
    }
}
