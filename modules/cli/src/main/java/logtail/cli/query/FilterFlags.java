package logtail.cli.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import picocli.CommandLine.Model.OptionSpec;

/** The filter flags, made from the table of dimensions: another dimension is another entry there. */
final class FilterFlags {
    private final Flags flags;
    private final Map<OptionSpec, Function<String, Term>> terms = new LinkedHashMap<>();

    FilterFlags(Flags flags, Schema schema) {
        this.flags = flags;
        schema.dimensions().forEach(this::add);
        schema.dimensions().forEach(this::addRegexes);
    }

    private void add(Dimension dimension) {
        String flag = "--" + dimension.flag();
        boolean expression = !dimension.kind().isDictionary();
        String about = expression
                ? "Only requests whose " + dimension.name() + " compares so, such as " + example(dimension)
                : "Only requests with this " + dimension.name() + ".";
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
                return "404, !=200 or >=400.";
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
            if (expression.startsWith(op.symbol()) && op.symbol().length() > length) {
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
        return new Filter(given);
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
