package logtail.verify.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Tests of the real programs: skipped as a class while the jar is not built (see {@link Requirement}). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsJar.Condition.class)
public @interface NeedsJar {
    /** Asks once per class. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (context.getTestMethod().isPresent()) {
                return ConditionEvaluationResult.enabled("its class is");
            }
            try {
                return ConditionEvaluationResult.enabled(
                        Jar.path(context.getDisplayName()).toString());
            } catch (TestAbortedException missing) {
                return ConditionEvaluationResult.disabled(missing.getMessage());
            }
        }
    }
}
