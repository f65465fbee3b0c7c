package logtail.core.query;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import logtail.core.store.Texts;

/** An RE2 pattern, searched for anywhere in a text (D29). Immutable, threadsafe. */
final class Regex {
    /** Longer patterns are refused. */
    static final int PATTERN_BYTES_MAX = 1024;

    /**
     * Patterns whose program may have more instructions, written out, are refused: each costs time for each byte of
     * text, and the library goes as deep into its stack as a program is long.
     */
    static final int STEPS_MAX = 4000;

    /** So much text is searched before somebody asks again whether the answer is still wanted. */
    private static final int PATIENCE_BYTES = 64 << 10;

    private final Pattern pattern;

    /** Of each of these one is in every text that matches. */
    private final Needle[][] needed;

    private final boolean enough;

    private Regex(Pattern pattern, RegexShape shape) {
        this.pattern = pattern;
        this.enough = shape.enough();
        // What can stand at the start only is found or missed at once.
        this.needed = Stream.concat(Stream.ofNullable(shape.needed()), shape.others().stream())
                .sorted(Comparator.comparing(texts -> !texts.stream().allMatch(RegexShape.Literal::atStart)))
                .map(texts -> texts.stream().map(Needle::new).toArray(Needle[]::new))
                .toArray(Needle[][]::new);
    }

    /**
     * @param name whose condition it is, for the message
     * @throws InvalidQueryException when it is no pattern, or too large
     */
    static Regex of(String name, String pattern) {
        int length = pattern.getBytes(StandardCharsets.UTF_8).length;
        if (length > PATTERN_BYTES_MAX) {
            throw new InvalidQueryException(
                    name + ": regex of " + length + " bytes is longer than " + PATTERN_BYTES_MAX);
        }
        RegexShape shape = RegexShape.of(pattern);
        if (shape.steps() > STEPS_MAX) {
            throw new InvalidQueryException(name + ": regex repeats too much: written out it is longer than "
                    + STEPS_MAX + " steps: " + Quoted.bare(pattern));
        }
        try {
            return new Regex(Pattern.compile(pattern), shape);
        } catch (PatternSyntaxException e) {
            throw new InvalidQueryException(name + ": bad regex" + position(pattern, e) + ": " + description(e));
        }
    }

    private static String description(PatternSyntaxException e) {
        if (e.getPattern().equals("stack underflow")) {
            // All that the library has to say about a ) that closes nothing.
            return "unexpected )";
        }
        return e.getPattern().isEmpty() ? e.getDescription() : e.getDescription() + ": " + Quoted.bare(e.getPattern());
    }

    /** The library names the piece it cannot read, not where it is; when it occurs once, that is there. */
    private static String position(String pattern, PatternSyntaxException e) {
        String piece = e.getPattern();
        int at = pattern.indexOf(piece);
        boolean certain = at >= 0 && !piece.isEmpty() && pattern.indexOf(piece, at + 1) < 0;
        return certain ? " at " + (pattern.codePointCount(0, at) + 1) : "";
    }

    /** A test of the values as they were sent, for one query. */
    TextTest newTest(BooleanSupplier cancelled) {
        return new Search(cancelled);
    }

    private final class Search implements TextTest {
        private final Matcher matcher = pattern.matcher("");
        private final BooleanSupplier cancelled;
        private int patienceBytes = PATIENCE_BYTES;

        Search(BooleanSupplier cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public boolean holds(Texts texts, int id) {
            byte[] text = texts.get(id);
            for (Needle[] needles : needed) {
                if (!any(needles, text)) {
                    return false;
                }
            }
            return enough || search(text);
        }

        private boolean search(byte[] text) {
            patienceBytes -= text.length;
            if (patienceBytes < 0) {
                CancelledQueryException.throwIf(cancelled);
                patienceBytes = PATIENCE_BYTES;
            }
            // Not the bytes: on those the library (1.8) lets ^ match behind any character of more than one byte.
            return matcher.reset(new String(text, StandardCharsets.UTF_8)).find();
        }
    }

    private static boolean any(Needle[] needles, byte[] text) {
        for (Needle needle : needles) {
            if (needle.in(text)) {
                return true;
            }
        }
        return false;
    }
}
