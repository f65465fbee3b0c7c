package logtail.cli.query;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The condition of {@code --fail-if}, for scripts that watch: {@code count>10000} is met when any row has more.
 *
 * @param field one of those that the command prints
 */
record FailIf(String field, String operator, long number) {
    private static final Pattern TEXT = Pattern.compile("\\s*([a-z_]+)\\s*(>=|<=|!=|=|>|<)\\s*([0-9]{1,18})\\s*");

    /** The condition of a text; empty when it is none. */
    static Optional<FailIf> of(String text, List<String> fields) {
        Matcher matcher = TEXT.matcher(text);
        boolean valid = matcher.matches() && fields.contains(matcher.group(1));
        return valid
                ? Optional.of(new FailIf(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** Whether a value of that field meets it. */
    boolean isMet(String name, long value) {
        return name.equals(field)
                && switch (operator) {
                    case ">" -> value > number;
                    case ">=" -> value >= number;
                    case "<" -> value < number;
                    case "<=" -> value <= number;
                    case "=" -> value == number;
                    default -> value != number;
                };
    }
}
