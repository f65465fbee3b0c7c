package logtail.sources.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.logging.Logger;
import logtail.core.line.Batch;
import org.jspecify.annotations.Nullable;

/**
 * The files that are known, and the queue of those that have something to read.
 *
 * <p>Not threadsafe: belongs to its tailer.
 */
final class TailedFiles {
    /** Files remembered after they are gone, so that none is taken for a new one; the oldest are dropped first. */
    private static final int GONE_KEPT = 4096;

    private static final Logger LOG = Logger.getLogger(TailedFiles.class.getPackageName());

    private final long lingerMs;
    private final byte[] scratch = new byte[Head.BYTES_MAX];
    private final Descriptors descriptors;
    /** In the order they were found. */
    private final Map<FileId, TailedFile> byId = new LinkedHashMap<>();

    private final PriorityQueue<TailedFile> byDue = new PriorityQueue<>(Comparator.comparingLong(file -> file.dueMs));
    private final ArrayDeque<TailedFile> queue = new ArrayDeque<>();
    private final Map<FileId, Long> gone = new LinkedHashMap<>();
    private final List<TailedFile> unreturned = new ArrayList<>();
    private long grownBytes;

    TailedFiles(TailOptions options) {
        this.lingerMs = options.lingerMs();
        this.descriptors = new Descriptors(Descriptors.allowed(options.openFiles()), scratch);
    }

    // ---- which there are --------------------------------------------------------------------------------------

    @Nullable
    TailedFile get(FileId id) {
        return byId.get(id);
    }

    /** A file whose existence is to be seen. */
    void expect(TailedFile file) {
        byId.put(file.id, file);
        schedule(file);
    }

    /** A file that was found: looks at it, so that nothing depends on its staying open. */
    void add(TailedFile file, long nowMs) {
        expect(file);
        if (open(file)) {
            examine(file, nowMs);
        }
    }

    /** Its path was asked. */
    void seen(TailedFile file, FileStat stat, long nowMs) {
        if (file.seen(stat, nowMs) && !file.isOpen()) {
            enqueue(file);
        }
    }

    int size() {
        return byId.size();
    }

    /** The file that has been due for a look longest; null when none is. It is to be scheduled again. */
    @Nullable
    TailedFile nextDue(long nowMs) {
        TailedFile first = byDue.peek();
        return first != null && first.dueMs <= nowMs ? byDue.poll() : null;
    }

    /** A file is to be looked at when it is due. */
    void schedule(TailedFile file) {
        if (file.state() != TailedFile.State.GONE) {
            byDue.add(file);
        }
    }

    /** Whether this very file was known, and is done with. */
    boolean isGone(FileStat stat) {
        return Objects.equals(gone.get(stat.id()), stat.bornNs());
    }

    /** What to save: up to where each file was counted. */
    List<SavedPosition> positions(long nowMs) {
        unreturned.removeIf(file -> file.content.run().returnedTo() >= file.content.offset());
        List<SavedPosition> positions = new ArrayList<>(unreturned.size() + byId.size());
        byId.values().forEach(file -> positions.add(file.position(nowMs)));
        unreturned.forEach(file -> positions.add(file.position(nowMs)));
        return positions;
    }

    // ---- looks ------------------------------------------------------------------------------------------------

    /** Looks at a file itself. */
    void examine(TailedFile file, long nowMs) {
        FileChannel channel = file.channel();
        if (channel == null) {
            seek(file, nowMs);
            return;
        }
        long before = file.content.sizeBytes();
        try {
            changed(file, file.content.look(channel, scratch, nowMs), before, nowMs);
        } catch (IOException e) {
            descriptors.failed(file, e);
            return;
        }
        if (file.isFinished(nowMs, lingerMs)) {
            file.closing = true;
        }
        if (file.content.hasUnread() || file.closing) {
            enqueue(file);
        }
    }

    private void changed(TailedFile file, Content.Change change, long sizeBefore, long nowMs) {
        if (change == Content.Change.NONE) {
            return;
        }
        if (change == Content.Change.STARTED_OVER) {
            LOG.info(() -> "tail: " + Said.path(file.path()) + " was truncated: reading from its first byte");
        }
        grownBytes += Math.max(0, file.content.sizeBytes() - sizeBefore);
        file.changed(nowMs);
    }

    /** Looks at a file that is not open. */
    private void seek(TailedFile file, long nowMs) {
        if (file.state() == TailedFile.State.LEFT) {
            if (!open(file) && !file.watch().isSearching(nowMs)) {
                forget(file);
            }
        } else if (!file.content.isBegun() || file.unreadable) {
            open(file);
        }
    }

    /** By how much the files have grown since this was last asked. */
    long takeGrownBytes() {
        long bytes = grownBytes;
        grownBytes = 0;
        return bytes;
    }

    /** Opens a file, or says once why not; a compressed one is forgotten. */
    boolean open(TailedFile file) {
        Descriptors.Result result = descriptors.open(file);
        if (result == Descriptors.Result.COMPRESSED) {
            FileStat what = new FileStat(file.id, FileStat.Kind.FILE, 0, 0, file.bornNs);
            file.watches().forEach(watch -> watch.skip(what, "is compressed"));
            descriptors.forget(file);
            byId.remove(file.id, file);
        }
        return result == Descriptors.Result.OPEN;
    }

    private void forget(TailedFile file) {
        LOG.info(() -> "tail: closed " + Said.path(file.path()) + " after " + file.content.offset() + " bytes");
        descriptors.forget(file);
        byId.remove(file.id, file);
        unreturned.add(file);
        // Removed first, so that it becomes the youngest.
        gone.remove(file.id);
        gone.put(file.id, file.bornNs);
        if (gone.size() > GONE_KEPT) {
            gone.remove(gone.keySet().iterator().next());
        }
    }

    // ---- reading ----------------------------------------------------------------------------------------------

    void enqueue(TailedFile file) {
        if (!file.queued) {
            file.queued = true;
            queue.add(file);
        }
    }

    /** The first file of the queue, opened; null for none. */
    @Nullable
    TailedFile next(long nowMs) {
        TailedFile file = queue.peek();
        while (file != null && !isReadable(file, nowMs)) {
            done(file);
            file = queue.peek();
        }
        return file;
    }

    private boolean isReadable(TailedFile file, long nowMs) {
        if (file.state() != TailedFile.State.GONE && !file.isOpen() && open(file)) {
            examine(file, nowMs);
        }
        return file.isOpen();
    }

    /** Appends lines of an open file to a batch; its very last one, too, when it is closing. */
    LineReader.End read(TailedFile file, Batch batch) {
        FileChannel channel = Objects.requireNonNull(file.channel());
        try {
            LineReader.End end = file.content.read(channel, scratch, batch);
            boolean last = end == LineReader.End.DRAINED && file.closing;
            return !last || file.content.readRest(channel, batch) ? end : LineReader.End.FULL;
        } catch (IOException e) {
            descriptors.failed(file, e);
            return LineReader.End.DRAINED;
        }
    }

    /** The first of the queue has nothing more to read for now. */
    void done(TailedFile file) {
        file.queued = false;
        queue.remove(file);
    }

    /** The first of the queue has more to read, after the others. */
    void later(TailedFile file) {
        queue.remove(file);
        queue.add(file);
    }

    /** The file was read to its very end. */
    void finished(TailedFile file) {
        if (file.state() == TailedFile.State.LEFT) {
            forget(file);
        } else {
            descriptors.park(file);
        }
    }

    /** Closes every file. */
    void close() {
        byId.values().forEach(descriptors::park);
    }
}
