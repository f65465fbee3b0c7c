package logtail.cli.scan;

import java.io.IOException;
import java.io.InputStream;
import logtail.core.line.Batch;

/** Fills a batch with whole lines of a stream, again and again, until there are no more. */
final class LineBlocks {
    private final InputStream in;
    private final int lineBytes;

    /** What was read behind the last LF, at the start of the array. */
    private byte[] rest = new byte[0];

    private int restLength;

    /** Within a line that was cut, up to its LF. */
    private boolean skipping;

    private boolean ended;

    /**
     * @param lineBytes longer lines are cut, so that they are rejected and counted once
     */
    LineBlocks(InputStream in, int lineBytes) {
        this.in = in;
        this.lineBytes = lineBytes;
    }

    /**
     * Fills the batch; it has room for one of the longest lines, at least.
     *
     * @return false when nothing is left
     */
    boolean fill(Batch batch) throws IOException {
        byte[] raw = batch.raw();
        while (true) {
            System.arraycopy(rest, 0, raw, 0, restLength);
            int length = restLength;
            restLength = 0;
            length += ended ? 0 : read(raw, length, batch.rawCapacity() - 2);
            if (length == 0) {
                return false;
            }
            int from = skipping ? skip(raw, length) : 0;
            int end = lastLf(raw, from, length);
            if (end > from) {
                keep(raw, end, length);
                return filled(batch, raw, from, end);
            }
            if (ended) {
                return length > from && filled(batch, raw, from, length);
            }
            if (length - from > lineBytes) {
                skipping = true;
                raw[from + lineBytes + 1] = '\n';
                return filled(batch, raw, from, from + lineBytes + 2);
            }
            keep(raw, from, length);
        }
    }

    /** Reads until the array is full or the stream has ended; returns how much. */
    private int read(byte[] raw, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            int n = in.read(raw, at, to - at);
            if (n < 0) {
                ended = true;
                break;
            }
            at += n;
        }
        return at - from;
    }

    /** Where the line behind the one that was cut begins. */
    private int skip(byte[] raw, int length) {
        int at = 0;
        while (at < length && raw[at] != '\n') {
            at++;
        }
        skipping = at == length;
        return skipping ? length : at + 1;
    }

    private static int lastLf(byte[] raw, int from, int length) {
        int end = length;
        while (end > from && raw[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private void keep(byte[] raw, int from, int length) {
        restLength = length - from;
        if (rest.length < restLength) {
            rest = new byte[Math.max(restLength, lineBytes)];
        }
        System.arraycopy(raw, from, rest, 0, restLength);
    }

    private static boolean filled(Batch batch, byte[] raw, int from, int end) {
        if (from > 0) {
            System.arraycopy(raw, from, raw, 0, end - from);
        }
        batch.rawLength(end - from);
        return true;
    }
}
