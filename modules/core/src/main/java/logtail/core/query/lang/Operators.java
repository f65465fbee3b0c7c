package logtail.core.query.lang;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logtail.core.schema.FilterOp;
import org.jspecify.annotations.Nullable;

/** How operators are written: their symbols, and what people write from habit. */
final class Operators {
    /** From other languages; {@code ~} and {@code !~} are nginx's own. */
    private static final Map<String, FilterOp> HABITS = Map.of(
            "==", FilterOp.EQ, "<>", FilterOp.NE, "=~", FilterOp.MATCH, "~", FilterOp.MATCH, "!~", FilterOp.NOT_MATCH);

    private static final Map<String, FilterOp> BY_SYMBOL = new LinkedHashMap<>();

    /** Longest first, so that {@code !~=} is not read as {@code !~}. */
    private static final List<String> SYMBOLS;

    static {
        Stream.of(FilterOp.values()).filter(op -> !op.isList()).forEach(op -> BY_SYMBOL.put(op.symbol(), op));
        BY_SYMBOL.putAll(HABITS);
        SYMBOLS = BY_SYMBOL.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    private Operators() {}

    /** The longest symbol that stands there; null when there is none. */
    static @Nullable String at(String text, int from) {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, from)) {
                return symbol;
            }
        }
        return null;
    }

    static FilterOp of(String symbol) {
        return BY_SYMBOL.getOrDefault(symbol, FilterOp.EQ);
    }

    /** Whether some symbol begins with that character. */
    static boolean begins(char c) {
        return SYMBOLS.stream().anyMatch(symbol -> symbol.charAt(0) == c);
    }

    /** What a condition may ask there, in words. */
    static String names(Set<FilterOp> operators) {
        String symbols = Stream.of(FilterOp.values())
                .filter(operators::contains)
                .map(FilterOp::symbol)
                .collect(Collectors.joining(" "));
        return operators.contains(FilterOp.EQ) ? symbols + " " + FilterOp.IN.symbol() : symbols;
    }
}
