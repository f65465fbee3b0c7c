package logtail.sources;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import logtail.core.line.InputStats;

/** One configured glob of log files and what it counted. The tailer writes; any thread may read. */
public final class FileInput {
    private final String glob;
    private final InputStats stats;
    private final AtomicLong lagBytes = new AtomicLong();
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicInteger unreadable = new AtomicInteger();

    FileInput(String glob, InputStats stats) {
        this.glob = glob;
        this.stats = stats;
    }

    /** As configured. */
    public String glob() {
        return glob;
    }

    public InputStats stats() {
        return stats;
    }

    /** Bytes that stand in its files and have not been read yet, over all files (D25). */
    public long lagBytes() {
        return lagBytes.get();
    }

    /** Files that are followed or drained. */
    public int files() {
        return files.get();
    }

    /** Files of those that cannot be opened at the moment. */
    public int unreadable() {
        return unreadable.get();
    }

    /** For the tailer. */
    public void addLagBytes(long bytes) {
        lagBytes.addAndGet(bytes);
    }

    /** For the tailer. */
    public void addFiles(int n) {
        files.addAndGet(n);
    }

    /** For the tailer. */
    public void addUnreadable(int n) {
        unreadable.addAndGet(n);
    }
}
