package logtail.core.query;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logtail.core.query.NumberTest.Range;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Labels;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one dimension (FR-5.2), in canonical spelling: equal conditions are equal. Immutable, threadsafe.
 *
 * <p>Operands are labels, as answers show them: a client that really sent {@code (other)} is asked for as
 * {@code \(other)}. Regexes are searched for anywhere in the value as it was sent, without that backslash. A prefix is
 * equal to every prefix that lies within it, and {@code 5xx} to the statuses 500 to 599.
 */
public final class Term {
    /** A list of values has at most so many; more are refused. */
    public static final int VALUES_MAX = 1000;

    private static final long STATUS_MAX = 9999;
    private static final long ASN_MAX = 0xffff_ffffL;
    private static final int STATUSES_IN_CLASS = 100;

    private final Dimension dimension;
    private final FilterOp op;
    private final List<Value> values;
    private final @Nullable Regex regex;

    /**
     * An operand, read.
     *
     * @param label as answers write it
     * @param bytes dictionary value; empty for a number
     * @param numbers all that are equal to it; an empty range for a dictionary value
     */
    private record Value(String label, byte[] bytes, Range numbers) {
        static final Comparator<Value> ORDER =
                Comparator.comparingLong((Value value) -> value.numbers.first()).thenComparing(Value::label);

        static Value of(Dimension dimension, String operand) {
            if (operand.equals(Labels.OTHER)) {
                throw new InvalidQueryException(
                        dimension.name() + ": " + Labels.OTHER + " is unknown, not a value" + advice(dimension));
            }
            if (dimension.kind().isDictionary()) {
                byte[] bytes = encoded(dimension, operand);
                return new Value(Labels.ofBytes(dimension.kind(), bytes), bytes, new Range(0, -1));
            }
            if (dimension.kind() == ColumnKind.STATUS && isClass(operand)) {
                long first = (operand.charAt(0) - '0') * (long) STATUSES_IN_CLASS;
                return new Value(
                        operand.charAt(0) + "xx", new byte[0], new Range(first, first + STATUSES_IN_CLASS - 1));
            }
            long number = number(dimension, operand);
            return new Value(Long.toString(number), new byte[0], new Range(number, number));
        }

        static Value ofPattern(String pattern) {
            return new Value(pattern, new byte[0], new Range(0, -1));
        }

        boolean isRange() {
            return numbers.first() < numbers.last();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Value value && label.equals(value.label);
        }

        @Override
        public int hashCode() {
            return label.hashCode();
        }
    }

    private Term(Dimension dimension, FilterOp op, List<Value> values, @Nullable Regex regex) {
        this.dimension = dimension;
        this.op = op;
        this.values = values;
        this.regex = regex;
    }

    /**
     * A condition with one operand.
     *
     * @param operand a number in decimal digits, a class of statuses as in {@code 5xx}, a CIDR in any spelling, a text,
     *     or an RE2 pattern of at most 1 KiB
     * @throws InvalidQueryException when the dimension does not take the operator, or the operand is no such value
     */
    public static Term of(Dimension dimension, FilterOp op, String operand) {
        if (!dimension.operators().contains(op)) {
            throw new InvalidQueryException(
                    dimension.name() + ": takes " + operators(dimension) + ", not " + op.symbol());
        }
        if (op.isRegex()) {
            return new Term(dimension, op, List.of(Value.ofPattern(operand)), Regex.of(dimension.name(), operand));
        }
        Value value = Value.of(dimension, operand);
        if (value.isRange() && op != FilterOp.EQ && op != FilterOp.NE) {
            throw new InvalidQueryException(
                    dimension.name() + ": " + value.label + " is a class of statuses, and takes " + FilterOp.EQ.symbol()
                            + " and " + FilterOp.NE.symbol() + ", not " + op.symbol());
        }
        return new Term(dimension, op, List.of(value), null);
    }

    /**
     * Equality with one value of a list, or with none. Of one value it is plain equality; the order, and what is named
     * twice, do not matter.
     *
     * @param op {@link FilterOp#IN} or {@link FilterOp#NOT_IN}
     * @param operands 1 to {@link #VALUES_MAX}, as for {@link #of}
     * @throws InvalidQueryException when one is no such value, or there are none or too many
     */
    public static Term of(Dimension dimension, FilterOp op, List<String> operands) {
        if (!op.isList()) {
            throw new IllegalArgumentException(op.symbol() + " takes no list");
        }
        if (operands.isEmpty() || operands.size() > VALUES_MAX) {
            throw new InvalidQueryException(
                    dimension.name() + ": a list has 1 to " + VALUES_MAX + " values, not " + operands.size());
        }
        List<Value> values = operands.stream()
                .map(operand -> Value.of(dimension, operand))
                .distinct()
                .sorted(Value.ORDER)
                .toList();
        FilterOp shortest = values.size() > 1 ? op : op == FilterOp.IN ? FilterOp.EQ : FilterOp.NE;
        return new Term(dimension, shortest, values, null);
    }

    private static String operators(Dimension dimension) {
        return Stream.of(FilterOp.values())
                .filter(dimension.operators()::contains)
                .map(FilterOp::symbol)
                .collect(Collectors.joining(" "));
    }

    private static String advice(Dimension dimension) {
        return dimension.kind() == ColumnKind.TEXT ? "; a client that sent it reads \\" + Labels.OTHER : "";
    }

    private static byte[] encoded(Dimension dimension, String operand) {
        byte[] value = Labels.toBytes(dimension.kind(), operand);
        if (value == null) {
            throw new InvalidQueryException(dimension.name() + ": " + Quoted.of(operand)
                    + " is not an address with a prefix length, as in 192.0.2.0/24 or 2001:db8::/48");
        }
        return value;
    }

    /** As in {@code 5xx}. */
    private static boolean isClass(String operand) {
        return operand.length() == 3
                && operand.charAt(0) >= '1'
                && operand.charAt(0) <= '9'
                && operand.regionMatches(true, 1, "xx", 0, 2);
    }

    private static long number(Dimension dimension, String operand) {
        long max =
                switch (dimension.kind()) {
                    case STATUS -> STATUS_MAX;
                    case FLAG -> 1;
                    case ASN -> ASN_MAX;
                    case TEXT, PREFIX -> throw new IllegalArgumentException(dimension.name() + " is no number");
                };
        long number = digits(operand, max);
        if (number < 0) {
            String range = max == 1 ? " is neither 0 nor 1" : " is not a number from 0 to " + max;
            throw new InvalidQueryException(dimension.name() + ": " + Quoted.of(operand) + range);
        }
        return number;
    }

    /** ASCII digits as a number of at most {@code max}, else -1. */
    private static long digits(String text, long max) {
        long number = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > max) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number > max ? -1 : number;
    }

    public Dimension dimension() {
        return dimension;
    }

    public FilterOp op() {
        return op;
    }

    /**
     * The operand as answers write it: a CIDR per RFC 5952, a number without leading zeros.
     *
     * @throws IllegalStateException when it has a list of them
     */
    public String operand() {
        if (values.size() > 1) {
            throw new IllegalStateException(dimension.name() + " " + op.symbol() + " has several operands");
        }
        return values.get(0).label;
    }

    /** All operands, one unless the operator takes a list; different ones, in canonical order. */
    public List<String> operands() {
        return values.stream().map(Value::label).toList();
    }

    /** Whether one operand stands for a range of numbers, as {@code 5xx} does. */
    public boolean hasClass() {
        return values.stream().anyMatch(Value::isRange);
    }

    /** The condition on a number kind. */
    NumberTest numberTest() {
        return NumberTest.of(op, values.stream().map(Value::numbers).toList());
    }

    /** The condition on a dictionary kind, made for one query. */
    TextTest newTextTest(BooleanSupplier cancelled) {
        TextTest test = regex == null ? valueTest() : regex.newTest(cancelled);
        boolean negated = op == FilterOp.NE || op == FilterOp.NOT_MATCH || op == FilterOp.NOT_IN;
        return negated ? TextTest.not(test) : test;
    }

    private TextTest valueTest() {
        List<byte[]> wanted = values.stream().map(Value::bytes).toList();
        return dimension.kind() == ColumnKind.PREFIX ? TextTest.within(wanted) : TextTest.sameAs(wanted);
    }

    boolean isRegex() {
        return regex != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Term term
                && dimension.equals(term.dimension)
                && op == term.op
                && values.equals(term.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dimension, op, values);
    }

    /** As in {@code status>=400}; for messages. {@code lang.Expression} writes what can be read again. */
    @Override
    public String toString() {
        return op.isList()
                ? dimension.name() + " " + op.symbol() + " (" + String.join(", ", operands()) + ")"
                : dimension.name() + op.symbol() + operand();
    }
}
