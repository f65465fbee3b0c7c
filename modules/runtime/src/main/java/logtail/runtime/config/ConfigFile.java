package logtail.runtime.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What {@code -conf} gave: a file or inline JSON.
 *
 * @param where name of the file as given, or {@code -conf}; begins every error line
 * @param json its one object
 */
public record ConfigFile(String where, JsonObject json) {
    private static final String INLINE = "-conf";
    private static final long BYTES_MAX = 1 << 20;

    /**
     * Reads the file, or the JSON itself when it begins with a brace. Blocks.
     *
     * @throws ConfigException when it is missing, unreadable or no JSON object
     */
    public static ConfigFile read(String conf) {
        if (conf.stripLeading().startsWith("{")) {
            return new ConfigFile(INLINE, StrictJson.read(INLINE, conf.getBytes(StandardCharsets.UTF_8)));
        }
        return new ConfigFile(Quote.visible(conf), StrictJson.read(Quote.visible(conf), bytes(conf)));
    }

    /** Whether its keys are sections, as in the file of standalone. */
    public boolean isSectioned() {
        return !json.isEmpty()
                && json.fieldNames().stream().allMatch(name -> Section.of(name).isPresent());
    }

    private static byte[] bytes(String path) {
        if (path.isBlank()) {
            throw ConfigException.at(INLINE, "a file or a JSON object is needed");
        }
        return bytes(Quote.visible(path), path);
    }

    /** Reads a small file that the operator named; {@code where} begins the error line. */
    static byte[] bytes(String where, String path) {
        try {
            Path file = Path.of(path);
            if (Files.isDirectory(file)) {
                throw ConfigException.at(where, "is a directory");
            }
            if (Files.size(file) > BYTES_MAX) {
                throw ConfigException.at(where, "is longer than " + Units.sizeText(BYTES_MAX));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw ConfigException.at(where, "no such file");
        } catch (AccessDeniedException e) {
            throw ConfigException.at(where, "permission denied");
        } catch (IOException | InvalidPathException e) {
            String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            throw ConfigException.at(where, "cannot be read: " + Quote.visible(reason));
        }
    }
}
