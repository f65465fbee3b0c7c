package logtail.cli.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The filter flags, made from the table of dimensions: another dimension is another entry there. And {@code --q}, which
 * says more than they can; what is given holds together.
 */
final class FilterFlags {
    private final Flags flags;
    private final Schema schema;
    private final OptionSpec q;
    private final Map<OptionSpec, Function<String, Term>> terms = new LinkedHashMap<>();

    FilterFlags(Flags flags, Schema schema) {
        this.flags = flags;
        this.schema = schema;
        schema.dimensions().forEach(this::add);
        schema.dimensions().forEach(this::addRegexes);
        q = flags.value(
                "--q",
                "EXPR",
                "Only requests for which all of this holds, such as"
                        + " \"status=5xx AND website IN (a.example, b.example) AND prefix!=10.0.0.0/8\".");
    }

    private void add(Dimension dimension) {
        String flag = "--" + dimension.flag();
        boolean expression = !dimension.kind().isDictionary();
        String about = expression
                ? "Only requests whose " + dimension.name() + " compares so, such as " + example(dimension)
                : "Only requests with this " + dimension.name()
                        + (dimension.kind() == ColumnKind.PREFIX ? ", or one within it." : ".");
        OptionSpec option = flags.value(flag, label(dimension), about);
        terms.put(option, value -> expression ? expression(dimension, value) : Term.of(dimension, FilterOp.EQ, value));
    }

    private static String label(Dimension dimension) {
        switch (dimension.kind()) {
            case PREFIX:
                return "CIDR";
            case TEXT:
                return "TEXT";
            default:
                return "EXPR";
        }
    }

    private static String example(Dimension dimension) {
        switch (dimension.kind()) {
            case FLAG:
                return "1 or !=1.";
            case STATUS:
                return "404, !=200, >=400 or 5xx.";
            default:
                return "64496, !=0 or >=64512.";
        }
    }

    private void addRegexes(Dimension dimension) {
        if (dimension.operators().contains(FilterOp.MATCH)) {
            terms.put(
                    flags.value(
                            "--" + dimension.flag() + "-re",
                            "REGEX",
                            "Only requests whose " + dimension.name() + " matches (RE2, unanchored)."),
                    regex -> Term.of(dimension, FilterOp.MATCH, regex));
        }
        if (dimension.operators().contains(FilterOp.NOT_MATCH)) {
            terms.put(
                    flags.value(
                            "--" + dimension.flag() + "-re-neg",
                            "REGEX",
                            "Only requests whose " + dimension.name() + " does not match (RE2, unanchored)."),
                    regex -> Term.of(dimension, FilterOp.NOT_MATCH, regex));
        }
    }

    /** An operator and a number; without an operator it is equality. */
    private static Term expression(Dimension dimension, String text) {
        String expression = text.strip();
        FilterOp found = FilterOp.EQ;
        int length = 0;
        for (FilterOp op : FilterOp.values()) {
            if (!op.isList()
                    && expression.startsWith(op.symbol())
                    && op.symbol().length() > length) {
                found = op;
                length = op.symbol().length();
            }
        }
        return Term.of(dimension, found, expression.substring(length).strip());
    }

    /** The conditions that were given. */
    Filter filter() {
        List<Term> given = new ArrayList<>();
        terms.forEach((option, term) -> {
            if (Flags.isGiven(option)) {
                given.add(term(option, term));
            }
        });
        given.addAll(expression());
        return new Filter(given.stream().distinct().toList());
    }

    private List<Term> expression() {
        try {
            return Expression.parse(Flags.text(q, ""), schema).terms();
        } catch (ExpressionException wrong) {
            throw flags.wrong(q, wrong.line());
        }
    }

    private Term term(OptionSpec option, Function<String, Term> term) {
        try {
            return term.apply(Flags.text(option, ""));
        } catch (InvalidQueryException wrong) {
            // The line begins with the dimension, and the flag will stand in front of it.
            throw flags.wrong(option, String.valueOf(wrong.getMessage()).replaceFirst("^[a-z_0-9]+: ", ""));
        }
    }
}
