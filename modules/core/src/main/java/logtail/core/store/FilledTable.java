package logtail.core.store;

/**
 * The table of a bucket that has ended, on its way to the {@link Sealer}; whoever holds it owns the table.
 *
 * @param table its requests
 * @param startSeconds its timestamp, Unix seconds
 * @param catchUp whether it holds lines that waited longer than one bucket before they were read (D14)
 */
public record FilledTable(LiveTable table, long startSeconds, boolean catchUp) {}
