package logtail.sources.tail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logtail.core.line.Batch;
import logtail.core.line.LineDecoder;
import logtail.core.line.Position;
import logtail.core.tail.Glob;
import logtail.core.tail.PollPace;
import logtail.runtime.time.Clock;
import logtail.sources.Sources;
import logtail.sources.channel.Outlet;
import org.jspecify.annotations.Nullable;

/**
 * Follows files and makes batches of their lines. It is never blocked and never drops a line: without a free batch,
 * or without credit, it does not read on, and the files are its buffer (D25).
 *
 * <p>Not threadsafe. Time is what the caller says, in milliseconds that never run backwards.
 */
public final class Tailer {
    /** Reads in one piece of work that only skip bytes, where a line never ends. */
    private static final int SKIPPED_READS_MAX = 16;

    private final TailOptions options;
    private final FileSet fileSet;
    private final TailedFiles files;
    private final Outlet outlet;
    private final Clock clock;
    private final List<String> globs;
    private final PollPace pace;

    /** Being filled; null when there is none. */
    private @Nullable Filling filling;

    /** Decoded, but the channel is full; null when there is none. */
    private @Nullable Filling waiting;

    private long lookedMs;

    private static final class Filling {
        final Batch batch;
        final GlobInput input;
        final LineDecoder decoder;
        final boolean late;
        final long sinceMs;
        final long receivedAtMs;
        final long receivedAtNs;
        final Ends ends;

        Filling(Batch batch, TailedFile file, boolean late, long sinceMs, Clock clock, Ends ends) {
            this.batch = batch;
            this.input = file.input;
            this.decoder = file.decoder;
            this.late = late;
            this.sinceMs = sinceMs;
            this.receivedAtMs = clock.wallMs();
            this.receivedAtNs = clock.monotonicNs();
            this.ends = ends;
        }

        /** Whether lines of the file count in the same way. */
        boolean takes(TailedFile file, boolean fileIsLate) {
            return input == file.input && decoder == file.decoder && late == fileIsLate;
        }
    }

    /** What was skipped without a line to send; it counts as counted once everything before it has been. */
    private Ends skipped = new Ends();

    /**
     * @param clock asked once per batch
     * @throws IllegalArgumentException when a glob is malformed; the message names it
     */
    public Tailer(TailOptions options, List<TailInput> inputs, Sources sources, Outlet outlet, Clock clock) {
        this.options = options;
        List<GlobInput> globInputs = globs(inputs, sources);
        this.globs = globInputs.stream().map(GlobInput::glob).toList();
        this.fileSet = new FileSet(options, globInputs);
        this.files = fileSet.files();
        this.outlet = outlet;
        this.clock = clock;
        this.pace = new PollPace(options.pollMs());
    }

    private static List<GlobInput> globs(List<TailInput> inputs, Sources sources) {
        Map<String, TailInput> distinct = new LinkedHashMap<>();
        inputs.forEach(input -> distinct.putIfAbsent(input.glob(), input));
        List<GlobInput> globs = new ArrayList<>();
        for (TailInput input : distinct.values()) {
            List<Glob> parsed;
            try {
                parsed = Glob.parse(input.glob());
                parsed.forEach(Tailer::resolve);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("logs: " + input.glob() + ": " + e.getMessage(), e);
            }
            globs.add(new GlobInput(parsed, input.decoder(), sources.file(input.glob())));
        }
        return globs;
    }

    /** Fails on names that cannot be said in the locale of this process. */
    private static Path resolve(Glob glob) {
        Path path = Path.of("/");
        for (Glob.Part part : glob.parts()) {
            path = path.resolve(part.literal());
        }
        return path;
    }

    /**
     * Finds the files that exist; nothing is read yet.
     *
     * @param saved what an earlier run left behind; null for nothing
     */
    void start(@Nullable SavedPositions saved, long nowMs) {
        boolean late = saved != null && clock.wallMs() - saved.savedAtMs() > options.bucketMs();
        fileSet.start(saved, late, nowMs);
        lookedMs = nowMs;
    }

    /**
     * Looks at the files.
     *
     * @return milliseconds until the next look should come
     */
    long look(long nowMs) {
        long grownBytes = fileSet.look(nowMs);
        long elapsedMs = nowMs - lookedMs;
        lookedMs = nowMs;
        // Nothing is gained by looking often while nothing can be read.
        boolean readable = waiting == null && (filling != null || outlet.hasBatch());
        return pace.next(readable ? grownBytes : 0, elapsedMs);
    }

    /**
     * A bounded piece of work: fills at most one batch and sends it.
     *
     * @return whether there is more to do at once
     */
    boolean work(long nowMs) {
        if (!sendWaiting(nowMs)) {
            return false;
        }
        int skips = 0;
        for (TailedFile file = files.next(nowMs); file != null; file = files.next(nowMs)) {
            Filling into = batchFor(file, nowMs);
            if (into == null) {
                return false;
            }
            LineReader.End end = files.read(file, into.batch);
            into.ends.reached(file.content.run(), file.content.offset());
            if (end == LineReader.End.FULL) {
                files.later(file);
                return finish(nowMs);
            }
            if (end == LineReader.End.SKIPPED && ++skips == SKIPPED_READS_MAX) {
                files.later(file);
                return true;
            }
            if (end == LineReader.End.DRAINED) {
                files.done(file);
                if (file.closing) {
                    files.finished(file);
                }
            }
        }
        if (!outlet.busy()) {
            finish(nowMs);
        }
        return false;
    }

    /** The batch for a file's lines; null when there is none to be had. */
    private @Nullable Filling batchFor(TailedFile file, long nowMs) {
        boolean late = file.content.isLate();
        Filling current = filling;
        if (current != null && !current.takes(file, late)) {
            if (!finish(nowMs)) {
                return null;
            }
            current = null;
        }
        if (current == null && outlet.hasBatch()) {
            Batch batch = outlet.take(file.input.counters.stats());
            current = new Filling(batch, file, late, nowMs, clock, skipped);
            skipped = new Ends();
            filling = current;
        }
        return current;
    }

    /** Decodes what was filled and sends it; false when it has to wait. */
    private boolean finish(long nowMs) {
        Filling full = filling;
        filling = null;
        if (full == null) {
            return true;
        }
        if (full.batch.rawLength() == 0) {
            skipped = full.ends;
            outlet.discard(full.batch);
            countSkipped();
            return true;
        }
        full.batch.received(
                full.receivedAtMs, full.receivedAtNs, new Position(full.ends, full.ends.lastOffset()), full.late);
        outlet.decode(full.decoder, full.batch);
        waiting = full;
        return sendWaiting(nowMs);
    }

    private boolean sendWaiting(long nowMs) {
        Filling next = waiting;
        if (next == null) {
            return true;
        }
        Batch batch = next.batch;
        if (nowMs - next.sinceMs > options.bucketMs()) {
            batch.received(next.receivedAtMs, next.receivedAtNs, batch.position(), true);
        }
        if (outlet.send(batch)) {
            waiting = null;
        }
        return waiting == null;
    }

    /** A batch has been counted: its lines will not be read again after a restart. */
    void returned(Batch batch) {
        Position position = batch.position();
        if (position != null && position.file() instanceof Ends ends) {
            ends.returned();
        }
        outlet.returned(batch);
        countSkipped();
    }

    private void countSkipped() {
        if (isIdle()) {
            skipped.returned();
        }
    }

    /** Sends what is being filled, full or not; false when the channel is full. */
    boolean flush(long nowMs) {
        return sendWaiting(nowMs) && finish(nowMs);
    }

    /** Whether all that was read has been counted. */
    boolean isIdle() {
        return filling == null && waiting == null && outlet.underWay() == 0;
    }

    /** What to save. */
    SavedPositions positions(long nowMs) {
        return new SavedPositions(clock.wallMs(), globs, files.positions(nowMs));
    }

    void close() {
        files.close();
    }
}
