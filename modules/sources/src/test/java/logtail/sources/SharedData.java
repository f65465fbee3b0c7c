package logtail.sources;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Vectors and real logs that lie outside of the project: system property {@code logtail.shared} names their folder.
 * Where they are absent, their tests skip with one line, or fail when {@code logtail.require} is true.
 */
public final class SharedData {
    private SharedData() {}

    /** A file of them; ends the test when it is not there. */
    public static Path file(String name) {
        Path file = Path.of(System.getProperty("logtail.shared", "")).resolve(name);
        if (!Files.isRegularFile(file)) {
            String absent = "skipped: no shared data " + name;
            if (Boolean.getBoolean("logtail.require")) {
                fail(absent);
            }
            System.out.println(absent);
            abort(absent);
        }
        return file;
    }
}
