package logtail.sources.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import logtail.core.tail.Glob;
import logtail.core.tail.RotatedName;
import logtail.sources.FileInput;
import org.jspecify.annotations.Nullable;

/**
 * The paths that the globs name: expands the globs, asks each path where it leads, and finds out what happened when
 * that changes.
 *
 * <p>Not threadsafe: belongs to its tailer.
 */
/*
 * When a path leads elsewhere, rotation may have happened more than once since the last look. What the path led to in
 * between is found by name and birth: it is called like a rotated file of that path, is not known, and was created
 * after the time of the directory when the path was last seen to lead to the old file. A copy made before that, or
 * the rotated files of last week, were not. The search goes on for two seconds, as long as the directory changes.
 */
final class WatchedPaths {
    /** Globs are expanded at most so often, and less often the more paths there are. */
    private static final long SCAN_MS = 250;

    /** A path that a wildcard once found is forgotten when it has led nowhere for so long. */
    private static final long VACANT_MS = 60_000;

    /** First bytes that must be equal to take {@code access-1.log} for a copy of {@code access.log}. */
    private static final int COPY_BYTES = Head.BYTES_MAX;

    /** Paths named one by one when a round finds many. */
    private static final int NAMED = 10;

    private static final Logger LOG = Logger.getLogger(WatchedPaths.class.getPackageName());

    private final TailOptions options;
    private final List<GlobInput> inputs;
    private final TailedFiles files;
    private final Directories directories = new Directories();
    private final GlobScanner scanner = new GlobScanner(directories);
    private final Map<Path, Watch> byPath = new HashMap<>();
    private final List<Watch> all = new ArrayList<>();

    /** During the first scan: files that are found existed before the collector. */
    private boolean starting;

    private Set<String> savedGlobs = Set.of();
    private boolean backlogIsLate;
    private long scannedMs;
    private boolean scanWanted;
    private int named;

    WatchedPaths(TailOptions options, List<GlobInput> inputs, TailedFiles files) {
        this.options = options;
        this.inputs = inputs;
        this.files = files;
    }

    /** Every path that is watched. */
    List<Watch> all() {
        return all;
    }

    // ---- start ------------------------------------------------------------------------------------------------

    /**
     * Takes up what an earlier run of the collector left behind.
     *
     * @param late whether it did so longer ago than a bucket
     */
    void resume(SavedPositions saved, boolean late, long nowMs) {
        savedGlobs = Set.copyOf(saved.globs());
        backlogIsLate = late;
        for (SavedPosition position : saved.positions()) {
            inputs.stream()
                    .filter(input -> input.glob().equals(position.glob()))
                    .findFirst()
                    .ifPresent(input -> resume(position, input, nowMs));
        }
    }

    private void resume(SavedPosition position, GlobInput input, long nowMs) {
        if (files.get(position.id()) != null) {
            return;
        }
        Watch watch = watch(position.path(), input, nowMs);
        watch.resume(position);
        Content content = Content.saved(watch.input.counters, options, position);
        TailedFile file = new TailedFile(position.id(), Long.MIN_VALUE, late(content), watch, position.real(), nowMs);
        files.expect(file);
        if (position.followed() && watch.file == null) {
            watch.leads(file);
        } else {
            file.left(watch, nowMs);
            watch.search(nowMs);
        }
    }

    private Content late(Content content) {
        if (backlogIsLate) {
            content.backlogIsLate();
        }
        return content;
    }

    /** Finds the files that exist at start. */
    void start(long nowMs) {
        beginRound(nowMs);
        starting = true;
        scan(nowMs);
        // Those of the earlier run, which the globs may name or not.
        List.copyOf(all).stream().filter(watch -> watch.checkedMs != nowMs).forEach(watch -> check(watch, nowMs));
        starting = false;
        endRound();
        for (GlobInput input : inputs) {
            if (input.counters.files() == 0) {
                LOG.info(() -> "tail: nothing to follow for " + input.glob() + " yet; waiting for it");
            }
        }
    }

    // ---- globs ------------------------------------------------------------------------------------------------

    /** To be called before paths are checked. */
    void beginRound(long nowMs) {
        directories.nextRound(nowMs);
        named = 0;
    }

    /** To be called after paths were checked. */
    void endRound() {
        if (named > NAMED) {
            LOG.info("tail: and " + (named - NAMED) + " files more");
        }
    }

    /** Expands the globs again when it is time, or when something says that it may find more. */
    void scanIfDue(long nowMs) {
        long ago = nowMs - scannedMs;
        boolean worthIt = ago >= Math.max(SCAN_MS, all.size()) && (scanWanted || scanner.isOutdated());
        if (worthIt || ago >= options.scanIntervalMs()) {
            scan(nowMs);
        }
    }

    private void scan(long nowMs) {
        scannedMs = nowMs;
        scanWanted = false;
        scanner.begin();
        for (GlobInput input : inputs) {
            for (Glob glob : input.globs) {
                scanner.expand(glob, path -> named(path, input, glob.isLiteral(), nowMs));
            }
        }
        all.removeIf(watch -> watch.file == null
                && !watch.literal
                && nowMs - watch.vacantSinceMs >= VACANT_MS
                && byPath.remove(watch.path, watch));
    }

    private void named(Path path, GlobInput input, boolean literal, long nowMs) {
        Watch known = byPath.get(path);
        if (known != null) {
            known.literal |= literal;
            return;
        }
        if (!literal && RotatedName.isCompressed(String.valueOf(path.getFileName()))) {
            input.sayCompressed(path);
            return;
        }
        Watch watch = watch(path, input, nowMs);
        watch.literal = literal;
        check(watch, nowMs);
    }

    private Watch watch(Path path, GlobInput input, long nowMs) {
        Watch known = byPath.get(path);
        if (known != null) {
            return known;
        }
        Watch watch = new Watch(path, input);
        watch.vacantSinceMs = nowMs;
        byPath.put(path, watch);
        all.add(watch);
        return watch;
    }

    // ---- where a path leads -----------------------------------------------------------------------------------

    /** Asks a path where it leads. */
    void check(Watch watch, long nowMs) {
        watch.checkedMs = nowMs;
        // Asked before the path is, so that what happens after the look is younger.
        long settledNs = directories.settledNs(watch.directory());
        FileStat stat;
        try {
            stat = stat(watch.path);
        } catch (IOException e) {
            watch.sayTrouble(e);
            return;
        }
        TailedFile file = watch.file;
        if (file != null && stat != null && stat.id().equals(file.id)) {
            watch.stillLeads(settledNs, nowMs);
            files.seen(file, stat, nowMs);
        } else {
            if (file != null) {
                lost(watch, file, nowMs);
            }
            if (stat != null && !watch.isSkipped(stat)) {
                found(watch, stat, nowMs);
            }
        }
        if (watch.isSearching(nowMs)) {
            search(watch, nowMs);
        }
    }

    private static @Nullable FileStat stat(Path path) throws IOException {
        try {
            return FileStat.of(path);
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return null;
        }
    }

    /** It does not lead to its file any more. */
    private void lost(Watch watch, TailedFile file, long nowMs) {
        file.lostPath(watch, nowMs);
        watch.file = null;
        watch.vacantSinceMs = nowMs;
        watch.search(nowMs);
        scanWanted = true;
    }

    /** It leads to another file. */
    private void found(Watch watch, FileStat stat, long nowMs) {
        if (stat.kind() != FileStat.Kind.FILE) {
            watch.skip(stat, "is " + stat.kind().text);
            return;
        }
        boolean again = watch.led;
        TailedFile known = files.get(stat.id());
        TailedFile file = known != null
                ? known
                : new TailedFile(stat.id(), stat.bornNs(), content(watch, stat, nowMs), watch, watch.path, nowMs);
        watch.leads(file);
        watch.resolve(directories);
        if (known == null) {
            files.add(file, nowMs);
        }
        files.seen(file, stat, nowMs);
        if (watch.file != null && ++named <= NAMED) {
            sayFound(watch, file, again, known != null);
        }
    }

    private static void sayFound(Watch watch, TailedFile file, boolean again, boolean known) {
        String path = Said.path(watch.path);
        if (known) {
            LOG.info(() -> "tail: " + path + " is a file that is followed already: it counts once");
        } else if (again) {
            LOG.info(() -> "tail: reopened " + path + " after rotation");
        } else if (!file.unreadable) {
            LOG.info(() -> "tail: discovered " + path + ", reading from byte " + file.content.offset());
        }
    }

    /** What stands in a file that is found for the first time, and where to begin. */
    private Content content(Watch watch, FileStat stat, long nowMs) {
        FileInput counters = watch.input.counters;
        if (starting && !watch.led && !savedGlobs.contains(watch.input.glob())) {
            return Content.fromEnd(counters, options, stat.sizeBytes());
        }
        Content content = Content.fromFirstByte(counters, options);
        maybeCopy(watch, content, nowMs);
        return starting ? late(content) : content;
    }

    /** What is called like a rotated file, beside one that was not rotated, may be a copy of it (copytruncate). */
    private void maybeCopy(Watch watch, Content content, long nowMs) {
        String name = String.valueOf(watch.path.getFileName());
        for (String base : RotatedName.bases(name)) {
            Watch original = byPath.get(watch.path.resolveSibling(base));
            TailedFile file = original == null ? null : original.file;
            if (original != null && file != null && !original.isSearching(nowMs) && leads(original, file)) {
                content.maybeCopyOf(file.content, RotatedName.behind(name, base) ? 1 : COPY_BYTES);
                return;
            }
        }
    }

    private static boolean leads(Watch watch, TailedFile file) {
        try {
            return FileStat.of(watch.path).id().equals(file.id);
        } catch (IOException gone) {
            return false;
        }
    }

    // ---- where a path led in between --------------------------------------------------------------------------

    private void search(Watch watch, long nowMs) {
        Path directory = watch.directory();
        if (!watch.isSearchDue(directories.settledNs(directory))) {
            return;
        }
        String base = watch.name();
        for (Path entry : directories.list(directory)) {
            String name = String.valueOf(entry.getFileName());
            boolean related = RotatedName.of(name, base) || name.equals(base);
            if (related && !RotatedName.isCompressed(name)) {
                consider(watch, entry, nowMs);
            }
        }
    }

    private void consider(Watch watch, Path entry, long nowMs) {
        FileStat stat;
        try {
            stat = FileStat.of(entry);
        } catch (IOException renamedMeanwhile) {
            // Then the directory has changed, and is searched again.
            return;
        }
        TailedFile known = files.get(stat.id());
        if (known != null) {
            if (known.state() == TailedFile.State.LEFT) {
                known.foundAs(entry);
            }
            return;
        }
        boolean between = stat.kind() == FileStat.Kind.FILE && stat.bornNs() > watch.bornAfterNs(nowMs);
        if (!between || files.isGone(stat) || entry.equals(watch.real())) {
            return;
        }
        Content content = Content.fromFirstByte(watch.input.counters, options);
        TailedFile file =
                new TailedFile(stat.id(), stat.bornNs(), starting ? late(content) : content, watch, entry, nowMs);
        file.left(watch, nowMs);
        files.add(file, nowMs);
        LOG.info(() ->
                "tail: discovered " + Said.path(entry) + ", which was " + Said.path(watch.path) + " for a moment");
    }
}
