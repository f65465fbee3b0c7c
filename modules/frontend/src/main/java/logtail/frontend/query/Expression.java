package logtail.frontend.query;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;

/**
 * The filter as one line of text (FR-6.6): {@code status>=400 AND website~=gouda.*}.
 *
 * <pre>
 *   expression  term (AND term)*         AND in any case
 *   term        dimension operator value blanks around the operator do not matter
 *   value       up to the next blank, or in double quotes, with \" and \\ inside
 * </pre>
 */
public final class Expression {
    /** Longest first, so that {@code !~=} is not read as {@code !=}. */
    private static final List<FilterOp> OPERATORS = List.of(
            FilterOp.NOT_MATCH,
            FilterOp.MATCH,
            FilterOp.NE,
            FilterOp.GE,
            FilterOp.LE,
            FilterOp.GT,
            FilterOp.LT,
            FilterOp.EQ);

    /** Longer ones are refused unread. */
    static final int CHARS_MAX = 32 << 10;

    private final String text;
    private final PageQuery page;
    private int at;

    private Expression(String text, PageQuery page) {
        this.text = text;
        this.page = page;
    }

    /**
     * The page with the filters that the text says, in place of its own.
     *
     * @throws ExpressionException where the text stops making sense
     */
    public static PageQuery apply(String text, PageQuery page) throws ExpressionException {
        if (text.length() > CHARS_MAX) {
            throw new ExpressionException("longer than " + CHARS_MAX + " characters", CHARS_MAX);
        }
        return new Expression(text, page.withoutTerms()).read();
    }

    /** The text that means these conditions; the inverse of {@link #apply}. */
    public static String of(Collection<Term> terms) {
        return terms.stream().map(Expression::of).collect(Collectors.joining(" AND "));
    }

    /** The text of one condition. */
    public static String of(Term term) {
        return term.dimension().name() + term.op().symbol() + quoted(term.operand());
    }

    private static String quoted(String value) {
        boolean plain =
                !value.isEmpty() && value.charAt(0) != '"' && value.codePoints().noneMatch(Expression::isBlank);
        return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private PageQuery read() throws ExpressionException {
        PageQuery read = page;
        Set<FilterParam> seen = new HashSet<>();
        skipBlanks();
        while (at < text.length()) {
            if (!seen.isEmpty()) {
                and();
            }
            int start = at;
            Term term = term();
            try {
                if (!seen.add(page.defaults().paramFor(term))) {
                    throw new ExpressionException(
                            "a second condition of the same kind on "
                                    + term.dimension().name(),
                            start);
                }
                read = read.with(term);
            } catch (InvalidQueryException e) {
                throw new ExpressionException(String.valueOf(e.getMessage()), start);
            }
            skipBlanks();
        }
        return read;
    }

    private void and() throws ExpressionException {
        int start = at;
        if (!word().equalsIgnoreCase("and")) {
            throw new ExpressionException("expected AND", start);
        }
        skipBlanks();
    }

    private Term term() throws ExpressionException {
        int start = at;
        String name = word();
        Dimension dimension = page.defaults().params().stream()
                .map(FilterParam::dimension)
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ExpressionException("expected one of " + names(), start));
        skipBlanks();
        FilterOp op = operator();
        skipBlanks();
        int valueAt = at;
        String value = value();
        try {
            return Term.of(dimension, op, value);
        } catch (InvalidQueryException e) {
            throw new ExpressionException(String.valueOf(e.getMessage()), valueAt);
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private FilterOp operator() throws ExpressionException {
        for (FilterOp op : OPERATORS) {
            if (text.startsWith(op.symbol(), at)) {
                at += op.symbol().length();
                return op;
            }
        }
        throw new ExpressionException(
                "expected one of " + OPERATORS.stream().map(FilterOp::symbol).collect(Collectors.joining(" ")), at);
    }

    private String value() throws ExpressionException {
        if (at < text.length() && text.charAt(at) == '"') {
            return quotedValue();
        }
        int start = at;
        while (at < text.length() && !isBlank(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new ExpressionException("expected a value; an empty one is \"\"", at);
        }
        return text.substring(start, at);
    }

    private String quotedValue() throws ExpressionException {
        StringBuilder value = new StringBuilder();
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            boolean escape = c == '\\' && at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\');
            value.append(escape ? text.charAt(at++) : c);
        }
        throw new ExpressionException("this quote is never closed", start);
    }

    private void skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    private String names() {
        return page.defaults().params().stream()
                .map(param -> param.dimension().name())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
