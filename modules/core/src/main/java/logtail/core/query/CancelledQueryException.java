package logtail.core.query;

import java.util.function.BooleanSupplier;

/** Nobody waits for the answer any more: the deadline has passed, or the caller has left. */
public final class CancelledQueryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CancelledQueryException() {
        super("the query was cancelled");
    }

    static void throwIf(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancelledQueryException();
        }
    }
}
