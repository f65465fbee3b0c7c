package logtail.core.schema;

import java.util.Arrays;
import java.util.Optional;

/** What a filter term may ask of a dimension (FR-5.2). */
public enum FilterOp {
    EQ("="),
    NE("!="),
    GT(">"),
    GE(">="),
    LT("<"),
    LE("<="),
    /** RE2, unanchored. */
    MATCH("~="),
    /** RE2, unanchored; a match excludes. */
    NOT_MATCH("!~=");

    private final String symbol;

    FilterOp(String symbol) {
        this.symbol = symbol;
    }

    /** As written in an expression. */
    public String symbol() {
        return symbol;
    }

    /** The operator that is written so. */
    public static Optional<FilterOp> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(op -> op.symbol.equals(symbol)).findFirst();
    }
}
