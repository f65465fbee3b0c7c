package logtail.sources.tail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import logtail.core.tail.Glob;

/** Expands globs to the paths that exist, and remembers which directories that depended on. */
final class GlobScanner {
    private final Directories directories;
    private final Map<Path, Long> scanned = new HashMap<>();

    GlobScanner(Directories directories) {
        this.directories = directories;
    }

    /** Starts a scan of all globs. */
    void begin() {
        scanned.clear();
    }

    /** Whether a directory has changed since the scan, so that another one may find more. */
    boolean isOutdated() {
        return scanned.entrySet().stream().anyMatch(e -> directories.settledNs(e.getKey()) != e.getValue());
    }

    /** Hands over every path that a glob names; one without wildcards whether it exists or not. */
    void expand(Glob glob, Consumer<Path> found) {
        expand(glob.isAbsolute() ? Path.of("/") : Path.of("").toAbsolutePath(), glob.parts(), found);
    }

    private void expand(Path directory, List<Glob.Part> parts, Consumer<Path> found) {
        Glob.Part part = parts.get(0);
        List<Glob.Part> rest = parts.subList(1, parts.size());
        if (part.isLiteral()) {
            next(directory.resolve(part.literal()), rest, found);
            return;
        }
        scanned.put(directory, directories.settledNs(directory));
        for (Path entry : directories.list(directory)) {
            Path name = entry.getFileName();
            if (name != null && part.matches(name.toString())) {
                next(entry, rest, found);
            }
        }
    }

    private void next(Path path, List<Glob.Part> rest, Consumer<Path> found) {
        if (rest.isEmpty()) {
            found.accept(path);
        } else if (rest.get(0).isLiteral() || Files.isDirectory(path)) {
            expand(path, rest, found);
        }
    }
}
