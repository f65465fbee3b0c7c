package logtail.verify.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The jar under test and the checkout it was built from. */
public final class Jar {
    private Jar() {}

    /** The top folder of the checkout: system property {@code logtail.root}, else found upwards from here. */
    public static Path root() {
        String property = System.getProperty("logtail.root");
        if (property != null && !property.isEmpty()) {
            return Path.of(property);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("proto"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("not inside a checkout; set the system property logtail.root");
            }
            folder = parent;
        }
        return folder;
    }

    /** {@code logtail.jar}; {@link NeedsJar} has made sure that it is there. */
    public static Path path() {
        return root().resolve("modules/cli/target/logtail.jar");
    }

    /** {@code logtail.jar}, on behalf of a test that cannot run without it. */
    static Path path(String test) {
        if (!Files.isRegularFile(path())) {
            Requirement.missing(test, path() + " is not built (mvn verify builds it, mvn test does not)");
        }
        return path();
    }
}
