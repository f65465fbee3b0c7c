package logtail.core.query.lang;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.text.Nearest;

/** Reads one expression, from left to right, and stops at the first thing that makes no sense. */
final class Parser {
    private static final String NOT = "NOT";
    private static final String IN = FilterOp.IN.symbol();

    private final String text;
    private final Schema schema;
    private int at;

    Parser(String text, Schema schema) {
        this.text = text;
        this.schema = schema;
    }

    Filter filter() throws ExpressionException {
        Set<Term> terms = new LinkedHashSet<>();
        skipBlanks();
        if (at == text.length()) {
            return Filter.ALL;
        }
        for (int conditions = 1; ; conditions++) {
            if (conditions > Expression.CONDITIONS_MAX) {
                throw error("more than " + Expression.CONDITIONS_MAX + " conditions", at);
            }
            terms.add(condition());
            skipBlanks();
            if (at == text.length()) {
                return new Filter(List.copyOf(terms));
            }
            and();
        }
    }

    private void and() throws ExpressionException {
        int start = at;
        if (text.startsWith("&&", at)) {
            at += 2;
        } else if (!word().equalsIgnoreCase(Expression.AND)) {
            throw notAnd(start);
        }
        skipBlanks();
    }

    private ExpressionException notAnd(int start) {
        at = start;
        if (word().equalsIgnoreCase("or") || text.startsWith("||", start)) {
            return error(
                    "all conditions have to hold, there is no OR; one of several values is written"
                            + " website IN (a.example, b.example)",
                    start);
        }
        return error("expected AND", start);
    }

    private Term condition() throws ExpressionException {
        boolean negated = skipWord(NOT);
        Dimension dimension = field();
        skipBlanks();
        int operatorAt = at;
        String symbol = Operators.at(text, at);
        if (symbol == null) {
            return listed(dimension, negated, operatorAt);
        }
        FilterOp written = Operators.of(symbol);
        if (!dimension.operators().contains(written)) {
            throw error(
                    dimension.name() + " takes " + Operators.names(dimension.operators()) + ", not " + written.symbol(),
                    operatorAt);
        }
        FilterOp op = negated ? written.negated() : written;
        at += symbol.length();
        skipBlanks();
        int valueAt = at;
        String value = value(Expression::isBlank);
        return checked(dimension, valueAt, () -> Term.of(dimension, op, value));
    }

    private Term listed(Dimension dimension, boolean negated, int operatorAt) throws ExpressionException {
        boolean without = skipWord(NOT) != negated;
        int listAt = at;
        if (!skipWord(IN)) {
            throw error("expected one of " + Operators.names(dimension.operators()), operatorAt);
        }
        List<String> values = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        expect('(', "expected ( and a list of values");
        do {
            skipBlanks();
            places.add(at);
            values.add(value(c -> Expression.isBlank(c) || Expression.endsListed(c)));
            skipBlanks();
        } while (skip(','));
        expect(')', "expected , or )");
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            checked(dimension, places.get(i), () -> Term.of(dimension, FilterOp.EQ, value));
        }
        FilterOp op = without ? FilterOp.NOT_IN : FilterOp.IN;
        return checked(dimension, listAt, () -> Term.of(dimension, op, values));
    }

    private Dimension field() throws ExpressionException {
        int start = at;
        String name = word().toLowerCase(Locale.ROOT).replace('-', '_');
        for (Dimension dimension : schema.dimensions()) {
            if (dimension.name().equals(name) || dimension.field().equals(name)) {
                return dimension;
            }
        }
        List<String> names = schema.dimensions().stream().map(Dimension::name).toList();
        String known = "expected one of " + String.join(", ", names);
        if (name.isEmpty()) {
            boolean group = start < text.length() && text.charAt(start) == '(';
            throw error(group ? known + "; conditions are not grouped" : known, start);
        }
        throw error(known + Nearest.hint(name, names, word -> word), start);
    }

    private String value(IntPredicate ends) throws ExpressionException {
        if (at < text.length() && Expression.isQuote(text.charAt(at))) {
            return quoted(text.charAt(at));
        }
        int start = at;
        while (at < text.length() && !ends.test(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw error("expected a value; an empty one is \"\"", at);
        }
        return text.substring(start, at);
    }

    private String quoted(char quote) throws ExpressionException {
        StringBuilder value = new StringBuilder();
        int start = at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return value.toString();
            }
            boolean escape = c == '\\' && at < text.length() && (text.charAt(at) == quote || text.charAt(at) == '\\');
            value.append(escape ? text.charAt(at++) : c);
        }
        throw error("this quote is never closed", start);
    }

    /** Letters, digits, {@code _} and {@code -}; empty when there are none. */
    private String word() {
        int start = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    /** Skips a word and the blanks behind it, if it stands here. */
    private boolean skipWord(String wanted) {
        int start = at;
        if (word().equalsIgnoreCase(wanted)) {
            skipBlanks();
            return true;
        }
        at = start;
        return false;
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c, String otherwise) throws ExpressionException {
        if (!skip(c)) {
            throw error(otherwise, at);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Expression.isBlank(text.charAt(at))) {
            at++;
        }
    }

    private Term checked(Dimension dimension, int place, Supplier<Term> term) throws ExpressionException {
        try {
            return term.get();
        } catch (InvalidQueryException e) {
            String message = String.valueOf(e.getMessage());
            String name = dimension.name() + ": ";
            throw error(message.startsWith(name) ? message.substring(name.length()) : message, place);
        }
    }

    private ExpressionException error(String message, int place) {
        return new ExpressionException(message, text, place);
    }
}
