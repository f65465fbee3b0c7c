package logtail.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What this jar was built from; the build fills in a resource. */
public final class Version {
    private static final String RESOURCE = "version.properties";

    private Version() {}

    /** Version, commit and build date on one line. */
    public static String text() {
        Properties built = read();
        return "logtail " + value(built, "version") + " (commit " + value(built, "commit") + ", built "
                + value(built, "built") + ")";
    }

    /** Outside of a checkout the build leaves the placeholder of what it does not know. */
    private static String value(Properties built, String key) {
        String value = built.getProperty(key, "");
        return value.isBlank() || value.startsWith("$") ? "unknown" : value;
    }

    private static Properties read() {
        Properties built = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
            if (resource != null) {
                built.load(resource);
            }
        } catch (IOException unreadable) {
            built.clear();
        }
        return built;
    }
}
