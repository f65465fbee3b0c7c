package logtail.cli.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The demo's access log, in a temporary directory of its own: rotated by renaming, as logrotate does, so that it never
 * fills the disk. Blocking; not threadsafe.
 */
final class DemoLog implements Closeable {
    /** A file that has reached this size is renamed at the next write. */
    static final long ROTATE_BYTES = 8 << 20;

    /** A renamed file is deleted after this time; whoever tails it has long drained it. */
    static final long KEEP_MS = 60_000;

    private record Renamed(Path file, long atMs) {}

    private final Path directory;
    private final Path file;
    private final ArrayDeque<Renamed> renamed = new ArrayDeque<>();
    private @Nullable FileChannel channel;
    private int rotations;

    private DemoLog(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("access.log");
    }

    /** A log in a new temporary directory; empty, but there. */
    static DemoLog create() throws IOException {
        DemoLog log = new DemoLog(Files.createTempDirectory("logtail-demo-"));
        log.channel = log.open();
        return log;
    }

    /** The file that grows; renamed ones stand beside it under longer names. */
    Path file() {
        return file;
    }

    /**
     * Appends whole lines.
     *
     * @param nowMs any steady clock, milliseconds
     */
    void append(ByteBuffer lines, long nowMs) throws IOException {
        FileChannel out = channel;
        if (out == null) {
            throw new IOException("closed: " + file);
        }
        if (out.position() >= ROTATE_BYTES) {
            out = rotate(out, nowMs);
        }
        while (lines.hasRemaining()) {
            out.write(lines);
        }
        for (Renamed old = renamed.peek(); old != null && nowMs - old.atMs >= KEEP_MS; old = renamed.peek()) {
            Files.deleteIfExists(old.file);
            renamed.remove();
        }
    }

    private FileChannel rotate(FileChannel full, long nowMs) throws IOException {
        Path old = directory.resolve("access.log." + ++rotations);
        Files.move(file, old);
        renamed.add(new Renamed(old, nowMs));
        full.close();
        FileChannel next = open();
        channel = next;
        return next;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Deletes the files and their directory. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
        for (Renamed old : renamed) {
            Files.deleteIfExists(old.file);
        }
        renamed.clear();
        Files.deleteIfExists(file);
        Files.deleteIfExists(directory);
    }
}
