package logtail.runtime.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Files that a pattern names at this moment, for one reading. Blocks. */
public final class PathPattern {
    private static final String WILDCARDS = "*?[{";

    private PathPattern() {}

    /**
     * The files of a pattern, in the order of their names; a path without wildcards is that file, there or not.
     *
     * @param directory where relative patterns begin
     */
    public static List<Path> expand(Path directory, String pattern) {
        List<Path> found = List.of(pattern.startsWith("/") ? Path.of("/") : directory);
        for (String part : pattern.split("/+")) {
            if (!part.isEmpty()) {
                found = next(found, part);
            }
        }
        return found;
    }

    private static List<Path> next(List<Path> directories, String part) {
        List<Path> found = new ArrayList<>();
        for (Path directory : directories) {
            if (part.chars().noneMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
                found.add(directory.resolve(part));
            } else if (Files.isDirectory(directory)) {
                found.addAll(matching(directory, part));
            }
        }
        return found;
    }

    private static List<Path> matching(Path directory, String part) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, part)) {
            for (Path entry : entries) {
                if (part.startsWith(".") || !String.valueOf(entry.getFileName()).startsWith(".")) {
                    found.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException | PatternSyntaxException | InvalidPathException e) {
            // What cannot be listed names nothing, as in a shell.
            return List.of();
        }
        found.sort(null);
        return found;
    }
}
