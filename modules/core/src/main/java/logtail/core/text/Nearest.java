package logtail.core.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds what was probably meant. */
public final class Nearest {
    /** Up to this many edits, or a third of the word, it is called a likely slip. */
    private static final int LIKELY_EDITS = 2;

    private Nearest() {}

    /** The end of an error line: {@code , did you mean "x"?}, or merely the nearest when nothing is close. */
    public static String hint(String given, Collection<String> known, UnaryOperator<String> quote) {
        Optional<String> nearest = of(given, known);
        if (nearest.isEmpty()) {
            return "";
        }
        String word = nearest.get();
        boolean likely = edits(given, word) <= Math.max(LIKELY_EDITS, given.length() / 3) || isTail(given, word);
        return likely ? ", did you mean " + quote.apply(word) + "?" : ", the nearest is " + quote.apply(word);
    }

    /** The known word with the fewest edits, the first one of equals; empty when nothing is known. */
    public static Optional<String> of(String given, Collection<String> known) {
        String best = null;
        int fewest = Integer.MAX_VALUE;
        for (String word : known) {
            int edits = isTail(given, word) ? 1 : edits(given, word);
            if (edits < fewest) {
                fewest = edits;
                best = word;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code bucket} is meant for {@code rings.fine.bucket}, {@code --listen} for {@code --frontend-listen}. */
    private static boolean isTail(String given, String word) {
        String bare = given.replaceFirst("^-+", "");
        return word.endsWith("." + bare) || word.endsWith("-" + bare);
    }

    /** Insertions, deletions, replacements and swaps of neighbours, upper and lower case being equal. */
    static int edits(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], 1 + beforePrevious[j - 2]);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[b.length()];
    }
}
