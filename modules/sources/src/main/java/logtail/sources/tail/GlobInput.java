package logtail.sources.tail;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Logger;
import logtail.core.line.LineDecoder;
import logtail.core.tail.Glob;
import logtail.sources.FileInput;

/** One configured glob at work. */
final class GlobInput {
    private static final Logger LOG = Logger.getLogger(GlobInput.class.getPackageName());

    final List<Glob> globs;
    final Function<Path, LineDecoder> decoder;
    final FileInput counters;

    private boolean compressedSaid;

    GlobInput(List<Glob> globs, Function<Path, LineDecoder> decoder, FileInput counters) {
        this.globs = globs;
        this.decoder = decoder;
        this.counters = counters;
    }

    String glob() {
        return counters.glob();
    }

    /** Says once that compressed files match, too. */
    void sayCompressed(Path path) {
        if (!compressedSaid) {
            compressedSaid = true;
            LOG.info(() -> "tail: " + glob() + " also names compressed files, " + Said.path(path)
                    + " for one: they are not read");
        }
    }
}
