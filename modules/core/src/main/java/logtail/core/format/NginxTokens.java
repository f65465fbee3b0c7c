package logtail.core.format;

import java.util.ArrayList;
import java.util.List;

/** Cuts the text of an nginx configuration into words, as nginx does: quotes, backslashes and comments. */
final class NginxTokens {
    /**
     * A word, or one of <code>; { }</code>.
     *
     * @param text with quotes and backslashes resolved
     * @param quoted whether it stood between quotes
     * @param mark whether it is one of the three marks
     * @param line in the text, from 1
     */
    record Token(String text, boolean quoted, boolean mark, int line) {
        boolean is(char c) {
            return mark && text.charAt(0) == c;
        }
    }

    private static final String LUA_BLOCK = "_by_lua_block";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private NginxTokens(String text) {
        this.text = text;
    }

    /**
     * @throws InvalidFormatException for a quote that is never closed
     */
    static List<Token> of(String text) {
        NginxTokens reading = new NginxTokens(text);
        while (reading.at < text.length()) {
            reading.next();
        }
        return reading.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '{'
                && !tokens.isEmpty()
                && tokens.get(tokens.size() - 1).text().endsWith(LUA_BLOCK)) {
            skipBlock();
        }
        c = text.charAt(at);
        if (c == '\n') {
            line++;
            at++;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            at++;
        } else if (c == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (isMark(c)) {
            tokens.add(new Token(String.valueOf(c), false, true, line));
            at++;
        } else if (c == '"' || c == '\'') {
            at++;
            quoted(c);
        } else {
            word();
        }
    }

    /** Goes on to the brace that closes a block of another language, whose quotes and comments are its own. */
    private void skipBlock() {
        int depth = 1;
        while (++at < text.length() - 1) {
            char c = text.charAt(at);
            line += c == '\n' ? 1 : 0;
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return;
            }
        }
    }

    private static boolean isMark(char c) {
        return c == ';' || c == '{' || c == '}';
    }

    private void quoted(char quote) {
        StringBuilder word = new StringBuilder();
        int first = line;
        while (at < text.length() && text.charAt(at) != quote) {
            line += text.charAt(at) == '\n' ? 1 : 0;
            character(word);
        }
        if (at == text.length()) {
            throw new InvalidFormatException("line " + first + ": the quote " + quote + " is never closed");
        }
        at++;
        tokens.add(new Token(word.toString(), true, false, first));
    }

    private void word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && !endsWord()) {
            if (text.startsWith("${", at)) {
                variable(word);
            } else {
                character(word);
            }
        }
        tokens.add(new Token(word.toString(), false, false, line));
    }

    /** A brace belongs to a variable in a word, else to a block. */
    private boolean endsWord() {
        char c = text.charAt(at);
        return c == ';' || c == '{' || c == '}';
    }

    private void variable(StringBuilder word) {
        int end = text.indexOf('}', at);
        int to = end < 0 ? text.length() : end + 1;
        word.append(text, at, to);
        at = to;
    }

    private void character(StringBuilder word) {
        char c = text.charAt(at++);
        if (c != '\\' || at == text.length()) {
            word.append(c);
            return;
        }
        char escaped = text.charAt(at);
        int known = "\"'\\trn".indexOf(escaped);
        if (known < 0) {
            word.append(c);
        } else {
            word.append("\"'\\\t\r\n".charAt(known));
            at++;
        }
    }
}
