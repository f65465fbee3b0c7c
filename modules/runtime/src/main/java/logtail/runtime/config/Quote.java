package logtail.runtime.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Values inside error lines: on one line, control characters made visible, not longer than needed. */
final class Quote {
    private static final int SHOWN_CHARS = 80;

    private Quote() {}

    /** The text between double quotes. */
    static String text(String value) {
        boolean tooLong = value.length() > SHOWN_CHARS;
        return '"' + visible(tooLong ? value.substring(0, SHOWN_CHARS) + "..." : value) + '"';
    }

    /** A JSON value as a noun, for values of the wrong JSON type. */
    static String json(@Nullable Object value) {
        if (value instanceof String text) {
            return "the text " + text(text);
        }
        if (value instanceof JsonObject) {
            return "an object";
        }
        return value instanceof JsonArray ? "a list" : visible(String.valueOf(value));
    }

    /** The text without anything that could break the line it is printed on. */
    static String visible(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (breaksLine(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    static boolean isPrintable(String value) {
        return value.chars().noneMatch(Quote::breaksLine);
    }

    private static boolean breaksLine(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
