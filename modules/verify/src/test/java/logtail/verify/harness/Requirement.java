package logtail.verify.harness;

import java.util.Set;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs from the machine. Missing, the test is skipped with one line on stdout, or fails when the system
 * property {@code logtail.require} is {@code true}.
 */
public final class Requirement {
    private static final Set<StackWalker.Option> CLASSES = Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String HARNESS = Requirement.class.getPackageName();
    private static final String TESTS = HARNESS.substring(0, HARNESS.lastIndexOf('.'));

    private Requirement() {}

    /**
     * @param present whether the machine has it
     * @param problem what is wrong when it has not, as in {@code nginx is not installed}
     */
    public static void met(boolean present, String problem) {
        if (!present) {
            missing(asking(), problem);
        }
    }

    /** As {@link #met}, on behalf of a test that is not on the stack. */
    static void missing(String test, String problem) {
        if (Boolean.getBoolean("logtail.require")) {
            throw new AssertionError(problem + ", and logtail.require forbids to skip");
        }
        System.out.println("SKIPPED " + test + ": " + problem);
        throw new TestAbortedException(problem);
    }

    /** The test that asks: the innermost frame outside of the harness. */
    private static String asking() {
        return StackWalker.getInstance(CLASSES).walk(frames -> frames.filter(
                        frame -> frame.getClassName().startsWith(TESTS + "."))
                .filter(frame -> !frame.getDeclaringClass().getPackageName().equals(HARNESS)
                        || frame.getClassName().endsWith("Test"))
                .findFirst()
                .map(frame -> frame.getDeclaringClass().getSimpleName() + "." + frame.getMethodName())
                .orElse("a test"));
    }
}
