package logtail.sources.tail;

import java.nio.file.Path;

/**
 * Where one file was left by an earlier run of the collector.
 *
 * @param glob the input it belonged to, as configured
 * @param path the watched path that led to it, now or at last
 * @param real where that path led, links resolved
 * @param followed whether the path still led to it
 * @param offset everything before this byte was counted
 * @param headBytes number of first bytes that {@code headSum} covers
 * @param headSum their checksum
 * @param leadsSinceNs time of the directory when the path was last seen to lead to its file
 */
record SavedPosition(
        String glob,
        Path path,
        Path real,
        boolean followed,
        FileId id,
        long offset,
        int headBytes,
        int headSum,
        long leadsSinceNs) {}
