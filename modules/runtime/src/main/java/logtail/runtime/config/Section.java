package logtail.runtime.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The configuration of one service; a section of the file where a program runs several. */
public enum Section {
    COLLECTOR,
    FRONTEND;

    /** Name of the service and of its section in a file. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the environment variables of its keys begin with, such as {@code COLLECTOR_}. */
    public String variablePrefix() {
        return name() + "_";
    }

    /** The section of that name. */
    public static Optional<Section> of(String id) {
        return Arrays.stream(values()).filter(s -> s.id().equals(id)).findFirst();
    }
}
