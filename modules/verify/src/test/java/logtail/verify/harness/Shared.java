package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The vectors and real logs that lie beside the checkout: system property {@code logtail.shared}. */
public final class Shared {
    private Shared() {}

    /** Their folder; skips the calling test when it is absent. */
    public static Path dir() {
        String property = System.getProperty("logtail.shared", "");
        Path dir = Path.of(property.isEmpty() ? Jar.root().resolve("../shared").toString() : property);
        Requirement.met(Files.isDirectory(dir), "the shared test data is not at " + dir);
        return dir;
    }

    /** One of its files. */
    public static Path file(String relative) {
        Path file = dir().resolve(relative);
        Requirement.met(Files.isReadable(file), "the shared test data has no " + relative);
        return file;
    }

    /** The lines of one of its UTF-8 files. */
    public static List<String> lines(String relative) {
        try {
            return Files.readAllLines(file(relative), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number in one of its files. */
    public static long number(String relative) {
        return Long.parseLong(lines(relative).get(0).trim());
    }
}
