package logtail.cli;

import java.util.List;
import java.util.concurrent.Callable;
import logtail.runtime.report.BuildInfo;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code version}. */
final class VersionCommand {
    private VersionCommand() {}

    static int run(Shell shell, List<String> args) {
        Callable<Integer> print = () -> {
            shell.out().println(BuildInfo.current().text());
            return ExitCode.OK;
        };
        return CommandLines.run("version", new CommandLine(CommandSpec.wrapWithoutInspection(print)), shell, args);
    }
}
