package logtail.core.line;

/** Turns the raw lines of a batch into records; one per input format. Not threadsafe. */
public interface LineDecoder {
    /**
     * Decodes every line of the batch: accepted ones become records, refused ones are counted in the batch's
     * {@link InputStats} with their reason (D2). Empty lines count as nothing.
     */
    void decode(Batch batch);
}
