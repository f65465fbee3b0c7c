package logtail.core.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the lines of a log are made: text, and values of nginx variables in between. Immutable.
 *
 * @param name what it is called: {@code logtail}, {@code combined}, the name in nginx.conf, or {@code log_format} when
 *     it has none
 * @param escape what was done to the values
 * @param pieces in the order of the line; no two texts stand side by side. None for {@link #LOGTAIL}, whose lines say
 *     themselves which version they are
 */
public record LogFormat(String name, Escape escape, List<Piece> pieces) {
    /** One part of a line. */
    public sealed interface Piece permits Literal, Variable {}

    /** Text that stands in every line. */
    public record Literal(String text) implements Piece {
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The value of an nginx variable.
     *
     * @param name without the dollar sign
     */
    public record Variable(String name) implements Piece {
        @Override
        public String toString() {
            return "$" + name;
        }
    }

    /** What a format without a name is called. */
    public static final String UNNAMED = "log_format";

    /** v1 and v2 (FR-2.2, FR-2.3). */
    public static final LogFormat LOGTAIL = new LogFormat("logtail", Escape.DEFAULT, List.of());

    public LogFormat {
        pieces = List.copyOf(pieces);
    }

    public boolean isLogtail() {
        return pieces.isEmpty();
    }

    /** Names of its variables, in the order of the line. */
    public List<String> variables() {
        List<String> names = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Variable variable) {
                names.add(variable.name());
            }
        }
        return names;
    }

    /** The same format under another name. */
    public LogFormat named(String other) {
        return new LogFormat(other, escape, pieces);
    }

    /** On one line, as it would stand in nginx.conf between apostrophes; tabs as {@code \t}. */
    public String text() {
        return pieces.stream()
                .map(piece -> piece instanceof Literal literal ? escaped(literal.text()) : piece.toString())
                .collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t");
    }
}
