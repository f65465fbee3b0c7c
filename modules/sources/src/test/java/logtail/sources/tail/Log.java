package logtail.sources.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import logtail.sources.NumberedLines;

/** A writer of a log file that keeps its descriptor, as nginx does. */
final class Log implements AutoCloseable {
    private final FileChannel channel;

    private Log(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens to append, creating the file. */
    static Log open(Path path) throws IOException {
        return new Log(FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)));
    }

    /** Opens without O_APPEND: goes on where it was, whatever happens to the file. */
    static Log openStale(Path path) throws IOException {
        return new Log(FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE)));
    }

    /** Writes a new file, or appends to one. */
    static void write(Path path, String text) throws IOException {
        try (Log log = open(path)) {
            log.text(text);
        }
    }

    void text(String text) throws IOException {
        bytes(text.getBytes(ISO_8859_1));
    }

    void bytes(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void lines(int from, int to) throws IOException {
        text(NumberedLines.lines(from, to));
    }

    void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
