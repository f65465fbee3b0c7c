package logtail.core.store;

/** Bytes that are no {@link PeerRollups}; the message says where they stop making sense. */
public final class InvalidRollupsException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidRollupsException(String message) {
        super(message);
    }
}
