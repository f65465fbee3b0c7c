package logtail.sources.tail;

import java.nio.file.Path;
import logtail.core.line.DecoderOptions;
import org.jspecify.annotations.Nullable;

/**
 * How files are followed.
 *
 * @param pollMs how often a quiet file is looked at ({@code tail.poll}); under load more often
 * @param lingerMs how long a renamed or deleted file must have been quiet before it is closed ({@code tail.linger},
 *     D26)
 * @param scanIntervalMs how often the globs are expanded again ({@code scanInterval})
 * @param bucketMs length of a fine bucket: lines that waited longer are {@code catch_up} (D14)
 * @param lineBytes longer lines are counted as {@code too_long} and skipped ({@code limits.lineBytes})
 * @param openFiles open descriptors beyond which quiet files are closed and opened again when they grow
 *     ({@code limits.openFiles})
 * @param state directory that keeps positions over a restart ({@code tail.state}); null: start at the end
 */
public record TailOptions(
        long pollMs,
        long lingerMs,
        long scanIntervalMs,
        long bucketMs,
        int lineBytes,
        int openFiles,
        @Nullable Path state) {
    public static final int OPEN_FILES = 512;

    public static TailOptions defaults() {
        return new TailOptions(20, 10_000, 10_000, 60_000, DecoderOptions.LINE_BYTES, OPEN_FILES, null);
    }
}
