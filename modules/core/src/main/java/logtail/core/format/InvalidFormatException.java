package logtail.core.format;

/** A format that cannot be read, or lines of which could not be told apart. */
public final class InvalidFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param message what is wrong, reads on after the name of the setting
     */
    public InvalidFormatException(String message) {
        super(message);
    }

    /** What is wrong. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
