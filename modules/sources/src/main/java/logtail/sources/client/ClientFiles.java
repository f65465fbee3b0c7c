package logtail.sources.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logtail.core.line.ClientFacts;
import org.jspecify.annotations.Nullable;

/** The files that say something of clients ({@code asnDb}, {@code torList}); none of them is needed. */
public final class ClientFiles {
    private final @Nullable WatchedFile<AsnDatabase> asns;
    private final @Nullable WatchedFile<TorExits> exits;

    /**
     * Reads the files. Blocks.
     *
     * @throws IOException with one line for the operator, when one cannot be used
     */
    public ClientFiles(Optional<Path> asnDb, Optional<Path> torList) throws IOException {
        asns = asnDb.isPresent() ? new WatchedFile<>("asnDb", asnDb.get(), AsnDatabase::read) : null;
        exits = torList.isPresent() ? new WatchedFile<>("torList", torList.get(), TorExits::read) : null;
    }

    /** Whether there is any file. */
    public boolean isEmpty() {
        return asns == null && exits == null;
    }

    /**
     * Reads again what has changed. Blocks; to be called by one thread at a time.
     *
     * @return lines for the log
     */
    public List<String> look() {
        List<String> lines = new ArrayList<>();
        if (asns != null) {
            asns.look().ifPresent(lines::add);
        }
        if (exits != null) {
            exits.look().ifPresent(lines::add);
        }
        return lines;
    }

    /** What the files say, for one decoder. */
    public ClientFacts facts() {
        return isEmpty() ? ClientFacts.NONE : new CachedFacts(asns, exits);
    }
}
