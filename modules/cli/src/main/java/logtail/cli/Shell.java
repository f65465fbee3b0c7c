package logtail.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import logtail.runtime.config.HostName;
import logtail.runtime.report.Logging;

/**
 * What a command sees of the process it runs in.
 *
 * @param out answers
 * @param err one line for each error
 * @param environment the environment variables
 * @param hostName asked only when needed
 */
public record Shell(PrintStream out, PrintStream err, Map<String, String> environment, Supplier<String> hostName) {
    /** This process, with both streams in UTF-8 whatever the locale; libraries log nothing unless a service wants it. */
    static Shell ofProcess() {
        Logging.quiet();
        System.setOut(utf8(FileDescriptor.out, false));
        System.setErr(utf8(FileDescriptor.err, true));
        return new Shell(System.out, System.err, System.getenv(), HostName::local);
    }

    private static PrintStream utf8(FileDescriptor descriptor, boolean flushedByLine) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), flushedByLine, StandardCharsets.UTF_8);
    }
}
