package logtail.core.query.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import logtail.core.query.Filter;
import logtail.core.query.Term;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;

/** Random conditions, with values that are easily taken for something else. */
final class AnyFilter {
    private static final String ALPHABET =
            "ab/.0159:xX \t\n\"'\\,()=~!<>&|-_%\u00a0\u2028ü\ud83d\ude00(other)AND OR NOT IN";
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "AND",
            "a AND b",
            "\"",
            "\\",
            "\\\"",
            "'a'",
            "=a",
            "~a",
            "!~=",
            "(a)",
            "a,b",
            "a)",
            "a b",
            "\\(other)");
    private static final List<String> REGEXES =
            List.of("^/(a|b), c$", "", "\\d+", "a{2,3}", "\"x\"", "^[^ ,)]*$", "(?i)x y", "=~", "\\Q \\E");

    private final Random random;

    AnyFilter(long seed) {
        random = new Random(seed);
    }

    Filter next() {
        List<Term> terms = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            Term term = term();
            if (!terms.contains(term)) {
                terms.add(term);
            }
        }
        return new Filter(terms);
    }

    private Term term() {
        Dimension dimension = pick(Schema.LOGTAIL.dimensions());
        if (random.nextInt(3) == 0) {
            List<String> values = IntStream.rangeClosed(0, random.nextInt(5))
                    .mapToObj(i -> value(dimension, true))
                    .toList();
            return Term.of(dimension, random.nextBoolean() ? FilterOp.IN : FilterOp.NOT_IN, values);
        }
        FilterOp op = pick(dimension.operators().stream().sorted().toList());
        if (op.isRegex()) {
            return Term.of(dimension, op, pick(REGEXES));
        }
        return Term.of(dimension, op, value(dimension, op == FilterOp.EQ || op == FilterOp.NE));
    }

    private String value(Dimension dimension, boolean orClass) {
        if (orClass && dimension.kind() == ColumnKind.STATUS && random.nextInt(3) == 0) {
            return 1 + random.nextInt(9) + "xX";
        }
        return switch (dimension.kind()) {
            case TEXT -> random.nextBoolean() ? pick(TEXTS) : text();
            case PREFIX ->
                random.nextBoolean()
                        ? random.nextInt(256) + "." + random.nextInt(256) + ".0.0/" + random.nextInt(33)
                        : "2001:DB8:" + Integer.toHexString(random.nextInt(65_536)) + "::1/" + random.nextInt(129);
            case STATUS -> Integer.toString(random.nextInt(10_000));
            case FLAG -> Integer.toString(random.nextInt(2));
            case ASN -> Integer.toUnsignedString(random.nextInt());
        };
    }

    private String text() {
        int[] points = ALPHABET.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString().equals("(other)") ? "x" : text.toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
