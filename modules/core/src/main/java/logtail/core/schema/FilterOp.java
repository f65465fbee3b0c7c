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
    NOT_MATCH("!~="),
    /** Equal to one value of a list; every dimension that takes {@link #EQ} takes it. */
    IN("IN"),
    /** Equal to no value of a list. */
    NOT_IN("NOT IN");

    private final String symbol;

    FilterOp(String symbol) {
        this.symbol = symbol;
    }

    /** As written in an expression. */
    public String symbol() {
        return symbol;
    }

    /** The operator that holds where this one does not. */
    public FilterOp negated() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case GT -> LE;
            case GE -> LT;
            case LT -> GE;
            case LE -> GT;
            case MATCH -> NOT_MATCH;
            case NOT_MATCH -> MATCH;
            case IN -> NOT_IN;
            case NOT_IN -> IN;
        };
    }

    /** Whether its operand is a pattern. */
    public boolean isRegex() {
        return this == MATCH || this == NOT_MATCH;
    }

    /** Whether it takes a list of values. */
    public boolean isList() {
        return this == IN || this == NOT_IN;
    }

    /** The operator that is written so. */
    public static Optional<FilterOp> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(op -> op.symbol.equals(symbol)).findFirst();
    }
}
