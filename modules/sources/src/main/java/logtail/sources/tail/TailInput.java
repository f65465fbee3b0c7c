package logtail.sources.tail;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import logtail.core.line.LineDecoder;

/**
 * Log files to follow.
 *
 * @param glob a path or a pattern, as configured
 * @param decoder of a file's lines, by the path under which it was found; asked once per file. Files whose lines are
 *     read alike should have the same one, because only their lines share batches
 */
public record TailInput(String glob, Function<Path, LineDecoder> decoder) {
    /**
     * Files whose lines are all read alike.
     *
     * @param decoder asked once
     */
    public TailInput(String glob, Supplier<LineDecoder> decoder) {
        this(glob, always(decoder.get()));
    }

    private static Function<Path, LineDecoder> always(LineDecoder decoder) {
        return path -> decoder;
    }
}
