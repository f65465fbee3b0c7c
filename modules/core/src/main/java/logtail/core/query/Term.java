package logtail.core.query;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Labels;
import org.jspecify.annotations.Nullable;

/**
 * One condition on one dimension (FR-5.2), in canonical spelling: equal conditions are equal. Immutable, threadsafe.
 *
 * <p>Operands are labels, as answers show them: a client that really sent {@code (other)} is asked for as
 * {@code \(other)}. Regexes are searched for anywhere in the value as it was sent, without that backslash.
 */
public final class Term {
    private static final long STATUS_MAX = 9999;
    private static final long ASN_MAX = 0xffff_ffffL;

    private final Dimension dimension;
    private final FilterOp op;
    private final String operand;
    private final @Nullable NumberTest number;
    private final byte @Nullable [] value;
    private final @Nullable Regex regex;

    private Term(
            Dimension dimension,
            FilterOp op,
            String operand,
            @Nullable NumberTest number,
            byte @Nullable [] value,
            @Nullable Regex regex) {
        this.dimension = dimension;
        this.op = op;
        this.operand = operand;
        this.number = number;
        this.value = value;
        this.regex = regex;
    }

    /**
     * A condition.
     *
     * @param operand a number in decimal digits, a CIDR in any spelling, a text, or an RE2 pattern of at most 1 KiB
     * @throws InvalidQueryException when the dimension does not take the operator, or the operand is no such value
     */
    public static Term of(Dimension dimension, FilterOp op, String operand) {
        String name = dimension.name();
        if (!dimension.operators().contains(op)) {
            throw new InvalidQueryException(name + ": takes " + operators(dimension) + ", not " + op.symbol());
        }
        if (op == FilterOp.MATCH || op == FilterOp.NOT_MATCH) {
            return new Term(dimension, op, operand, null, null, Regex.of(name, operand));
        }
        if (operand.equals(Labels.OTHER)) {
            throw new InvalidQueryException(
                    name + ": " + Labels.OTHER + " is unknown, not a value" + advice(dimension));
        }
        if (dimension.kind().isDictionary()) {
            byte[] value = value(dimension, operand);
            return new Term(dimension, op, Labels.ofBytes(dimension.kind(), value), null, value, null);
        }
        long number = number(dimension, operand);
        return new Term(dimension, op, Long.toString(number), NumberTest.of(op, number), null, null);
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

    private static byte[] value(Dimension dimension, String operand) {
        byte[] value = Labels.toBytes(dimension.kind(), operand);
        if (value == null) {
            throw new InvalidQueryException(dimension.name() + ": " + Quoted.of(operand)
                    + " is not an address with a prefix length, as in 192.0.2.0/24 or 2001:db8::/48");
        }
        return value;
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

    /** The operand as answers write it: a CIDR per RFC 5952, a number without leading zeros. */
    public String operand() {
        return operand;
    }

    /** The condition on a number kind. */
    NumberTest numberTest() {
        return Objects.requireNonNull(number);
    }

    /** The condition on a dictionary kind, made for one query. */
    TextTest newTextTest(BooleanSupplier cancelled) {
        TextTest test = regex != null ? regex.newTest(cancelled) : TextTest.sameAs(Objects.requireNonNull(value));
        return op == FilterOp.NE || op == FilterOp.NOT_MATCH ? TextTest.not(test) : test;
    }

    boolean isRegex() {
        return regex != null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Term term
                && dimension.equals(term.dimension)
                && op == term.op
                && operand.equals(term.operand);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dimension, op, operand);
    }

    /** As in {@code status>=400}. */
    @Override
    public String toString() {
        return dimension.name() + op.symbol() + operand;
    }
}
