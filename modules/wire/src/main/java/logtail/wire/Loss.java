package logtail.wire;

/**
 * What a node received, and what of it never became a row; counters since its process began.
 *
 * @param lines that were accepted
 * @param rejected lines that are none of their format (D2)
 * @param lastRejectedMs when the last one came, Unix milliseconds; 0 for never
 * @param dropped requests that found no room ({@code store.overflow: drop})
 * @param datagramsLost datagrams that the kernel dropped
 * @param lagBytes of files, not read yet
 */
public record Loss(long lines, long rejected, long lastRejectedMs, long dropped, long datagramsLost, long lagBytes) {}
