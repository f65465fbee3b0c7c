package logtail.core.query.lang;

import java.util.Collection;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import logtail.core.query.Filter;
import logtail.core.query.Term;
import logtail.core.schema.Schema;

/**
 * The filter as one line of text (FR-6.6): {@code status=5xx AND website IN (a.example, b.example)}.
 *
 * <pre>
 *   expression  condition (AND condition)*        none at all lets everything through
 *   condition   NOT? field operator value
 *               NOT? field NOT? IN ( value, value ... )
 *   field       the name of a dimension, or its name in JSON; - for _ as in flags
 *   operator    = != &gt; &gt;= &lt; &lt;= ~= !~=             or, the same, == &lt;&gt; =~ ~ !~
 *   value       up to the next blank; in a list also up to a comma or a closing parenthesis;
 *               or quoted, with "..." or '...', the quote itself and \ written behind a \
 * </pre>
 *
 * <p>Words are read in any case, {@code &&} as AND. All conditions have to hold: there is no OR but IN and regexes.
 */
public final class Expression {
    /** Longer ones are refused unread. */
    public static final int CHARS_MAX = 32 << 10;

    /** More conditions are refused: each may have to be tried on each value there is. */
    public static final int CONDITIONS_MAX = 64;

    static final String AND = "AND";

    private Expression() {}

    /**
     * What a text means; no condition twice.
     *
     * @throws ExpressionException where it stops making sense
     */
    public static Filter parse(String text, Schema schema) throws ExpressionException {
        if (text.length() > CHARS_MAX) {
            throw new ExpressionException("longer than " + CHARS_MAX + " characters", text, CHARS_MAX);
        }
        Filter filter = new Parser(text, schema).filter();
        if (print(filter.terms()).length() > CHARS_MAX) {
            throw new ExpressionException("longer than " + CHARS_MAX + " characters, written out", text, text.length());
        }
        return filter;
    }

    /** The one text that means these conditions; {@link #parse} gives them back. */
    public static String print(Collection<Term> terms) {
        return terms.stream().map(Expression::print).collect(Collectors.joining(" " + AND + " "));
    }

    /** The text of one condition. */
    public static String print(Term term) {
        String name = term.dimension().name();
        String symbol = term.op().symbol();
        if (!term.op().isList()) {
            return name + symbol + quoted(term.operand(), Expression::isBlank);
        }
        return term.operands().stream()
                .map(value -> quoted(value, c -> isBlank(c) || endsListed(c)))
                .collect(Collectors.joining(", ", name + " " + symbol + " (", ")"));
    }

    private static String quoted(String value, IntPredicate ends) {
        boolean bare = !value.isEmpty()
                && !isQuote(value.charAt(0))
                && !Operators.begins(value.charAt(0))
                && value.chars().noneMatch(ends);
        return bare ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static boolean isQuote(int c) {
        return c == '"' || c == '\'';
    }

    static boolean isBlank(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    /** Whether it ends a bare value in a list, beside blanks. */
    static boolean endsListed(int c) {
        return c == ',' || c == ')';
    }
}
