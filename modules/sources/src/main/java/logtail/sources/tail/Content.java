package logtail.sources.tail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import logtail.core.line.Batch;
import logtail.core.tail.Waiting;
import logtail.sources.FileInput;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one file and how far it has been read; notices when the file starts over.
 *
 * <p>Not threadsafe: belongs to its tailer.
 */
/*
 * A file starts over (reading begins again at its first byte) when
 *   (1) it has become shorter than what was read of it, or
 *   (2) it has something new to read and its first bytes are not what they were: it was truncated and has grown past
 *       the old position since the last look, or another file came to live on its inode while it was not open.
 * A writer without O_APPEND goes on behind the hole that the truncation left: zeros in front of the first line are
 * skipped.
 *
 * What is left of a file that was cut in the middle is read again; it cannot be told from new content.
 */
final class Content {
    /** What a look at the file showed. */
    enum Change {
        NONE,
        GREW,
        STARTED_OVER
    }

    private enum Start {
        END,
        FIRST_BYTE,
        SAVED,
        BEGUN
    }

    private final FileInput counters;
    private final int lineBytes;
    private final Waiting waiting;

    private Start start;
    private LineReader reader;
    private Run run;
    private Head head = new Head();
    private Head earlierHead = new Head();
    private long sizeBytes;
    private long lagBytes;
    /** Only what was written behind this byte may be taken for a line without its LF. */
    private long foundBytes;
    /** Until there is a byte to compare: the file that this one may be a copy of. */
    private @Nullable Content original;

    private int originalBytesMin;
    private boolean backlogIsLate;
    private boolean copy;

    private Content(FileInput counters, TailOptions options, Start start, long from) {
        this.counters = counters;
        this.lineBytes = options.lineBytes();
        this.waiting = new Waiting(options.bucketMs());
        this.start = start;
        this.foundBytes = from;
        this.sizeBytes = from;
        this.reader = new LineReader(lineBytes, from, from, false);
        this.run = new Run(from);
    }

    /** Reads on from where the file ended when it was found. */
    static Content fromEnd(FileInput counters, TailOptions options, long sizeBytes) {
        return new Content(counters, options, Start.END, sizeBytes);
    }

    /** Reads everything. */
    static Content fromFirstByte(FileInput counters, TailOptions options) {
        return new Content(counters, options, Start.FIRST_BYTE, 0);
    }

    /** Reads on from where an earlier run of the collector stopped. */
    static Content saved(FileInput counters, TailOptions options, SavedPosition position) {
        Content content = new Content(counters, options, Start.SAVED, position.offset());
        content.head = Head.resumed(position.headBytes(), position.headSum());
        return content;
    }

    /** What stands in it now has waited longer than a bucket (D14): the collector was not running. */
    void backlogIsLate() {
        backlogIsLate = true;
    }

    /**
     * Reads nothing if this turns out to be a copy of another file, made to truncate that.
     *
     * @param bytesMin how many first bytes must be equal at least
     */
    void maybeCopyOf(Content other, int bytesMin) {
        original = other;
        originalBytesMin = bytesMin;
    }

    boolean isCopy() {
        return copy;
    }

    /** Whether it has been opened at all. */
    boolean isBegun() {
        return start == Start.BEGUN;
    }

    /**
     * To be called with every newly opened channel: finds where to begin or to go on.
     *
     * @return false for a compressed file, which is not to be read
     */
    boolean opened(FileChannel channel, byte[] scratch) throws IOException {
        Start first = start;
        int length = Head.read(channel, scratch);
        if (first != Start.BEGUN && first != Start.SAVED && Compression.isCompressed(scratch, length)) {
            return false;
        }
        start = Start.BEGUN;
        if (first == Start.END) {
            reader = LineReader.before(channel, lineBytes, Math.min(foundBytes, channel.size()));
            run = new Run(reader.offset());
        }
        if (!head.check(channel, scratch, reader.offset())) {
            startOver();
        } else if (first == Start.SAVED) {
            reader = LineReader.resumed(channel, lineBytes, reader.offset());
        }
        waiting.late(first != Start.BEGUN && backlogIsLate ? channel.size() : 0);
        return true;
    }

    /** Looks at the open file. */
    Change look(FileChannel channel, byte[] scratch, long nowMs) throws IOException {
        long before = sizeBytes;
        sizeBytes = channel.size();
        decideCopy(channel, scratch);
        if (copy && reader.offset() != sizeBytes) {
            reader = new LineReader(lineBytes, sizeBytes, sizeBytes, false);
            run = new Run(sizeBytes);
        }
        if (copy) {
            return Change.NONE;
        }
        boolean over = sizeBytes < reader.offset() || hasUnread() && !head.check(channel, scratch, reader.offset());
        if (over) {
            startOver();
        }
        reader.shrunk(sizeBytes);
        if (hasUnread()) {
            waiting.behind(nowMs, sizeBytes);
        } else {
            waiting.caughtUp(nowMs);
        }
        updateLag();
        return over ? Change.STARTED_OVER : sizeBytes > before ? Change.GREW : Change.NONE;
    }

    private void decideCopy(FileChannel channel, byte[] scratch) throws IOException {
        Content other = original;
        if (other == null || sizeBytes == 0) {
            return;
        }
        original = null;
        int length = Head.read(channel, scratch);
        copy = length >= originalBytesMin
                && (other.head.startsLike(scratch, length) || other.earlierHead.startsLike(scratch, length));
    }

    private void startOver() {
        earlierHead = head;
        head = new Head();
        reader = new LineReader(lineBytes, 0, 0, false);
        run = new Run(0);
        foundBytes = 0;
        waiting.restart();
    }

    /** A look by its path showed that it has not changed. */
    void unchanged(long nowMs) {
        if (!hasUnread()) {
            waiting.caughtUp(nowMs);
        }
    }

    /** Whether there may be a further LF in the file. */
    boolean hasUnread() {
        return sizeBytes > reader.readTo();
    }

    /** Appends lines to a batch. */
    LineReader.End read(FileChannel channel, byte[] scratch, Batch batch) throws IOException {
        LineReader.End end = reader.read(channel, sizeBytes, batch);
        if (!head.isWhole()) {
            // At once: the next look may find another beginning.
            head.check(channel, scratch, reader.offset());
        }
        updateLag();
        return end;
    }

    /**
     * Appends what stands behind the last LF, if it was written since the file was found.
     *
     * @return false when the batch has no room for it
     */
    boolean readRest(FileChannel channel, Batch batch) throws IOException {
        boolean wanted = sizeBytes > foundBytes;
        if (wanted && !reader.restFits(sizeBytes, batch)) {
            return false;
        }
        if (wanted) {
            reader.readRest(channel, sizeBytes, batch);
        }
        return true;
    }

    /** Whether the next line has waited longer than a bucket (D14). */
    boolean isLate() {
        return waiting.isLate(reader.offset());
    }

    /** What batches of this content point to. */
    Run run() {
        return run;
    }

    /** Everything before this byte has been read. */
    long offset() {
        return reader.offset();
    }

    long sizeBytes() {
        return sizeBytes;
    }

    Head head() {
        return head;
    }

    private void updateLag() {
        lag(Math.max(0, sizeBytes - reader.readTo()));
    }

    /** Nothing more will be read. */
    void forget() {
        lag(0);
    }

    private void lag(long bytes) {
        counters.addLagBytes(bytes - lagBytes);
        lagBytes = bytes;
    }
}
