package logtail.core.query;

/** Takes the requests that a filter lets through, once in all and once more by class of status. */
abstract class Tally {
    /** The class of a row whose status was folded. */
    static final int UNKNOWN = -1;

    /** Takes rows whose class is not asked for. */
    abstract void add(Block block);

    /** Takes those of the same rows, or as much of each, as have a status of that class. */
    abstract void addOfClass(Block block, int statusClass);

    /**
     * Takes rows, each with its class.
     *
     * @param classes ordinal of the class by row, or {@link #UNKNOWN}
     */
    abstract void addByClass(Block block, int[] classes);
}
