package logtail.cli;

import java.util.List;
import logtail.runtime.config.Config;
import logtail.runtime.config.ConfigFile;
import logtail.runtime.config.Program;
import logtail.runtime.config.Sources;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** {@code check [PROGRAM] -conf FILE}: {@code FILE: ok}, or the line that the program would stop with. */
final class CheckCommand extends InspectCommand {
    private CheckCommand(Shell shell, List<String> args) {
        super("check", "Says whether PROGRAM would start with a configuration.", shell, args);
    }

    static int run(Shell shell, List<String> args) {
        return new CheckCommand(shell, args).run();
    }

    /** Its flags, for completion. */
    static CommandLine command(Shell shell) {
        return new CommandLine(new CheckCommand(shell, List.of()).spec());
    }

    @Override
    void inspect(Program program, Sources sources, ParseResult parsed) {
        ConfigFile file = sources.file();
        if (file == null) {
            throw wrong("-conf FILE is missing");
        }
        Config.load(program, sources);
        shell().out().println(file.where() + ": ok");
    }
}
