package logtail.sources.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a path led to at one moment, links followed.
 *
 * @param modifiedNs when its content last changed, by the clock of its file system
 * @param bornNs when it was created; where the file system does not say, when its content last changed
 */
record FileStat(FileId id, Kind kind, long sizeBytes, long modifiedNs, long bornNs) {
    private static final String ATTRIBUTES =
            "unix:dev,ino,size,lastModifiedTime,creationTime,isRegularFile,isDirectory";

    enum Kind {
        FILE("a file"),
        DIRECTORY("a directory"),
        OTHER("a pipe, socket or device");

        final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /**
     * Looks at a path.
     *
     * @throws IOException when there is nothing, or a directory on the way may not be searched
     */
    static FileStat of(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES);
        FileId id = new FileId(number(attributes, "dev"), number(attributes, "ino"));
        Kind kind = is(attributes, "isRegularFile")
                ? Kind.FILE
                : is(attributes, "isDirectory") ? Kind.DIRECTORY : Kind.OTHER;
        return new FileStat(
                id,
                kind,
                number(attributes, "size"),
                time(attributes, "lastModifiedTime"),
                time(attributes, "creationTime"));
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
    }

    private static boolean is(Map<String, Object> attributes, String name) {
        return Boolean.TRUE.equals(attributes.get(name));
    }

    private static long time(Map<String, Object> attributes, String name) {
        return ((FileTime) Objects.requireNonNull(attributes.get(name))).to(TimeUnit.NANOSECONDS);
    }
}
