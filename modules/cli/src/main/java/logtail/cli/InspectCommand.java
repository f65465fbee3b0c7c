package logtail.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import logtail.core.text.Nearest;
import logtail.runtime.config.ConfigFile;
import logtail.runtime.config.Program;
import logtail.runtime.config.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code check} and {@code dump}: a configuration as the program would see it, flags and environment included, without
 * starting anything.
 */
abstract class InspectCommand implements Callable<Integer> {
    private final String name;
    private final Shell shell;
    private final List<String> args;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Program flagsOf;

    InspectCommand(String name, String about, Shell shell, List<String> args) {
        this.name = name;
        this.shell = shell;
        this.args = args;
        this.flagsOf = named(args).orElse(Program.STANDALONE);
        spec.usageMessage()
                .description(about)
                .footer("", "It takes the flags of PROGRAM too, and sees the same environment.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("PROGRAM")
                .arity("0..1")
                .type(String.class)
                .description("One of " + String.join(", ", programs()) + "; may be left out when the file has a"
                        + " section for each program.")
                .build());
        ConfigOptions.addTo(spec, flagsOf, false);
    }

    final int run() {
        return CommandLines.run(name, new CommandLine(spec), shell, args);
    }

    @Override
    public final Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        Sources sources = ConfigOptions.sources(parsed, flagsOf, shell);
        requireProgram(parsed, sources.file());
        inspect(flagsOf, sources, parsed);
        return ExitCode.OK;
    }

    abstract void inspect(Program program, Sources sources, ParseResult parsed);

    final Shell shell() {
        return shell;
    }

    final CommandSpec spec() {
        return spec;
    }

    final ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private void requireProgram(ParseResult parsed, @Nullable ConfigFile file) {
        String given = parsed.matchedPositionalValue(0, "");
        if (!given.isEmpty() && Program.of(given).isEmpty()) {
            throw wrong("unknown program " + CommandLines.quoted(given)
                    + Nearest.hint(given, programs(), CommandLines::quoted));
        }
        if (given.isEmpty() && (file == null || !file.isSectioned())) {
            throw wrong("name the program: " + name + " PROGRAM -conf FILE"
                    + (file == null ? "" : ", " + file.where() + " has no sections of programs"));
        }
    }

    /** The program among the arguments, needed before they are parsed because the flags are its own. */
    private static Optional<Program> named(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            boolean isValue = i > 0 && takesValue(args.get(i - 1));
            Optional<Program> program = isValue ? Optional.empty() : Program.of(args.get(i));
            if (program.isPresent()) {
                return program;
            }
        }
        return Optional.empty();
    }

    private static boolean takesValue(String arg) {
        return arg.startsWith("-") && arg.indexOf('=') < 0 && !arg.matches("--?json");
    }

    private static List<String> programs() {
        return Arrays.stream(Program.values()).map(Program::id).toList();
    }
}
