package logtail.frontend.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;

/**
 * A URL parameter that carries one condition (FR-6.2): what the original's filter can carry, and no more.
 *
 * @param name such as {@code f_website}, {@code f_uri_re_neg}
 * @param operators what it can say; with several, the value begins with the operator, and {@code =} is left out
 */
public record FilterParam(String name, Dimension dimension, Set<FilterOp> operators) {
    private static final String PREFIX = "f_";

    /** Carries an expression: conditions that no other parameter can carry. */
    static final String REST = PREFIX + "q";

    /** Longest first, so that {@code >=} is not read as {@code >}. */
    private static final List<FilterOp> LEADING =
            List.of(FilterOp.GE, FilterOp.LE, FilterOp.NE, FilterOp.GT, FilterOp.LT, FilterOp.EQ);

    /** The parameters of a schema, in the one order in which URLs have them. */
    static List<FilterParam> of(Schema schema) {
        List<FilterParam> values = new ArrayList<>();
        List<FilterParam> regexes = new ArrayList<>();
        for (Dimension dimension : schema.dimensions()) {
            String name = PREFIX + dimension.name();
            Set<FilterOp> carried = dimension.wireFilters().keySet();
            boolean number = !dimension.kind().isDictionary();
            values.add(new FilterParam(name, dimension, number ? dimension.operators() : Set.of(FilterOp.EQ)));
            if (carried.contains(FilterOp.MATCH)) {
                regexes.add(new FilterParam(name + "_re", dimension, Set.of(FilterOp.MATCH)));
            }
            if (carried.contains(FilterOp.NOT_MATCH)) {
                regexes.add(new FilterParam(name + "_re_neg", dimension, Set.of(FilterOp.NOT_MATCH)));
            }
        }
        values.addAll(regexes);
        return List.copyOf(values);
    }

    /** Whether a name looks like one of these, so that a misspelt one is not taken for no filter at all. */
    static boolean looksLike(String name) {
        return name.startsWith(PREFIX);
    }

    /**
     * The condition that a value means; none for an empty value, unless an empty text is what is asked for.
     *
     * @throws InvalidQueryException when it is no such value
     */
    Optional<Term> term(String value) {
        if (value.isEmpty() && !(dimension.kind() == ColumnKind.TEXT && operators.contains(FilterOp.EQ))) {
            return Optional.empty();
        }
        if (operators.size() == 1) {
            return Optional.of(Term.of(dimension, operators.iterator().next(), value));
        }
        FilterOp op = LEADING.stream()
                .filter(leading -> value.startsWith(leading.symbol()))
                .findFirst()
                .orElse(null);
        return Optional.of(
                op == null
                        ? Term.of(dimension, FilterOp.EQ, value)
                        : Term.of(dimension, op, value.substring(op.symbol().length())));
    }

    /** The value that means a condition; the inverse of {@link #term}. */
    String value(Term term) {
        boolean plain = operators.size() == 1 || term.op() == FilterOp.EQ;
        return plain ? term.operand() : term.op().symbol() + term.operand();
    }

    boolean carries(Term term) {
        return dimension.equals(term.dimension()) && operators.contains(term.op());
    }
}
