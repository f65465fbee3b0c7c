package logtail.frontend.query;

/** A filter expression that makes no sense. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    private final int column;

    ExpressionException(String message, int column) {
        super(message, null, false, false);
        this.column = column;
    }

    /** The character, from 0, at which it stops making sense. */
    public int column() {
        return column;
    }
}
