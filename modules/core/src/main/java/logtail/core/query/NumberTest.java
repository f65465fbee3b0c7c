package logtail.core.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import logtail.core.schema.FilterOp;

/** A condition on a number: whether it lies in one of some ranges, or in none. All operators are one of the two. */
final class NumberTest {
    /** Numbers from the first to the last; none when the last is the smaller one. */
    record Range(long first, long last) {}

    private final long[] firsts;
    private final long[] lasts;
    private final boolean inside;

    /**
     * @param inside whether numbers in a range pass, or the others
     */
    private NumberTest(List<Range> ranges, boolean inside) {
        List<Range> apart = apart(ranges);
        this.firsts = apart.stream().mapToLong(Range::first).toArray();
        this.lasts = apart.stream().mapToLong(Range::last).toArray();
        this.inside = inside;
    }

    /** The same numbers in ranges that do not overlap, ascending. */
    private static List<Range> apart(List<Range> ranges) {
        List<Range> apart = new ArrayList<>();
        ranges.stream()
                .filter(range -> range.first <= range.last)
                .sorted(Comparator.comparingLong(Range::first))
                .forEach(range -> {
                    Range before = apart.isEmpty() ? new Range(-1, -1) : apart.get(apart.size() - 1);
                    if (range.first <= before.last) {
                        apart.set(apart.size() - 1, new Range(before.first, Math.max(before.last, range.last)));
                    } else {
                        apart.add(range);
                    }
                });
        return apart;
    }

    /**
     * @param operands one for each operand of the condition; what lies between the ends of one is equal to it
     */
    static NumberTest of(FilterOp op, List<Range> operands) {
        Range operand = operands.get(0);
        return switch (op) {
            case EQ, IN -> new NumberTest(operands, true);
            case NE, NOT_IN -> new NumberTest(operands, false);
            case GT -> new NumberTest(List.of(new Range(operand.last + 1, Long.MAX_VALUE)), true);
            case GE -> new NumberTest(List.of(new Range(operand.first, Long.MAX_VALUE)), true);
            case LT -> new NumberTest(List.of(new Range(0, operand.first - 1)), true);
            case LE -> new NumberTest(List.of(new Range(0, operand.last)), true);
            case MATCH, NOT_MATCH -> throw new IllegalArgumentException("numbers know no " + op.symbol());
        };
    }

    /** Whether a number that is not negative passes. */
    boolean holds(long number) {
        if (firsts.length == 1) {
            return (number >= firsts[0] && number <= lasts[0]) == inside;
        }
        int low = 0;
        int high = firsts.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (number < firsts[middle]) {
                high = middle;
            } else if (number > lasts[middle]) {
                low = middle + 1;
            } else {
                return inside;
            }
        }
        return !inside;
    }
}
