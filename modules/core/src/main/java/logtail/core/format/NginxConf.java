package logtail.core.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import logtail.core.format.NginxTokens.Token;

/** The {@code log_format}s of an nginx configuration, by name. Immutable. */
public final class NginxConf {
    /** Includes within includes; nginx has no such limit, but a file that includes itself has no end. */
    public static final int INCLUDES_MAX = 16;

    private final Map<String, List<Token>> directives = new LinkedHashMap<>();

    private NginxConf() {}

    /**
     * Reads a configuration and what it includes.
     *
     * @param text of the file
     * @param includes the texts of the files that the pattern of an {@code include} names
     * @throws InvalidFormatException for a quote that is never closed, or files that include themselves
     */
    public static NginxConf of(String text, Function<String, List<String>> includes) {
        NginxConf conf = new NginxConf();
        conf.read(text, includes, 0);
        return conf;
    }

    private void read(String text, Function<String, List<String>> includes, int depth) {
        if (depth > INCLUDES_MAX) {
            throw new InvalidFormatException("more than " + INCLUDES_MAX + " includes within each other");
        }
        List<Token> words = new ArrayList<>();
        for (Token token : NginxTokens.of(text)) {
            if (!token.mark()) {
                words.add(token);
                continue;
            }
            if (token.is(';') && words.size() > 1) {
                directive(words, includes, depth);
            }
            words = new ArrayList<>();
        }
    }

    private void directive(List<Token> words, Function<String, List<String>> includes, int depth) {
        String second = words.get(1).text();
        switch (words.get(0).text()) {
            case "log_format" -> directives.put(second, words);
            case "include" -> includes.apply(second).forEach(text -> read(text, includes, depth + 1));
            default -> {}
        }
    }

    /** Names of the formats it defines, in the order of the files. */
    public Set<String> names() {
        return directives.keySet();
    }

    /**
     * The format of a name it defines.
     *
     * @throws InvalidFormatException when lines of it could not be told apart
     */
    public LogFormat format(String name) {
        List<Token> words = directives.get(name);
        if (words == null) {
            throw new InvalidFormatException("no log_format \"" + name + "\"");
        }
        return FormatText.directive(words);
    }
}
