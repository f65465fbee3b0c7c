package logtail.cli;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * One word behind {@code logtail}.
 *
 * @param about what it does, on one line of the overview
 * @param flags made for completion; those that it parses are the same
 */
public record Command(String name, String about, Body body, Function<Shell, CommandLine> flags) {
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
