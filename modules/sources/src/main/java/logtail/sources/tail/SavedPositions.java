package logtail.sources.tail;

import java.util.List;

/**
 * What an earlier run of the collector left behind.
 *
 * @param savedAtMs when, Unix milliseconds
 * @param globs the globs it followed: a file that one of them names and that is not listed appeared later
 * @param positions where each file was left
 */
record SavedPositions(long savedAtMs, List<String> globs, List<SavedPosition> positions) {}
