package logtail.core.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import logtail.core.format.LogFormat.Literal;
import logtail.core.format.LogFormat.Piece;
import logtail.core.format.LogFormat.Variable;
import logtail.core.format.NginxTokens.Token;

/**
 * Reads the text of an nginx {@code log_format}: the whole directive, only its quoted strings, over as many lines as
 * it has in nginx.conf, or the bare format.
 */
public final class FormatText {
    private static final String DIRECTIVE = "log_format";
    private static final String ESCAPE = "escape=";

    private FormatText() {}

    /** Whether it is the text of a format rather than a name. */
    public static boolean isFormat(String text) {
        return text.indexOf('$') >= 0;
    }

    /**
     * @throws InvalidFormatException when it is no format, or its lines could not be told apart
     */
    public static LogFormat parse(String text) {
        String given = text.strip();
        if (isPasted(given)) {
            List<Token> words = NginxTokens.of(given);
            int end = 0;
            while (end < words.size() && !words.get(end).mark()) {
                end++;
            }
            if (end < words.size() - 1) {
                Token next = words.get(end + 1);
                throw new InvalidFormatException(
                        "line " + next.line() + ": one log_format is enough, " + quoted(next.text()) + " follows it");
            }
            return directive(words.subList(0, end));
        }
        if (given.startsWith(ESCAPE)) {
            int blank = given.indexOf(' ');
            if (blank > 0) {
                return format(LogFormat.UNNAMED, escape(given.substring(0, blank)), bare(given.substring(blank + 1)));
            }
        }
        return format(LogFormat.UNNAMED, Escape.DEFAULT, bare(given));
    }

    /** A bare format may begin with a double quote itself, but it has no second line. */
    private static boolean isPasted(String text) {
        return text.startsWith(DIRECTIVE + " ")
                || text.startsWith(DIRECTIVE + "\t")
                || text.startsWith("'")
                || text.matches("(?s)escape=\\w+\\s+'.*")
                || text.startsWith("\"") && (text.endsWith(";") || text.indexOf('\n') >= 0 || isOneString(text));
    }

    private static boolean isOneString(String text) {
        return text.indexOf('"', 1) == text.length() - 1;
    }

    private static String bare(String text) {
        return text.strip().replace("\\t", "\t");
    }

    /** The words of a directive, with or without its own name and that of the format in front. */
    static LogFormat directive(List<Token> words) {
        String name = LogFormat.UNNAMED;
        int at = 0;
        if (!words.isEmpty() && words.get(0).text().equals(DIRECTIVE)) {
            if (words.size() < 2) {
                throw new InvalidFormatException("the log_format has no name");
            }
            name = words.get(1).text();
            at = 2;
        }
        Escape escape = Escape.DEFAULT;
        if (at < words.size() && words.get(at).text().startsWith(ESCAPE)) {
            escape = escape(words.get(at++).text());
        }
        String text = words.subList(at, words.size()).stream().map(Token::text).collect(Collectors.joining());
        return format(name, escape, text);
    }

    private static Escape escape(String parameter) {
        String mode = parameter.substring(ESCAPE.length());
        return Escape.named(mode)
                .orElseThrow(() -> new InvalidFormatException("escape is default, json or none, not " + quoted(mode)));
    }

    /**
     * A format from its text, quotes and backslashes already resolved.
     *
     * @throws InvalidFormatException as {@link #parse}
     */
    static LogFormat format(String name, Escape escape, String text) {
        if (text.indexOf('\n') >= 0) {
            throw new InvalidFormatException("has a line break in it, and a request is one line");
        }
        List<Piece> pieces = pieces(text);
        requireDelimiters(pieces);
        LogFormat format = new LogFormat(name, escape, pieces);
        if (Variables.fed(format).isEmpty()) {
            throw new InvalidFormatException("has no variable that could be counted; known are "
                    + Variables.known().stream().map(v -> "$" + v).collect(Collectors.joining(" ")));
        }
        return format;
    }

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '$') {
                literal.append(text.charAt(at++));
                continue;
            }
            boolean braces = text.startsWith("${", at);
            int from = at + (braces ? 2 : 1);
            int to = from;
            while (to < text.length() && isNameCharacter(text.charAt(to))) {
                to++;
            }
            if (to == from || braces && (to == text.length() || text.charAt(to) != '}')) {
                throw new InvalidFormatException("column " + (at + 1) + ": a variable's name should follow the $");
            }
            if (literal.length() > 0) {
                pieces.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
            pieces.add(new Variable(text.substring(from, to)));
            at = braces ? to + 1 : to;
        }
        if (literal.length() > 0) {
            pieces.add(new Literal(literal.toString()));
        }
        return pieces;
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** Where two values touch, nobody can say where the first one ends, unless the second begins with a slash. */
    private static void requireDelimiters(List<Piece> pieces) {
        for (int i = 1; i < pieces.size(); i++) {
            Optional<Variable> left = variable(pieces.get(i - 1));
            Optional<Variable> right = variable(pieces.get(i));
            if (left.isPresent()
                    && right.isPresent()
                    && !ValueShape.of(right.get().name()).isPath()) {
                throw new InvalidFormatException("there is nothing between " + left.get() + " and " + right.get()
                        + ", so that nobody can say where one ends");
            }
        }
    }

    private static Optional<Variable> variable(Piece piece) {
        return piece instanceof Variable variable ? Optional.of(variable) : Optional.empty();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
