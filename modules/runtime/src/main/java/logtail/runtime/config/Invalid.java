package logtail.runtime.config;

/** A value that breaks the rule of its type; the message says which rule, whoever catches it adds where. */
final class Invalid extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Invalid(String what) {
        super(what);
    }

    /** {@code "abc" is not RULE}. */
    static Invalid isNot(String text, String rule) {
        return new Invalid(Quote.text(text) + " is not " + rule);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
