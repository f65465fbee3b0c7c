package logtail.frontend.backend;

/** A page asks for a node that the configured one does not name. */
public final class ForeignTargetException extends Exception {
    private static final long serialVersionUID = 1;

    ForeignTargetException() {
        super("the target is neither the configured node nor one that it names", null, false, false);
    }
}
