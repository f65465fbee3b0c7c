package logtail.core.query;

import logtail.core.traffic.StatusClass;

/**
 * Requests by the class of their status. What has no valid status, or one that was folded, counts in the total alone.
 *
 * @param total requests
 * @param c2xx those among them with a status from 200 to 299, and so on
 */
public record StatusCounts(long total, long c2xx, long c3xx, long c4xx, long c5xx) {
    public static final StatusCounts NONE = new StatusCounts(0, 0, 0, 0, 0);

    /** Requests of a class; of {@link StatusClass#OTHER} all that the four others leave. */
    public long of(StatusClass statusClass) {
        return switch (statusClass) {
            case C2XX -> c2xx;
            case C3XX -> c3xx;
            case C4XX -> c4xx;
            case C5XX -> c5xx;
            case OTHER -> total - c2xx - c3xx - c4xx - c5xx;
        };
    }
}
