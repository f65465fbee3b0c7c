package logtail.sources.tail;

/**
 * The content of a file from one truncation to the next. Batches point to it, so that what comes back of an earlier
 * content does not move the position in a later one.
 */
final class Run {
    private long returnedTo;

    Run(long from) {
        this.returnedTo = from;
    }

    /** Everything before this byte has been counted: the position worth saving (D24). */
    long returnedTo() {
        return returnedTo;
    }

    void returned(long to) {
        returnedTo = to;
    }
}
