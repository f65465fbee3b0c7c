package logtail.core.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path pattern as shells know it: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]} and {@code {a,b}}, in file
 * names and in directories; {@code \} makes the next character an ordinary one. No wildcard crosses a {@code /}, and
 * none matches a dot at the start of a name.
 */
public final class Glob {
    /** Alternatives that braces may stand for; a pattern with more is refused. */
    public static final int ALTERNATIVES_MAX = 1024;

    /** A name between two slashes: an ordinary one, or a pattern. */
    public static final class Part {
        private final String literal;
        private final @Nullable Pattern pattern;

        private Part(String literal, @Nullable Pattern pattern) {
            this.literal = literal;
            this.pattern = pattern;
        }

        /** Whether it stands for one name only, {@link #literal()}. */
        public boolean isLiteral() {
            return pattern == null;
        }

        public String literal() {
            return literal;
        }

        public boolean matches(String name) {
            return pattern == null
                    ? literal.equals(name)
                    : pattern.matcher(name).matches();
        }
    }

    private final boolean absolute;
    private final List<Part> parts;

    private Glob(boolean absolute, List<Part> parts) {
        this.absolute = absolute;
        this.parts = parts;
    }

    /**
     * The patterns without braces that a text stands for.
     *
     * @throws IllegalArgumentException saying what is wrong with it, and where
     */
    public static List<Glob> parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty path");
        }
        List<String> alternatives = new ArrayList<>();
        expand(text, 0, alternatives);
        return alternatives.stream().map(Glob::withoutBraces).toList();
    }

    public boolean isAbsolute() {
        return absolute;
    }

    /** The names from the root, or from the working directory, down to the file. */
    public List<Part> parts() {
        return parts;
    }

    /** Whether it stands for one path only. */
    public boolean isLiteral() {
        return parts.stream().allMatch(Part::isLiteral);
    }

    // ---- braces -----------------------------------------------------------------------------------------------

    private static void expand(String text, int from, List<String> to) {
        int open = find(text, from, '{');
        if (open < 0) {
            if (to.size() == ALTERNATIVES_MAX) {
                throw new IllegalArgumentException("more than " + ALTERNATIVES_MAX + " alternatives in braces");
            }
            to.add(text);
            return;
        }
        int close = closing(text, open);
        String before = text.substring(0, open);
        String behind = text.substring(close + 1);
        int start = open + 1;
        while (start <= close) {
            int comma = separator(text, start, close);
            expand(before + text.substring(start, comma) + behind, open, to);
            start = comma + 1;
        }
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("{ at column " + (open + 1) + " is never closed");
    }

    /** The next comma of this brace level, or its end. */
    private static int separator(String text, int from, int close) {
        int depth = 0;
        for (int i = from; i < close; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                return i;
            }
        }
        return close;
    }

    /** The next character of this kind that is not escaped. */
    private static int find(String text, int from, char wanted) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == wanted) {
                return i;
            }
        }
        return -1;
    }

    // ---- names ------------------------------------------------------------------------------------------------

    private static Glob withoutBraces(String text) {
        List<Part> parts = new ArrayList<>();
        for (String name : text.split("/")) {
            if (!name.isEmpty()) {
                parts.add(part(name));
            }
        }
        if (parts.isEmpty() || text.endsWith("/")) {
            throw new IllegalArgumentException(text + " names no file");
        }
        return new Glob(text.startsWith("/"), List.copyOf(parts));
    }

    private static Part part(String name) {
        StringBuilder literal = new StringBuilder();
        StringBuilder regex = new StringBuilder();
        boolean wild = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*' || c == '?') {
                wild = true;
                regex.append(i == 0 ? "(?!\\.)" : "").append(c == '*' ? ".*" : ".");
            } else if (c == '[') {
                wild = true;
                int close = bracket(name, i);
                regex.append(i == 0 ? "(?!\\.)" : "").append(oneOf(name.substring(i + 1, close)));
                i = close;
            } else {
                if (c == '\\' && ++i == name.length()) {
                    throw new IllegalArgumentException("\\ at the end of " + name);
                }
                literal.append(name.charAt(i));
                regex.append(Pattern.quote(name.substring(i, i + 1)));
            }
        }
        return new Part(literal.toString(), wild ? Pattern.compile(regex.toString(), Pattern.DOTALL) : null);
    }

    private static int bracket(String name, int open) {
        int first = open + 1;
        if (first < name.length() && (name.charAt(first) == '!' || name.charAt(first) == '^')) {
            first++;
        }
        // A bracket that stands first is one of the set.
        int close = name.indexOf(']', first + 1);
        if (close < 0) {
            throw new IllegalArgumentException("[ in " + name + " is never closed");
        }
        return close;
    }

    private static String oneOf(String set) {
        boolean not = set.startsWith("!") || set.startsWith("^");
        StringBuilder regex = new StringBuilder(not ? "[^" : "[");
        for (int i = not ? 1 : 0; i < set.length(); i++) {
            char c = set.charAt(i);
            boolean range = c == '-' && i > (not ? 1 : 0) && i < set.length() - 1;
            if (range && set.charAt(i - 1) > set.charAt(i + 1)) {
                throw new IllegalArgumentException("[" + set + "] has a range that runs backwards");
            }
            regex.append(range ? "-" : "\\x{" + Integer.toHexString(c) + "}");
        }
        return regex.append(']').toString();
    }
}
