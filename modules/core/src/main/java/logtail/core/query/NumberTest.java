package logtail.core.query;

import logtail.core.schema.FilterOp;

/**
 * A condition on a number: whether it lies inside a range, or outside. All six operators are one of the two.
 *
 * @param low first number of the range
 * @param high last number of the range; below {@code low} when it is empty
 * @param inside whether numbers in the range pass, or the others
 */
record NumberTest(long low, long high, boolean inside) {
    static NumberTest of(FilterOp op, long operand) {
        return switch (op) {
            case EQ -> new NumberTest(operand, operand, true);
            case NE -> new NumberTest(operand, operand, false);
            case GT -> new NumberTest(operand + 1, Long.MAX_VALUE, true);
            case GE -> new NumberTest(operand, Long.MAX_VALUE, true);
            case LT -> new NumberTest(0, operand - 1, true);
            case LE -> new NumberTest(0, operand, true);
            case MATCH, NOT_MATCH -> throw new IllegalArgumentException("numbers know no " + op.symbol());
        };
    }

    /** Whether a number that is not negative passes. */
    boolean holds(long number) {
        return (number >= low && number <= high) == inside;
    }
}
