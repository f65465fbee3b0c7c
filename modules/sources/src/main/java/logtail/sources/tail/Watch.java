package logtail.sources.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A path that a glob names, and the file it led to when last looked at. */
final class Watch {
    /** So long after a path began to lead elsewhere its directory is searched for what it led to in between. */
    private static final long SEARCH_MS = 2_000;

    /** Long ago, without an overflow when it is subtracted. */
    static final long NEVER = Long.MIN_VALUE / 2;

    private static final Logger LOG = Logger.getLogger(Watch.class.getPackageName());

    final Path path;
    final GlobInput input;

    @Nullable
    TailedFile file;

    /** Named without a wildcard: stays, whether there is a file or not. */
    boolean literal;

    /** Whether it has led to a file before. */
    boolean led;

    long vacantSinceMs;
    long dueMs = NEVER;
    long checkedMs = NEVER;

    /** Where it led, links resolved: there rotation gives its file other names. */
    private Path real;

    /** What it leads to but is not followed: no regular file, or a compressed one. */
    private @Nullable FileStat skipped;

    private boolean troubleSaid;
    private long leadsSinceNs;
    private long searchUntilMs = NEVER;
    private long searchBornAfterNs;
    private long searchedNs;

    Watch(Path path, GlobInput input) {
        this.path = path;
        this.input = input;
        this.real = path;
    }

    /** What an earlier run of the collector knew of it. */
    void resume(SavedPosition saved) {
        real = saved.real();
        leadsSinceNs = saved.leadsSinceNs();
        led = true;
    }

    /** It leads to its file. */
    void leads(TailedFile to) {
        file = to;
        skipped = null;
        led = true;
        to.gainedPath(this);
    }

    /** Resolves links, now that it leads somewhere new. */
    void resolve(Directories directories) {
        try {
            real = path.toRealPath();
        } catch (IOException gone) {
            // The next look will tell.
            return;
        }
        leadsSinceNs = directories.settledNs(directory());
    }

    /** It leads to something that is not followed, which is said once. */
    void skip(FileStat what, String why) {
        file = null;
        skipped = what;
        LOG.info(() -> "tail: " + Said.path(path) + " " + why + ": not followed");
    }

    /** Whether it was said already that this is not followed. */
    boolean isSkipped(FileStat stat) {
        FileStat said = skipped;
        return said != null
                && stat.id().equals(said.id())
                && stat.kind() == said.kind()
                && stat.bornNs() == said.bornNs();
    }

    /** It cannot be looked at, which is said once. */
    void sayTrouble(IOException e) {
        if (!troubleSaid) {
            troubleSaid = true;
            LOG.warning(() -> "tail: cannot look at " + Said.path(path) + ": " + Said.reason(e));
        }
    }

    /**
     * It still leads to its file.
     *
     * @param settledNs time of its directory, see {@link Directories#settledNs}
     */
    void stillLeads(long settledNs, long nowMs) {
        if (!isSearching(nowMs)) {
            leadsSinceNs = settledNs;
        }
    }

    /**
     * Starts, or prolongs, the search for files that it led to since it was last seen to lead to its file. Several
     * rotations in a row are one search.
     */
    void search(long nowMs) {
        if (!isSearching(nowMs)) {
            searchBornAfterNs = leadsSinceNs;
        }
        searchUntilMs = nowMs + SEARCH_MS;
        searchedNs = NEVER;
    }

    boolean isSearching(long nowMs) {
        return nowMs < searchUntilMs;
    }

    /** Whether its directory has changed since it was last searched. */
    boolean isSearchDue(long settledNs) {
        boolean due = settledNs != searchedNs;
        searchedNs = settledNs;
        return due;
    }

    /** Only files created after this can be what it led to since it was last seen to lead to its file. */
    long bornAfterNs(long nowMs) {
        return isSearching(nowMs) ? searchBornAfterNs : leadsSinceNs;
    }

    Path real() {
        return real;
    }

    Path directory() {
        Path parent = real.getParent();
        return parent == null ? real : parent;
    }

    /** The name that rotation changes. */
    String name() {
        return String.valueOf(real.getFileName());
    }
}
