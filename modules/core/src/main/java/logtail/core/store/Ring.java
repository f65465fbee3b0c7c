package logtail.core.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The buckets of one length that are kept, oldest first; gaps take no place. Not threadsafe. */
final class Ring {
    private final ArrayDeque<Bucket> buckets = new ArrayDeque<>();
    private final long coveredSeconds;

    /**
     * @param bucketsKept how many buckets back it reaches
     */
    Ring(int bucketsKept, int bucketSeconds) {
        this.coveredSeconds = (long) bucketsKept * bucketSeconds;
    }

    void add(Bucket bucket) {
        buckets.addLast(bucket);
    }

    /** Takes out what began too long before {@code endSeconds} to be kept. */
    List<Bucket> expire(long endSeconds) {
        List<Bucket> expired = new ArrayList<>();
        while (!buckets.isEmpty() && buckets.getFirst().startSeconds() < endSeconds - coveredSeconds) {
            expired.add(buckets.removeFirst());
        }
        return expired;
    }

    List<Bucket> buckets() {
        return List.copyOf(buckets);
    }
}
