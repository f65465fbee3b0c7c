package logtail.core.query;

import logtail.core.traffic.StatusClass;

/** Requests by class of status, while they are added up. */
final class StatusSums {
    /** In place of a class: the requests of all classes, and of none. */
    static final int ALL = -1;

    private final long[] classes = new long[StatusClass.values().length];
    private long total;

    /** Adds requests whose class is known, and which are counted as such only. */
    void add(int statusClass, long count) {
        if (statusClass == ALL) {
            total += count;
        } else {
            classes[statusClass] += count;
        }
    }

    void add(StatusSums other) {
        total += other.total;
        for (int i = 0; i < classes.length; i++) {
            classes[i] += other.classes[i];
        }
    }

    /** What was added; a total never falls short of its classes. */
    StatusCounts counts() {
        long known = 0;
        for (StatusClass each : StatusClass.values()) {
            known += classes[each.ordinal()];
        }
        return new StatusCounts(
                Math.max(total, known),
                classes[StatusClass.C2XX.ordinal()],
                classes[StatusClass.C3XX.ordinal()],
                classes[StatusClass.C4XX.ordinal()],
                classes[StatusClass.C5XX.ordinal()]);
    }
}
