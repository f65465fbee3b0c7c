package logtail.cli;

import java.util.List;

/**
 * One word behind {@code logtail}.
 *
 * @param about what it does, on one line of the overview
 */
public record Command(String name, String about, Body body) {
    /** Does the work. */
    public interface Body {
        /**
         * Runs to the end; a service, until it is stopped.
         *
         * @param args what follows the command's name
         * @return one of {@link ExitCode}
         */
        int run(Shell shell, List<String> args);
    }
}
