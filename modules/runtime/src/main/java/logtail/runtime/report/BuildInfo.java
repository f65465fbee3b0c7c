package logtail.runtime.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * What is running; the build fills in a resource. Outside of a checkout the commit is {@code unknown}.
 *
 * @param version of the release
 * @param commit it was built from, abbreviated
 * @param built date and time of the build
 */
public record BuildInfo(String version, String commit, String built) {
    private static final String RESOURCE = "build.properties";
    private static final BuildInfo CURRENT = of(read());

    /** Of this process. */
    public static BuildInfo current() {
        return CURRENT;
    }

    /** All of it on one line. */
    public String text() {
        return "logtail " + version + " (commit " + commit + ", built " + built + ")";
    }

    static BuildInfo of(Properties properties) {
        return new BuildInfo(value(properties, "version"), value(properties, "commit"), value(properties, "built"));
    }

    /** The build leaves the placeholder of what it does not know. */
    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key, "");
        return value.isBlank() || value.startsWith("$") ? "unknown" : value;
    }

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream resource = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (resource != null) {
                properties.load(resource);
            }
        } catch (IOException unreadable) {
            properties.clear();
        }
        return properties;
    }
}
