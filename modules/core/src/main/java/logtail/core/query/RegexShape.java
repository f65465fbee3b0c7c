package logtail.core.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of an RE2 pattern by reading it: how large its program gets, and which plain text it cannot do
 * without.
 *
 * @param steps at least the number of instructions of its program; {@link #STEPS_CAP} for that many or more
 * @param needed one of these is in every text that matches; null when nothing is known
 * @param others of each of these lists one is in every text that matches, too
 * @param enough whether every text that has one of them does match
 */
/*
 * The library expands counted repetition before it looks at the size, so that "((a{1000}){1000}){1000}" ends in
 * OutOfMemoryError; hence a bound that is known before it compiles. And where a pattern does not begin with plain text
 * it takes some 40 ns for each byte it looks at; hence the search for plain text anywhere in the pattern, which
 * decides most patterns that people write ("gouda.*", "^/api/", "\.php$", "wp-login|xmlrpc") without the library.
 *
 * Reading is one pass with one method for each level of the grammar. It may overstate steps and may miss plain text;
 * it must never understate the one or invent the other. "needed" and "enough" of a pattern that does not compile mean
 * nothing.
 */
record RegexShape(int steps, @Nullable List<Literal> needed, List<List<Literal>> others, boolean enough) {
    static final int STEPS_CAP = 1 << 28;

    /** More alternatives than these are not worth looking for one by one. */
    private static final int NEEDED_MAX = 16;

    /** Lists beside the best one; the more there are, the less one more can refuse. */
    private static final int OTHERS_MAX = 3;

    /** Text that stands somewhere, or only at one end, or (both) is all there is. */
    record Literal(String text, boolean atStart, boolean atEnd) {}

    static RegexShape of(String pattern) {
        Reader reader = new Reader(pattern);
        Part whole = reader.alternatives();
        while (reader.at < pattern.length()) {
            // A stray ) does not compile, but what is behind it still counts.
            reader.at++;
            whole = Part.opaque(sum(whole.steps, reader.alternatives().steps));
        }
        boolean known = whole.needed != null && !reader.flags;
        return new RegexShape(
                sum(whole.steps, 3),
                known ? whole.needed : null,
                known ? whole.others : List.of(),
                known && whole.enough);
    }

    private static int sum(int a, int b) {
        return Math.min(STEPS_CAP, a + b);
    }

    private static int product(int a, int b) {
        return (int) Math.min(STEPS_CAP, (long) a * b);
    }

    /**
     * A piece of a pattern; {@code needed}, {@code others} and {@code enough} as above, of this piece alone.
     *
     * @param exact the only texts that the piece matches; null when it is not that simple
     * @param optional whether the piece also matches nothing, anywhere
     * @param anchor {@code ^}, {@code $}, or 0 when it is neither
     */
    private record Part(
            int steps,
            @Nullable List<Literal> needed,
            List<List<Literal>> others,
            boolean enough,
            @Nullable List<String> exact,
            boolean optional,
            char anchor) {

        static Part opaque(int steps) {
            return new Part(steps, null, List.of(), false, null, false, '\0');
        }

        static Part anchor(char anchor) {
            return new Part(1, null, List.of(), false, null, false, anchor);
        }

        static Part character(int codePoint) {
            boolean half = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            return half ? opaque(1) : texts(List.of(Character.toString(codePoint)), false, false);
        }

        /** One of some plain texts. */
        static Part texts(List<String> texts, boolean atStart, boolean atEnd) {
            boolean free = !atStart && !atEnd;
            List<Literal> needed = texts.stream()
                    .map(text -> new Literal(text, atStart, atEnd))
                    .toList();
            int steps = texts.stream().mapToInt(text -> text.length() + 1).sum();
            return new Part(steps, needed, List.of(), true, free ? texts : null, free && texts.contains(""), '\0');
        }

        static Part nothing() {
            return texts(List.of(""), false, false);
        }

        Part withSteps(int other) {
            return new Part(other, needed, others, enough, exact, optional, '\0');
        }

        /** The piece at least {@code low} times, written out {@code copies} times. */
        Part repeated(int low, int copies) {
            int all = sum(product(copies, sum(steps, 1)), 1);
            if (low == 0) {
                return new Part(all, null, List.of(), false, null, true, '\0');
            }
            return new Part(all, needed, others, enough && (low == 1 || optional), null, optional, '\0');
        }

        Part or(Part other) {
            int both = sum(sum(steps, other.steps), 2);
            return new Part(
                    both,
                    together(needed, other.needed),
                    List.of(),
                    enough && other.enough,
                    together(exact, other.exact),
                    optional || other.optional,
                    '\0');
        }

        /** Both lists in one; null when one is missing, or it gets too long. */
        private static <T> @Nullable List<T> together(@Nullable List<T> some, @Nullable List<T> more) {
            if (some == null || more == null || some.size() + more.size() > NEEDED_MAX) {
                return null;
            }
            List<T> all = new ArrayList<>(some);
            all.addAll(more);
            return all;
        }

        /** How much it helps to look for the needed text: the length of its shortest alternative. */
        int worth() {
            return needed == null
                    ? 0
                    : needed.stream().mapToInt(l -> l.text().length()).min().orElse(0);
        }
    }

    /** Pieces one behind the other. */
    private static final class Sequence {
        private final List<Part> parts = new ArrayList<>();

        void add(Part part) {
            parts.add(part);
        }

        void repeatLast(int low, int copies) {
            if (!parts.isEmpty()) {
                int last = parts.size() - 1;
                parts.set(last, parts.get(last).repeated(low, copies));
            }
        }

        /** Optional pieces can be nothing; a single other one therefore decides, and of several each is needed. */
        Part whole() {
            int steps = parts.stream().mapToInt(Part::steps).reduce(1, RegexShape::sum);
            List<Part> grown = grown();
            List<Part> required = grown.stream().filter(p -> !p.optional).toList();
            if (grown.size() == 1) {
                return grown.get(0).withSteps(steps);
            }
            if (required.isEmpty()) {
                return new Part(steps, Part.nothing().needed, List.of(), true, null, true, '\0');
            }
            Part best = required.get(0);
            for (Part part : required) {
                best = part.worth() > best.worth() ? part : best;
            }
            boolean alone = required.size() == 1;
            return new Part(steps, best.needed, others(required, best), best.enough && alone, null, false, '\0');
        }

        private static List<List<Literal>> others(List<Part> required, Part best) {
            List<List<Literal>> others = new ArrayList<>(best.others);
            for (Part part : required) {
                if (part != best && part.needed != null && part.worth() > 1) {
                    others.add(part.needed);
                }
            }
            return others.subList(0, Math.min(others.size(), OTHERS_MAX));
        }

        /** The pieces with neighbouring plain text, and the anchors beside it, grown together. */
        private List<Part> grown() {
            List<Part> grown = new ArrayList<>();
            int i = 0;
            while (i < parts.size()) {
                boolean atStart = parts.get(i).anchor == '^';
                int from = atStart ? i + 1 : i;
                List<String> texts = List.of("");
                int to = from;
                for (; to < parts.size(); to++) {
                    List<String> longer = followedBy(texts, parts.get(to).exact);
                    if (longer == null) {
                        break;
                    }
                    texts = longer;
                }
                if (to == from) {
                    grown.add(parts.get(i++));
                } else {
                    boolean atEnd = to < parts.size() && parts.get(to).anchor == '$';
                    grown.add(Part.texts(texts, atStart, atEnd));
                    i = atEnd ? to + 1 : to;
                }
            }
            if (grown.isEmpty()) {
                grown.add(Part.nothing());
            }
            return grown;
        }

        /** Each text with each other one behind it; null when those are not known, or there are too many. */
        private static @Nullable List<String> followedBy(List<String> texts, @Nullable List<String> next) {
            if (next == null || texts.size() * next.size() > NEEDED_MAX) {
                return null;
            }
            return texts.stream()
                    .flatMap(text -> next.stream().map(text::concat))
                    .toList();
        }
    }

    private static final class Reader {
        private final String pattern;
        private int at;

        /** A group sets flags: under them letters and anchors may mean something else. */
        private boolean flags;

        Reader(String pattern) {
            this.pattern = pattern;
        }

        /** Up to the end, or to the ) that closes the group. */
        Part alternatives() {
            Part all = sequence();
            while (looksAt('|')) {
                at++;
                all = all.or(sequence());
            }
            return all;
        }

        private Part sequence() {
            Sequence sequence = new Sequence();
            while (at < pattern.length() && !looksAt('|') && !looksAt(')')) {
                if (pattern.startsWith("\\Q", at)) {
                    quoted(sequence);
                } else if (!repetition(sequence)) {
                    sequence.add(atom());
                }
            }
            return sequence.whole();
        }

        private void quoted(Sequence sequence) {
            int end = pattern.indexOf("\\E", at + 2);
            int to = end < 0 ? pattern.length() : end;
            pattern.substring(at + 2, to).codePoints().forEach(c -> sequence.add(Part.character(c)));
            at = end < 0 ? to : to + 2;
        }

        private Part atom() {
            int c = pattern.codePointAt(at);
            at += Character.charCount(c);
            return switch (c) {
                case '(' -> group();
                case '[' -> characterClass();
                case '\\' -> escape();
                case '.' -> Part.opaque(1);
                case '^', '$' -> Part.anchor((char) c);
                default -> Part.character(c);
            };
        }

        private Part group() {
            if (looksAt('?')) {
                at++;
                if (looksAt(':')) {
                    at++;
                } else if (looksAt('P') || looksAt('<')) {
                    skipPast('>');
                } else {
                    flags = true;
                }
            }
            Part inner = alternatives();
            at = Math.min(at + 1, pattern.length());
            return inner.withSteps(sum(inner.steps, 2));
        }

        private Part characterClass() {
            if (looksAt('^')) {
                at++;
            }
            boolean first = true;
            while (at < pattern.length() && (first || !looksAt(']'))) {
                first = false;
                int named = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at + 2) : -1;
                if (named >= 0) {
                    at = named + 2;
                } else {
                    at += looksAt('\\') ? 2 : 1;
                }
            }
            at = Math.min(at + 1, pattern.length());
            return Part.opaque(1);
        }

        private Part escape() {
            if (at == pattern.length()) {
                return Part.opaque(1);
            }
            int c = pattern.codePointAt(at);
            at += Character.charCount(c);
            if (c == 'x' || c == 'p' || c == 'P') {
                if (looksAt('{')) {
                    skipPast('}');
                } else {
                    at = Math.min(at + (c == 'x' ? 2 : 1), pattern.length());
                }
            } else if (c >= '0' && c <= '9') {
                for (int i = 0; i < 2 && at < pattern.length() && isOctal(pattern.charAt(at)); i++) {
                    at++;
                }
            } else if (!Character.isLetter(c)) {
                return Part.character(c);
            }
            return Part.opaque(1);
        }

        /** Reads * + ? {n} {n,} or {n,m}, greedy or not; what it repeats is the last piece of the sequence. */
        private boolean repetition(Sequence sequence) {
            if (looksAt('*') || looksAt('+') || looksAt('?')) {
                sequence.repeatLast(looksAt('+') ? 1 : 0, 1);
                at++;
            } else if (!looksAt('{') || !counted(sequence)) {
                return false;
            }
            if (looksAt('?')) {
                at++;
            }
            return true;
        }

        private boolean counted(Sequence sequence) {
            int start = at;
            at++;
            int low = number();
            int high = low;
            if (looksAt(',')) {
                at++;
                high = looksAt('}') ? low : number();
            }
            if (low < 0 || high < 0 || !looksAt('}')) {
                at = start;
                return false;
            }
            at++;
            sequence.repeatLast(low, Math.max(1, Math.max(low, high)));
            return true;
        }

        /** Decimal digits, or -1. */
        private int number() {
            int start = at;
            int value = 0;
            while (at < pattern.length() && pattern.charAt(at) >= '0' && pattern.charAt(at) <= '9') {
                value = sum(product(value, 10), pattern.charAt(at) - '0');
                at++;
            }
            return at == start ? -1 : value;
        }

        private void skipPast(char end) {
            int found = pattern.indexOf(end, at);
            at = found < 0 ? pattern.length() : found + 1;
        }

        private boolean looksAt(char c) {
            return at < pattern.length() && pattern.charAt(at) == c;
        }

        private static boolean isOctal(char c) {
            return c >= '0' && c <= '7';
        }
    }
}
