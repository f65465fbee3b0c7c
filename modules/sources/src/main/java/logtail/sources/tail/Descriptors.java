package logtail.sources.tail;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.logging.Logger;

/**
 * Opens and closes files within a limit ({@code limits.openFiles}): beyond it the file that has been quiet longest is
 * closed, and opened again by its path when it changes. Files that have left their path stay open: there is no
 * second chance to open them.
 */
final class Descriptors {
    /** What came of opening a file. */
    enum Result {
        OPEN,
        /** Its path leads to another file by now. */
        ELSEWHERE,
        COMPRESSED,
        FAILED
    }

    /** Left to others when the process has no descriptor left. */
    private static final int SPARE = 16;

    private static final Logger LOG = Logger.getLogger(Descriptors.class.getPackageName());

    private final Set<TailedFile> open = new LinkedHashSet<>();
    private final byte[] scratch;
    private int limit;
    private boolean limitSaid;

    Descriptors(int limit, byte[] scratch) {
        this.limit = limit;
        this.scratch = scratch;
    }

    /** How many of the wanted descriptors to use: half of what the process may open, at most. */
    static int allowed(int wanted) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(wanted, system.getMaxFileDescriptorCount() / 2)
                : wanted;
    }

    /** Opens a file by its path; says once what stands in the way. */
    Result open(TailedFile file) {
        if (open.size() >= limit) {
            sayLimit();
            parkOne();
        }
        try {
            return openNow(file);
        } catch (NoSuchFileException renamedMeanwhile) {
            return Result.ELSEWHERE;
        } catch (IOException e) {
            if (isShortOfDescriptors(e)) {
                limit = Math.max(1, open.size() - SPARE);
                sayLimit();
                for (int i = 0; i < SPARE; i++) {
                    parkOne();
                }
                return Result.FAILED;
            }
            failed(file, e);
            return Result.FAILED;
        }
    }

    private Result openNow(TailedFile file) throws IOException {
        // There is no asking an open channel which file it is, so the path is asked before and after.
        if (!leadsTo(file)) {
            return Result.ELSEWHERE;
        }
        FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
        Result result = Result.ELSEWHERE;
        try {
            if (leadsTo(file)) {
                result = file.content.opened(channel, scratch) ? Result.OPEN : Result.COMPRESSED;
            }
        } finally {
            if (result != Result.OPEN) {
                channel.close();
            }
        }
        if (result == Result.OPEN) {
            file.opened(channel);
            open.add(file);
            readable(file);
        }
        return result;
    }

    private static boolean leadsTo(TailedFile file) throws IOException {
        FileStat stat = FileStat.of(file.path());
        return stat.kind() == FileStat.Kind.FILE && stat.id().equals(file.id);
    }

    /** A file could not be opened or read: says so once, until it can be again. */
    void failed(TailedFile file, IOException e) {
        if (!file.unreadable) {
            file.unreadable = true;
            file.input.counters.addUnreadable(1);
            LOG.warning(() -> "tail: cannot read " + Said.path(file.path()) + ": " + Said.reason(e)
                    + "; trying again until it can be read");
        }
        park(file);
    }

    private static void readable(TailedFile file) {
        if (file.unreadable) {
            file.unreadable = false;
            file.input.counters.addUnreadable(-1);
            LOG.info(() -> "tail: " + Said.path(file.path()) + " can be read now");
        }
    }

    /** Closes a file that is still known. */
    void park(TailedFile file) {
        close(file);
        file.parked();
    }

    /** Closes a file for good. */
    void forget(TailedFile file) {
        close(file);
        if (file.unreadable) {
            file.unreadable = false;
            file.input.counters.addUnreadable(-1);
        }
        file.forgotten();
    }

    private void close(TailedFile file) {
        FileChannel channel = file.channel();
        if (channel != null) {
            open.remove(file);
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warning(() -> "tail: cannot close " + Said.path(file.path()) + ": " + Said.reason(e));
            }
        }
    }

    private void parkOne() {
        open.stream()
                .filter(file -> file.state() == TailedFile.State.FOLLOWED)
                .min(Comparator.comparing((TailedFile file) -> file.queued).thenComparingLong(TailedFile::changedMs))
                .ifPresent(this::park);
    }

    private void sayLimit() {
        if (!limitSaid) {
            limitSaid = true;
            LOG.info(() -> "tail: more than " + limit + " files (limits.openFiles, or what the system allows):"
                    + " those that have been quiet longest are closed and opened again when they grow");
        }
    }

    private static boolean isShortOfDescriptors(IOException e) {
        String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
        return reason != null && reason.contains("Too many open files");
    }
}
