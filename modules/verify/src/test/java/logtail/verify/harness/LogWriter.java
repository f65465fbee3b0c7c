package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a log as nginx does: with O_APPEND, on a descriptor that follows the file through a rename. */
public final class LogWriter implements AutoCloseable {
    private final Path path;
    private final Numbered numbered;
    private FileChannel channel;

    /** Opens or creates the file. */
    public LogWriter(Path path, Numbered numbered) {
        this.path = path;
        this.numbered = numbered;
        this.channel = open(path);
    }

    private static FileChannel open(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends numbered lines in one write. */
    public LogWriter lines(int count) {
        return raw(numbered.next(count));
    }

    /** Appends bytes that the count of lines does not know about. */
    public LogWriter raw(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends bytes that the count of lines does not know about. */
    public LogWriter raw(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Renames the file; what is written before {@link #reopen} goes to the renamed one. */
    public LogWriter rename(String newName) {
        try {
            Files.move(path, path.resolveSibling(newName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Removes the file's name; its descriptor stays. */
    public LogWriter delete() {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Cuts the file, as {@code truncate -s} does. */
    public LogWriter truncate(long sizeBytes) {
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            other.truncate(sizeBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Closes the descriptor and opens the path anew, as nginx does on USR1. */
    public LogWriter reopen() {
        close();
        channel = open(path);
        return this;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
