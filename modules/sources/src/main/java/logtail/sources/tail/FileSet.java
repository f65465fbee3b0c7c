package logtail.sources.tail;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that the globs name, looked at in rounds (D26).
 *
 * <p>Not threadsafe: belongs to its tailer.
 */
/*
 * A watch is a path, a file an inode; several watches may lead to one file, which counts once. A look at a file asks
 * each of its paths whether it still leads there, and the open file how large it is.
 *
 * A round looks at the files that are due, those first that have been due for longest, and at so many at most that it
 * stays short. A file that has just changed is due in the next round, the others the later the longer they have been
 * quiet, up to a delay that depends on their number: so quiet files cost the same however many there are.
 */
final class FileSet {
    private static final int LOOKS_PER_ROUND = 128;

    /** So many quiet files, and as many paths without a file, are looked at per {@code tail.poll}. */
    private static final int QUIET_LOOKS = 64;

    /** A file that has changed within this time is due in every round. */
    private static final long HOT_MS = 100;

    /** A path is asked where it leads at most so often. */
    private static final long PATH_CHECK_MS = 10;

    private final TailOptions options;
    private final TailedFiles files;
    private final WatchedPaths paths;
    private long pathsLookedMs;

    FileSet(TailOptions options, List<GlobInput> inputs) {
        this.options = options;
        this.files = new TailedFiles(options);
        this.paths = new WatchedPaths(options, inputs, files);
    }

    /** The files, for who reads them. */
    TailedFiles files() {
        return files;
    }

    /**
     * Finds the files that exist at start.
     *
     * @param saved what an earlier run left behind; null for nothing
     * @param late whether it did so longer ago than a bucket
     */
    void start(@Nullable SavedPositions saved, boolean late, long nowMs) {
        if (saved != null) {
            paths.resume(saved, late, nowMs);
        }
        paths.start(nowMs);
        pathsLookedMs = nowMs - options.pollMs();
    }

    /**
     * One round.
     *
     * @return by how many bytes the files had grown
     */
    long look(long nowMs) {
        paths.beginRound(nowMs);
        if (nowMs - pathsLookedMs >= options.pollMs()) {
            pathsLookedMs = nowMs;
            paths.scanIfDue(nowMs);
            lookAtVacantPaths(nowMs);
        }
        lookAtFiles(nowMs);
        paths.endRound();
        return files.takeGrownBytes();
    }

    private void lookAtVacantPaths(long nowMs) {
        int looks = 0;
        List<Watch> all = paths.all();
        for (int i = 0; i < all.size() && looks < QUIET_LOOKS; i++) {
            Watch watch = all.get(i);
            if (watch.file == null && watch.dueMs <= nowMs) {
                looks++;
                paths.check(watch, nowMs);
                watch.dueMs = nowMs + delayMs(all.size());
            }
        }
    }

    private void lookAtFiles(long nowMs) {
        List<TailedFile> looked = new ArrayList<>();
        for (int i = 0; i < LOOKS_PER_ROUND; i++) {
            TailedFile file = files.nextDue(nowMs);
            if (file == null) {
                break;
            }
            lookAt(file, nowMs);
            looked.add(file);
        }
        // Not before, or those that are due again at once would come twice.
        looked.forEach(files::schedule);
    }

    private void lookAt(TailedFile file, long nowMs) {
        List<Watch> watches = file.watches();
        for (int i = watches.size() - 1; i >= 0; i--) {
            if (nowMs - watches.get(i).checkedMs >= PATH_CHECK_MS) {
                paths.check(watches.get(i), nowMs);
            }
        }
        if (file.state() != TailedFile.State.GONE) {
            files.examine(file, nowMs);
        }
        long quietMs = file.quietMs(nowMs);
        long delayMs = Math.min(delayMs(files.size()), Math.max(options.pollMs(), quietMs / 4));
        file.dueMs = quietMs < HOT_MS ? nowMs : nowMs + delayMs;
    }

    /** Between two looks at each of so many quiet things. */
    private long delayMs(int count) {
        return Math.max(options.pollMs(), count * options.pollMs() / QUIET_LOOKS);
    }
}
