package logtail.sources.tail;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * The directories in which log files stand: each is looked at once per round, however many files are in it.
 *
 * <p>Times are by the clock of the file system, so that they compare with those of the files, on whatever machine.
 */
final class Directories {
    /** A file system's clock may stand still for so long: a change within the same tick would not be seen. */
    private static final long TICK_MS = 100;

    private static final Logger LOG = Logger.getLogger(Directories.class.getPackageName());

    private static final class Seen {
        long round;
        long modifiedNs = Long.MIN_VALUE;
        long changedMs;
        long listedRound = -1;
        List<Path> entries = List.of();
        boolean failed;
    }

    private final Map<Path, Seen> directories = new HashMap<>();
    private long round;
    private long nowMs;

    /** Forgets what was seen; to be called before every look at the files. */
    void nextRound(long now) {
        round++;
        nowMs = now;
    }

    /**
     * A time such that every later change to the directory, and every file created in it later, has a later one.
     * Without a change in the directory it stays the same.
     */
    long settledNs(Path directory) {
        Seen seen = seen(directory);
        return nowMs - seen.changedMs < TICK_MS ? seen.modifiedNs - 1 : seen.modifiedNs;
    }

    private Seen seen(Path directory) {
        Seen seen = directories.computeIfAbsent(directory, path -> new Seen());
        if (seen.round != round) {
            seen.round = round;
            long modified;
            try {
                modified = Files.getLastModifiedTime(directory).to(TimeUnit.NANOSECONDS);
            } catch (IOException gone) {
                modified = Long.MIN_VALUE + 1;
            }
            if (modified != seen.modifiedNs) {
                seen.modifiedNs = modified;
                seen.changedMs = nowMs;
            }
        }
        return seen;
    }

    /** Its entries, in no order; none when it is not there or cannot be read, which is said once. */
    List<Path> list(Path directory) {
        Seen seen = seen(directory);
        if (seen.listedRound == round) {
            return seen.entries;
        }
        seen.listedRound = round;
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
            seen.failed = false;
        } catch (IOException | DirectoryIteratorException e) {
            if (!seen.failed && Files.exists(directory)) {
                LOG.warning(() -> "tail: cannot list " + Said.path(directory) + ": " + Said.reason(e));
            }
            seen.failed = true;
        }
        seen.entries = entries;
        return entries;
    }
}
