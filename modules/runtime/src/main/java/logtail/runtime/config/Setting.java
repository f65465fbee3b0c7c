package logtail.runtime.config;

/**
 * The effective value of one key.
 *
 * @param value what the program gets
 * @param text as it was written
 * @param <T> type of the value
 */
public record Setting<T>(Program.Slot slot, T value, String text, Origin origin) {
    /** The value for JSON: text as it was written, or a number or a list. */
    @SuppressWarnings("unchecked") // the slot's key has the type of the value; only Reading makes settings
    public Object json() {
        Object json = ((ValueType<T>) slot.key().type()).json(value);
        return json instanceof String ? text : json;
    }

    /** Begins an error line about this value. */
    String place() {
        return origin.place(slot);
    }
}
