package logtail.cli;

import java.net.BindException;
import java.util.NoSuchElementException;
import logtail.runtime.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What went wrong, for the operator: one line and an exit code. */
final class Failure {
    private Failure() {}

    /** {@link ExitCode#USAGE} where a configuration is to blame, else {@link ExitCode#FAILURE}. */
    static int exitCode(Throwable thrown) {
        return configuration(thrown) == null ? ExitCode.FAILURE : ExitCode.USAGE;
    }

    /**
     * The line of a bad configuration as it is, or the first message among the causes behind the program's name.
     *
     * @param name of the program
     */
    static String line(String name, Throwable thrown) {
        ConfigException configuration = configuration(thrown);
        if (configuration != null) {
            return oneLine(String.valueOf(configuration.getMessage()));
        }
        Throwable telling = thrown;
        while (saysNothing(telling) && telling.getCause() != null) {
            telling = telling.getCause();
        }
        return name + ": " + oneLine(text(telling));
    }

    private static @Nullable ConfigException configuration(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ConfigException configuration) {
                return configuration;
            }
        }
        return null;
    }

    /** Wrappers without a message of their own repeat that of their cause. */
    private static boolean saysNothing(Throwable thrown) {
        String message = thrown.getMessage();
        Throwable cause = thrown.getCause();
        return message == null || message.isBlank() || (cause != null && message.equals(cause.toString()));
    }

    private static String text(Throwable thrown) {
        // The system does not say what it is that it refuses; whoever wraps its error does.
        if (thrown instanceof BindException
                && !String.valueOf(thrown.getMessage()).contains(":")) {
            return "cannot bind: " + thrown.getMessage();
        }
        // Some messages are only the name of what is missing.
        boolean bare = thrown instanceof ReflectiveOperationException
                || thrown instanceof LinkageError
                || thrown instanceof NoSuchElementException
                || saysNothing(thrown);
        return bare ? thrown.toString() : String.valueOf(thrown.getMessage());
    }

    /** The text with control characters as blanks. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
