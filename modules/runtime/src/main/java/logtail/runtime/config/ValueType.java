package logtail.runtime.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One kind of value: how it is written as text (flags, environment) and in JSON, and what it may be.
 *
 * @param <T> what the program gets
 */
public abstract class ValueType<T> {
    private final String label;
    private final String rule;

    ValueType(String label, String rule) {
        this.label = label;
        this.rule = rule;
    }

    /** What stands for a value in {@code --help}, such as {@code DURATION}. */
    public final String label() {
        return label;
    }

    /** What a value must be; reads on after "is not". */
    public final String rule() {
        return rule;
    }

    /** What a value may be, with its bounds, for a table. */
    public String allowed() {
        return rule.replaceFirst("^an? ", "");
    }

    /**
     * Reads the text of a flag or an environment variable.
     *
     * @throws Invalid when it breaks the rule
     */
    abstract T ofText(String text);

    /**
     * Reads a JSON value; text is read like a flag's, any other JSON type is refused.
     *
     * @throws Invalid when it breaks the rule
     */
    T ofJson(@Nullable Object json) {
        if (json instanceof String text) {
            return ofText(text);
        }
        throw wrongJsonType(json);
    }

    /**
     * One text from those of a flag that was given several times: the last one counts, but lists add up.
     *
     * @param texts at least one
     */
    public String join(List<String> texts) {
        return texts.get(texts.size() - 1);
    }

    /** The text that reads back as the same value. */
    abstract String text(T value);

    /** The JSON value that reads back as the same value. */
    Object json(T value) {
        return text(value);
    }

    final Invalid wrongJsonType(@Nullable Object json) {
        return new Invalid(Quote.json(json) + " is not " + rule);
    }
}
