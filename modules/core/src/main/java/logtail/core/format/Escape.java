package logtail.core.format;

import java.util.Arrays;
import java.util.Optional;

/** What nginx does to values before it writes them: the {@code escape} parameter of {@code log_format}. */
public enum Escape {
    /** {@code "}, {@code \}, control bytes and those from 127 on become {@code \xHH}; no value is {@code -}. */
    DEFAULT,
    /** As inside a JSON string; no value is empty. */
    JSON,
    /** Nothing; no value is empty. */
    NONE;

    /** The mode of that name. */
    static Optional<Escape> named(String name) {
        return Arrays.stream(values())
                .filter(escape -> escape.toString().equals(name))
                .findFirst();
    }

    /** As nginx writes it. */
    @Override
    public String toString() {
        return switch (this) {
            case DEFAULT -> "default";
            case JSON -> "json";
            case NONE -> "none";
        };
    }
}
