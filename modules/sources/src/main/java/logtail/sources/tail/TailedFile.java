package logtail.sources.tail;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import logtail.core.line.LineDecoder;
import org.jspecify.annotations.Nullable;

/**
 * One file, by device and inode, from when it is found until nothing more can come from it.
 *
 * <pre>
 *   state      descriptor        watched paths   leaves by
 *   FOLLOWED   open              one or more     [lostPath: renamed, deleted, link re-pointed] to LEFT
 *                                                [parked: descriptors are short, or renamed and quiet] to PARKED
 *   PARKED     none              one or more     [opened: it has changed] to FOLLOWED
 *                                                [lostPath] to LEFT
 *   LEFT       open, or sought   none            [gainedPath: its new name is watched] to FOLLOWED or PARKED
 *              by its inode                      [forgotten: quiet for long, or not found] to GONE
 *   GONE       none              none
 * </pre>
 *
 * Truncation is no state: it starts its {@link Content} over.
 *
 * <p>Not threadsafe: belongs to its tailer.
 */
final class TailedFile {
    enum State {
        FOLLOWED,
        PARKED,
        LEFT,
        GONE
    }

    /** A file whose path leads nowhere is read on until it has been quiet for so long (D26). */
    private static final long QUIET_MS = 15_000;

    final FileId id;
    final long bornNs;
    final GlobInput input;
    final LineDecoder decoder;
    final Content content;

    /** In the queue of files that have something to read. */
    boolean queued;

    /** To be read to its very end, LF or not, and then closed. */
    boolean closing;

    /** It cannot be opened or read at the moment, and that was said. */
    boolean unreadable;

    long dueMs = Watch.NEVER;

    private final List<Watch> watches = new ArrayList<>(1);
    private State state = State.PARKED;
    private Path path;
    private @Nullable FileChannel channel;
    private Watch watch;
    private boolean renamed;
    private long leftMs = Watch.NEVER;
    private long changedMs;
    private long seenBytes = -1;
    private long seenModifiedNs;

    /**
     * @param watch the path that leads, led, or for a moment would have led to it
     * @param path its name
     */
    TailedFile(FileId id, long bornNs, Content content, Watch watch, Path path, long nowMs) {
        this.id = id;
        this.bornNs = bornNs;
        this.input = watch.input;
        this.decoder = watch.input.decoder.apply(watch.path);
        this.content = content;
        this.watch = watch;
        this.path = path;
        this.changedMs = nowMs;
        input.counters.addFiles(1);
    }

    // ---- names ------------------------------------------------------------------------------------------------

    /** A watched path leads to it. */
    void gainedPath(Watch by) {
        // A file that had another name before is a rotated one, also where a glob matches its new name.
        renamed |= leftMs != Watch.NEVER;
        watches.add(by);
        watch = by;
        path = by.path;
        state = isOpen() ? State.FOLLOWED : State.PARKED;
    }

    /** A watched path leads elsewhere, or nowhere. */
    void lostPath(Watch by, long nowMs) {
        watches.remove(by);
        leftMs = nowMs;
        if (watches.isEmpty()) {
            left(by, nowMs);
        } else {
            watch = watches.get(0);
            path = watch.path;
        }
    }

    /** No watched path leads to it; one that did, or for a moment would have, is given. */
    void left(Watch by, long nowMs) {
        watch = by;
        leftMs = nowMs;
        state = State.LEFT;
    }

    /** It was found under another name, which is not watched. */
    void foundAs(Path name) {
        path = name;
    }

    Path path() {
        return path;
    }

    /** The path that leads to it, or did last. */
    Watch watch() {
        return watch;
    }

    List<Watch> watches() {
        return watches;
    }

    // ---- descriptor -------------------------------------------------------------------------------------------

    void opened(FileChannel with) {
        channel = with;
        if (state == State.PARKED) {
            state = State.FOLLOWED;
        }
    }

    /** Its descriptor was closed; it is opened again when it changes. */
    void parked() {
        channel = null;
        closing = false;
        if (state == State.FOLLOWED) {
            state = State.PARKED;
        }
    }

    /** Nothing more comes from it. */
    void forgotten() {
        channel = null;
        state = State.GONE;
        content.forget();
        input.counters.addFiles(-1);
    }

    boolean isOpen() {
        return channel != null;
    }

    @Nullable
    FileChannel channel() {
        return channel;
    }

    State state() {
        return state;
    }

    // ---- time -------------------------------------------------------------------------------------------------

    /** It has grown or started over. */
    void changed(long nowMs) {
        changedMs = nowMs;
        closing = false;
    }

    long changedMs() {
        return changedMs;
    }

    /** How long nothing has happened to it. */
    long quietMs(long nowMs) {
        return nowMs - Math.max(changedMs, leftMs);
    }

    /** Whether nothing more is to be expected from it (D26). */
    boolean isFinished(long nowMs, long lingerMs) {
        if (content.hasUnread() || state == State.FOLLOWED && !renamed) {
            return false;
        }
        boolean succeeded = state == State.FOLLOWED || watch.file != null;
        return quietMs(nowMs) >= (succeeded ? lingerMs : Math.max(QUIET_MS, lingerMs));
    }

    /** Its path was asked; says whether it has changed since that happened last. */
    boolean seen(FileStat stat, long nowMs) {
        boolean same = stat.sizeBytes() == seenBytes && stat.modifiedNs() == seenModifiedNs;
        seenBytes = stat.sizeBytes();
        seenModifiedNs = stat.modifiedNs();
        if (same && !isOpen()) {
            content.unchanged(nowMs);
        }
        return !same;
    }

    /** What to save: up to where it was counted. */
    SavedPosition position(long nowMs) {
        return new SavedPosition(
                input.glob(),
                watch.path,
                watch.real(),
                state == State.FOLLOWED || state == State.PARKED,
                id,
                content.run().returnedTo(),
                content.head().length(),
                content.head().sum(),
                watch.bornAfterNs(nowMs));
    }
}
