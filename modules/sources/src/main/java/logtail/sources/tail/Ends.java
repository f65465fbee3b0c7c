package logtail.sources.tail;

import java.util.ArrayList;
import java.util.List;

/** Where the files of one batch stand behind it; a batch may hold lines of several. */
final class Ends {
    private record End(Run run, long offset) {}

    private final List<End> ends = new ArrayList<>(1);

    /** The batch holds everything of a file up to here. */
    void reached(Run run, long offset) {
        int last = ends.size() - 1;
        if (last >= 0 && ends.get(last).run == run) {
            ends.remove(last);
        }
        ends.add(new End(run, offset));
    }

    /** The batch was counted. */
    void returned() {
        ends.forEach(end -> end.run.returned(end.offset));
    }

    long lastOffset() {
        return ends.isEmpty() ? 0 : ends.get(ends.size() - 1).offset;
    }
}
