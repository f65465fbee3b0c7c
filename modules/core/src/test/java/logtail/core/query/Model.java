package logtail.core.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import logtail.core.schema.Dimension;
import logtail.core.schema.Prefix;

/** The rules of D11 and D12 word by word over a list of requests, with no thought of speed. */
final class Model {
    enum Answer {
        YES,
        UNKNOWN,
        NO
    }

    private Model() {}

    static Answer matches(Filter filter, Requests requests) {
        Answer answer = Answer.YES;
        for (Term term : filter.terms()) {
            Optional<String> value = requests.value(term.dimension());
            if (value.isEmpty()) {
                answer = Answer.UNKNOWN;
            } else if (!holds(term, value.get())) {
                return Answer.NO;
            }
        }
        return answer;
    }

    private static boolean holds(Term term, String value) {
        return switch (term.op()) {
            case EQ, IN -> equalsOne(term, value);
            case NE, NOT_IN -> !equalsOne(term, value);
            case GT -> Long.parseLong(value) > Long.parseLong(term.operand());
            case GE -> Long.parseLong(value) >= Long.parseLong(term.operand());
            case LT -> Long.parseLong(value) < Long.parseLong(term.operand());
            case LE -> Long.parseLong(value) <= Long.parseLong(term.operand());
            case MATCH -> Pattern.compile(term.operand()).matcher(value).find();
            case NOT_MATCH -> !Pattern.compile(term.operand()).matcher(value).find();
        };
    }

    private static boolean equalsOne(Term term, String value) {
        return switch (term.dimension().kind()) {
            case TEXT -> term.operands().contains(label(term.dimension(), value));
            case PREFIX ->
                term.operands().stream().anyMatch(outer -> bits(value).startsWith(bits(outer)));
            case STATUS, FLAG, ASN ->
                term.operands().stream()
                        .anyMatch(operand -> operand.endsWith("xx")
                                ? value.matches(operand.charAt(0) + "[0-9][0-9]")
                                : value.equals(operand));
        };
    }

    /** A prefix as its family and the bits it is made of. */
    private static String bits(String cidr) {
        byte[] encoded = Objects.requireNonNull(Prefix.parse(cidr));
        StringBuilder bits = new StringBuilder();
        for (byte b : Prefix.address(encoded)) {
            bits.append(Integer.toBinaryString(0x100 | b & 0xff).substring(1));
        }
        return encoded[0] + ":" + bits.substring(0, encoded[1] & 0xff);
    }

    private static String label(Dimension dimension, String value) {
        return dimension.kind().isDictionary() && value.matches("\\\\*\\(other\\)") ? "\\" + value : value;
    }

    private static List<String> labels(Requests requests, List<Dimension> groupBy) {
        return groupBy.stream()
                .map(d -> requests.value(d).map(v -> label(d, v)).orElse("(other)"))
                .toList();
    }

    private static int folded(Requests requests, List<Dimension> groupBy) {
        int folded = 0;
        for (int i = 0; i < groupBy.size(); i++) {
            folded |= requests.isFolded(groupBy.get(i)) ? 1 << i : 0;
        }
        return folded;
    }

    /** Requests that the filter does not refuse, as the question sees them. */
    private record Seen(List<String> labels, int folded, Answer answer, long count) {}

    static TopNAnswer topN(List<Requests> all, TopNQuery query, int buckets) {
        List<Seen> seen = seen(all, query);
        Map<TopNAnswer.Row, Long> counts = new HashMap<>();
        long total = 0;
        long unknown = 0;
        boolean exact = true;
        for (Seen one : seen) {
            if (one.answer == Answer.YES) {
                counts.merge(new TopNAnswer.Row(one.labels, one.folded, 0, 0), one.count, Long::sum);
                total += one.count;
            } else {
                unknown += one.count;
            }
            exact &= one.answer == Answer.YES && one.folded == 0;
        }
        List<TopNAnswer.Row> rows = new ArrayList<>();
        counts.forEach((group, count) ->
                rows.add(new TopNAnswer.Row(group.labels(), group.folded(), count, atMost(seen, query, group, count))));
        rows.sort(Model::compare);
        return new TopNAnswer(rows.subList(0, Math.min(query.n(), rows.size())), total, unknown, exact, buckets);
    }

    private static List<Seen> seen(List<Requests> all, TopNQuery query) {
        List<Seen> seen = new ArrayList<>();
        for (Requests requests : all) {
            Answer answer = matches(query.filter(), requests);
            if (answer != Answer.NO) {
                int folded = folded(requests, query.groupBy());
                seen.add(new Seen(labels(requests, query.groupBy()), folded, answer, requests.count()));
            }
        }
        return seen;
    }

    private static long atMost(List<Seen> seen, TopNQuery query, TopNAnswer.Row group, long count) {
        if (group.folded() == (1 << query.groupBy().size()) - 1) {
            return count;
        }
        return seen.stream()
                .filter(one -> agree(one, group))
                .mapToLong(Seen::count)
                .sum();
    }

    private static boolean agree(Seen one, TopNAnswer.Row group) {
        for (int i = 0; i < one.labels.size(); i++) {
            boolean groupKnows = (group.folded() >>> i & 1) == 0;
            boolean oneKnows = (one.folded >>> i & 1) == 0;
            if (oneKnows
                    && !(groupKnows && one.labels.get(i).equals(group.labels().get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static int compare(TopNAnswer.Row a, TopNAnswer.Row b) {
        int byCount = Long.compare(b.count(), a.count());
        return byCount != 0 ? byCount : Arrays.compareUnsigned(joined(a), joined(b));
    }

    private static byte[] joined(TopNAnswer.Row row) {
        return String.join("\0", row.labels()).getBytes(StandardCharsets.UTF_8);
    }

    static long count(Filter filter, List<Requests> all, Answer wanted) {
        return all.stream()
                .filter(r -> matches(filter, r) == wanted)
                .mapToLong(Requests::count)
                .sum();
    }
}
