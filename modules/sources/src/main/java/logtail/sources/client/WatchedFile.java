package logtail.sources.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file whose content is read again when it has changed; while the new content cannot be used the old one stays.
 *
 * <p>One thread looks; any may read {@link #content()}.
 *
 * @param <T> what is made of it
 */
final class WatchedFile<T> {
    /** Makes something of a file. */
    @FunctionalInterface
    interface Read<T> {
        T read(Path file) throws IOException;
    }

    private final String key;
    private final Path path;
    private final Read<T> read;
    private volatile T content;
    private Stamp stamp;

    /** What tells one state of a file from another. */
    private record Stamp(@Nullable Object id, long sizeBytes, long modifiedMs) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(
                    attributes.fileKey(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis());
        }
    }

    /**
     * Reads the file for the first time.
     *
     * @param key of the configuration, begins error lines
     * @throws IOException with a line for the operator, when it cannot be used
     */
    WatchedFile(String key, Path path, Read<T> read) throws IOException {
        this.key = key;
        this.path = path;
        this.read = read;
        try {
            this.stamp = Stamp.of(path);
            this.content = read.read(path);
        } catch (IOException e) {
            throw new IOException(line(e), e);
        }
    }

    T content() {
        return content;
    }

    /**
     * Reads the file again if it has changed.
     *
     * @return one line for the log when it has, or when it cannot be used, once for each change
     */
    Optional<String> look() {
        Stamp now;
        try {
            now = Stamp.of(path);
        } catch (IOException e) {
            // Whoever replaces a file may remove it first.
            return Optional.empty();
        }
        if (now.equals(stamp)) {
            return Optional.empty();
        }
        stamp = now;
        try {
            content = read.read(path);
            return Optional.of(key + ": " + path + " has changed and is in use");
        } catch (IOException e) {
            return Optional.of(line(e) + "; going on with the one before");
        }
    }

    private String line(IOException e) {
        String reason = e instanceof NoSuchFileException
                ? "no such file"
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return key + ": " + path + ": " + reason;
    }
}
