package logtail.core.query;

/** A question that makes no sense; its message is one clear line for the one who asked. */
public final class InvalidQueryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidQueryException(String message) {
        super(message);
    }
}
