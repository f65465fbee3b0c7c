package logtail.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import logtail.cli.query.ExplainCommand;
import logtail.cli.query.ScanCommand;
import logtail.cli.query.TopNCommand;
import logtail.cli.query.TrendCommand;

/**
 * {@code warm-up}: loads what queries need and says nothing, so that the launcher can make its archive of classes. Not
 * among the commands, because nobody else has a use for it.
 */
final class WarmUp {
    static final String NAME = "warm-up";

    /** Nothing listens there, so that every question is answered at once: by a failure. */
    private static final List<String> NOBODY = List.of("--target", "127.0.0.1:1", "--timeout", "1s");

    private static final String NOTHING = "/dev/null";

    private WarmUp() {}

    static int run() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Shell shell = new Shell(nowhere, nowhere, Map.of(), () -> NAME);
        TopNCommand.run(shell, NOBODY);
        TrendCommand.run(shell, NOBODY);
        TopNCommand.run(
                shell, List.of("--json", "--group-by", "tuple", "--status", ">=400", NOBODY.get(0), NOBODY.get(1)));
        ScanCommand.run(shell, List.of("--group-by", "tuple", NOTHING));
        ScanCommand.run(shell, List.of("--json", "--log-format", "combined", "--keys", "100", NOTHING));
        ExplainCommand.run(shell, List.of(NOTHING));
        return ExitCode.OK;
    }
}
