package logtail.frontend;

/** Every limit of the HTTP side, and what happens beyond it. */
final class HttpLimits {
    /**
     * Longest request line; a longer one is answered 414. A drill-down may carry three texts of 8 KiB with every byte
     * escaped, and a filter that is typed comes with the filters it replaces.
     */
    static final int REQUEST_LINE_BYTES = 192 << 10;

    /** Longest header block; a longer one is answered 431. */
    static final int HEADER_BYTES = 16 << 10;

    /** Open connections; a further one is closed at once. */
    static final int CONNECTIONS = 1_000;

    /** A connection that has not sent a whole request after this time is closed, however busily it sends. */
    static final int REQUEST_WAIT_MS = 30_000;

    /** A connection on which nothing moves for so long is closed, also in the middle of an answer. */
    static final int IDLE_SECONDS = 60;

    /** All questions of one page together (FR-6.4); then the page shows what it has. */
    static final int DEADLINE_MS = 5_000;

    /** Answers with more rows are turned into pages and JSON off the event loop. */
    static final int ROWS_ON_EVENT_LOOP = 250;

    private HttpLimits() {}
}
