package logtail.core.query.lang;

/** A filter expression that makes no sense; its message is one line, without the place. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;
    private final int column;

    /**
     * @param offset index into {@code text} of the char at which it stops making sense; its length for its end
     */
    ExpressionException(String message, String text, int offset) {
        super(message, null, false, false);
        this.offset = offset;
        this.column = text.codePointCount(0, offset) + 1;
    }

    /** Index of the char at which the text stops making sense; the length of the text when something is missing. */
    public int offset() {
        return offset;
    }

    /** The same as people count: characters, from 1. */
    public int column() {
        return column;
    }

    /** What is wrong and where, in one line. */
    public String line() {
        return getMessage() + " at column " + column;
    }
}
