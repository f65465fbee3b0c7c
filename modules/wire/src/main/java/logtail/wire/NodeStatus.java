package logtail.wire;

import java.util.List;

/**
 * How a node is; counters since its process began.
 *
 * @param version of the program
 * @param startedSeconds start of the process, Unix seconds
 * @param inputs files first
 * @param levels of what is limited
 * @param rings the fine one first
 * @param folded requests without a row of their own
 * @param dropped requests that found no room
 * @param clockOffsetMs how far bucket timestamps are ahead of the wall clock (D15)
 */
public record NodeStatus(
        String version,
        long startedSeconds,
        List<Input> inputs,
        List<Level> levels,
        List<Ring> rings,
        long folded,
        long dropped,
        long clockOffsetMs) {
    public NodeStatus {
        inputs = List.copyOf(inputs);
        levels = List.copyOf(levels);
        rings = List.copyOf(rings);
    }

    /**
     * One input.
     *
     * @param name {@code udp}, or {@code file:} and the configured glob
     * @param lines that were accepted
     * @param linesPerSecond of late, rejected ones included
     * @param bytes of all lines
     * @param rejected by reason; only those that occurred
     * @param fieldErrors bad values by field; only those that occurred
     * @param badLines the newest rejected lines, oldest first
     * @param files how many are followed
     * @param unreadable how many of them cannot be read
     * @param lagBytes of them, not read yet
     * @param packets datagrams
     * @param kernelDrops datagrams that the kernel dropped
     */
    public record Input(
            String name,
            long lines,
            double linesPerSecond,
            long bytes,
            List<Named> rejected,
            List<Named> fieldErrors,
            List<BadLine> badLines,
            long files,
            long unreadable,
            long lagBytes,
            long packets,
            long kernelDrops) {
        public Input {
            rejected = List.copyOf(rejected);
            fieldErrors = List.copyOf(fieldErrors);
            badLines = List.copyOf(badLines);
        }
    }

    /** A counter and what it counts. */
    public record Named(String name, long count) {}

    /**
     * A line that was rejected.
     *
     * @param atMs when it came, Unix milliseconds
     * @param reason why
     * @param column byte at which it stops making sense, from 0
     * @param text its beginning
     * @param lengthBytes of the whole line
     */
    public record BadLine(long atMs, String reason, int column, byte[] text, int lengthBytes) {}

    /** How much of something that is limited is in use. */
    public record Level(String name, long used, long most) {}

    /**
     * The buckets of one length.
     *
     * @param buckets there are
     * @param bucketsMost there can be
     * @param rows in all of them
     * @param requests in all of them
     * @param bytes of heap, without texts
     */
    public record Ring(
            boolean coarse, int bucketSeconds, int buckets, int bucketsMost, long rows, long requests, long bytes) {}

    /** The same in a few numbers. */
    public Loss loss() {
        long lines = 0;
        long rejected = 0;
        long lastMs = 0;
        long lost = 0;
        long lag = 0;
        for (Input input : inputs) {
            lines += input.lines;
            rejected += input.rejected.stream().mapToLong(Named::count).sum();
            for (BadLine bad : input.badLines) {
                lastMs = Math.max(lastMs, bad.atMs);
            }
            lost += input.kernelDrops;
            lag += input.lagBytes;
        }
        return new Loss(lines, rejected, lastMs, dropped, lost, lag);
    }
}
