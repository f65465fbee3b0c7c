package logtail.sources.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import logtail.core.line.Batch;

/**
 * Reads whole lines of one file into batches. What stands behind the last LF is left in the file and read again when
 * it has grown, so nothing is ever kept of a line that is not complete.
 */
final class LineReader {
    /** Why reading stopped. */
    enum End {
        /** There is no further LF in the file yet. */
        DRAINED,
        /** The batch has no room for the next line. */
        FULL,
        /** Bytes that belong to no line were skipped; there is more. */
        SKIPPED
    }

    private final int lineBytes;
    private long offset;
    private long readTo;
    /** Within a line that was cut, up to its LF. */
    private boolean skipping;
    /** At the start of the file, where a hole may stand in front of the first line. */
    private boolean leading;

    /**
     * @param offset where to begin: in front of a line, or within one whose rest is skipped
     * @param readTo up to where there is no further LF, as far as is known
     */
    LineReader(int lineBytes, long offset, long readTo, boolean midLine) {
        this.lineBytes = lineBytes;
        this.offset = offset;
        this.readTo = readTo;
        this.skipping = midLine;
        this.leading = offset == 0;
    }

    /** Begins in front of the line in which a byte stands, which is the next one to come. */
    static LineReader before(FileChannel channel, int lineBytes, long at) throws IOException {
        int length = (int) Math.min(at, lineBytes + 1L);
        byte[] bytes = new byte[length];
        LineReader window = new LineReader(lineBytes, at - length, at - length, false);
        int line = behindLastLf(bytes, 0, window.fill(channel, bytes, 0, length));
        boolean found = line > 0 || length == at;
        return found
                ? new LineReader(lineBytes, at - length + line, at, false)
                : new LineReader(lineBytes, at, at, true);
    }

    /** Begins where reading stopped earlier: within a line that was cut then, or in front of one. */
    static LineReader resumed(FileChannel channel, int lineBytes, long at) throws IOException {
        byte[] before = {'\n'};
        new LineReader(lineBytes, Math.max(0, at - 1), at, false).fill(channel, before, 0, (int) Math.min(1, at));
        return new LineReader(lineBytes, at, at, before[0] != '\n');
    }

    /** Everything before this byte has been read. */
    long offset() {
        return offset;
    }

    /** Up to this byte there is no further LF. */
    long readTo() {
        return readTo;
    }

    /** The file has lost bytes behind the last LF. */
    void shrunk(long sizeBytes) {
        readTo = Math.min(readTo, sizeBytes);
    }

    /** Appends lines to a batch. */
    End read(FileChannel channel, long sizeBytes, Batch batch) throws IOException {
        int from = batch.rawLength();
        // One byte is kept for the LF of a line that is cut.
        int room = (int) Math.max(0, Math.min(batch.rawCapacity() - 1 - from, sizeBytes - offset));
        byte[] raw = batch.raw();
        int to = from + fill(channel, raw, from, room);
        // A read that comes back short met the end, wherever that was a moment ago.
        boolean more = to - from == room && offset + room < sizeBytes;
        readTo = offset + (to - from);
        if (to == from) {
            return more ? End.FULL : End.DRAINED;
        }
        if (skipping || leading && raw[from] == 0) {
            return skip(raw, from, to);
        }
        leading = false;
        int end = behindLastLf(raw, from, to);
        if (end > from) {
            batch.rawLength(end);
            offset += end - from;
            return more ? End.FULL : End.DRAINED;
        }
        if (to - from > lineBytes) {
            cut(batch, raw, from);
            return End.SKIPPED;
        }
        return more ? End.FULL : End.DRAINED;
    }

    /** Appends what stands behind the last LF of a file that will not grow any more. */
    void readRest(FileChannel channel, long sizeBytes, Batch batch) throws IOException {
        int from = batch.rawLength();
        int n = skipping ? 0 : fill(channel, batch.raw(), from, (int) (sizeBytes - offset));
        if (n > 0) {
            batch.raw()[from + n] = '\n';
            batch.rawLength(from + n + 1);
        }
        offset = sizeBytes;
        readTo = sizeBytes;
    }

    /** Whether the batch has room for what stands behind the last LF. */
    boolean restFits(long sizeBytes, Batch batch) {
        return skipping || sizeBytes - offset < batch.rawCapacity() - batch.rawLength();
    }

    private int fill(FileChannel channel, byte[] raw, int from, int room) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(raw, from, room);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position() - from) <= 0) {
                break;
            }
        }
        return buffer.position() - from;
    }

    private End skip(byte[] raw, int from, int to) {
        int at = from;
        if (skipping) {
            while (at < to && raw[at] != '\n') {
                at++;
            }
            skipping = at == to;
            at += skipping ? 0 : 1;
        } else {
            while (at < to && raw[at] == 0) {
                at++;
            }
        }
        offset += at - from;
        readTo = offset;
        return End.SKIPPED;
    }

    /** Takes so much of an endless line that the decoder rejects it as too long, once. */
    private void cut(Batch batch, byte[] raw, int from) {
        raw[from + lineBytes + 1] = '\n';
        batch.rawLength(from + lineBytes + 2);
        offset += lineBytes + 1;
        readTo = offset;
        skipping = true;
    }

    private static int behindLastLf(byte[] raw, int from, int to) {
        int end = to;
        while (end > from && raw[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
