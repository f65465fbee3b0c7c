package logtail.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code completion}: a script for bash, and for zsh by its bash completion, made from the flags that the commands
 * parse.
 */
final class CompletionCommand {
    private static final String PROGRAM = "logtail";

    private CompletionCommand() {}

    static int run(Shell shell, List<String> args) {
        Callable<Integer> print = () -> {
            shell.out().print(script(shell));
            return ExitCode.OK;
        };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(print);
        spec.usageMessage()
                .description("Prints what makes bash or zsh complete commands and flags: source <(logtail completion),"
                        + " or into a file of /etc/bash_completion.d.");
        return CommandLines.run("completion", new CommandLine(spec), shell, args);
    }

    static String script(Shell shell) {
        CommandSpec root = CommandSpec.create().name(PROGRAM);
        for (Command command : Commands.ALL) {
            CommandLine line = command.flags().apply(shell);
            CommandLines.addHelp(line.getCommandSpec());
            root.addSubcommand(command.name(), line);
        }
        return AutoComplete.bash(PROGRAM, new CommandLine(root));
    }
}
