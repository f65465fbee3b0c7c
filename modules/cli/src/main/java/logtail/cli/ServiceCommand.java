package logtail.cli;

import java.util.List;
import java.util.concurrent.Callable;
import logtail.runtime.config.Config;
import logtail.runtime.config.Program;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code collector}, {@code frontend}, {@code standalone}, {@code demo}: configuration, then the main verticle. */
final class ServiceCommand implements Callable<Integer> {
    private final Program program;
    private final Shell shell;
    private final CommandSpec spec;

    private ServiceCommand(Program program, String about, Shell shell) {
        this.program = program;
        this.shell = shell;
        this.spec = CommandSpec.wrapWithoutInspection(this);
        spec.usageMessage()
                .description("Starts " + program.id() + ": " + about + ".")
                .footer(ConfigOptions.footer(program));
        ConfigOptions.addTo(spec, program, true);
    }

    static int run(Program program, String about, Shell shell, List<String> args) {
        ServiceCommand command = new ServiceCommand(program, about, shell);
        return CommandLines.run(program.id(), new CommandLine(command.spec), shell, args);
    }

    /** Its flags, for completion. */
    static CommandLine command(Program program, String about, Shell shell) {
        return new CommandLine(new ServiceCommand(program, about, shell).spec);
    }

    @Override
    public Integer call() {
        Config config =
                Config.load(program, ConfigOptions.sources(spec.commandLine().getParseResult(), program, shell));
        return new Service(program.id(), Verticles.className(program), config.toJson()).run(shell);
    }
}
