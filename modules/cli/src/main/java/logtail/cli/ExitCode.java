package logtail.cli;

/** What the process exits with. */
public final class ExitCode {
    public static final int OK = 0;
    /** An error on every target, an address that cannot be bound, or anything unexpected. */
    public static final int FAILURE = 1;
    /** A command line or a configuration that cannot be used. */
    public static final int USAGE = 2;
    /** Some targets failed, the others were printed. */
    public static final int PARTIAL = 3;
    /** The condition of {@code --fail-if} is met. */
    public static final int CONDITION_MET = 4;

    private ExitCode() {}
}
