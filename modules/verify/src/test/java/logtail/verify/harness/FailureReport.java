package logtail.verify.harness;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints what the running programs said when a test fails; registered for every test of this module. */
public final class FailureReport implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) {
        boolean failed = context.getExecutionException()
                .filter(problem -> !(problem instanceof org.opentest4j.TestAbortedException))
                .isPresent();
        if (failed) {
            System.out.println("FAILED " + context.getDisplayName() + "\n" + LogtailProcess.reportAll());
        }
    }
}
