package logtail.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import logtail.core.text.Nearest;
import logtail.runtime.report.BuildInfo;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How every command line behaves: dashes, help, version, and one line per error. */
public final class CommandLines {
    private static final int HELP_COLUMNS = 110;

    /** How picocli begins a line about a flag, which we begin with the flag. */
    private static final String PICOCLI_PLACE = "^Invalid value for option '[^']*'( \\([^)]*\\))?: ";

    private CommandLines() {}

    /**
     * Parses and runs a command.
     *
     * @param name the word behind {@code logtail}
     * @param line its flags, with two dashes when long; its user object is a {@code Callable} of the exit code
     * @return its exit code, or {@link ExitCode#USAGE} or {@link ExitCode#FAILURE} after one line on {@code err}
     */
    public static int run(String name, CommandLine line, Shell shell, List<String> args) {
        CommandSpec spec = line.getCommandSpec();
        spec.name("logtail " + name);
        addHelp(spec);
        line.setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpWidth(HELP_COLUMNS)
                .setUsageHelpLongOptionsMaxWidth(HELP_COLUMNS / 2)
                .setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setParameterExceptionHandler((wrong, given) -> {
                    shell.err().println(line(name, wrong));
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((thrown, command, parsed) -> failed(name, thrown, shell));
        List<String> normal = Dashes.normalise(args, spec.optionsMap().keySet());
        return line.execute(normal.toArray(String[]::new));
    }

    static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--help", "-h")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        spec.addOption(OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Print version, commit and build date.")
                .build());
        spec.versionProvider(() -> new String[] {BuildInfo.current().text()});
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static int failed(String name, Exception thrown, Shell shell) {
        shell.err().println(Failure.line(name, thrown));
        return Failure.exitCode(thrown);
    }

    private static String line(String name, ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            Set<String> known =
                    wrong.getCommandLine().getCommandSpec().optionsMap().keySet();
            return name + ": " + unmatched(unmatched.getUnmatched().get(0), known);
        }
        if (wrong instanceof MissingParameterException missing
                && missing.getMissing().get(0) instanceof OptionSpec o) {
            return o.longestName() + ": a value is missing";
        }
        String message = Failure.oneLine(String.valueOf(wrong.getMessage()));
        if (wrong.getArgSpec() instanceof OptionSpec option) {
            return option.longestName() + ": " + message.replaceFirst(PICOCLI_PLACE, "");
        }
        return name + ": " + message;
    }

    private static String unmatched(String arg, Set<String> known) {
        if (!arg.startsWith("-") || arg.length() == 1) {
            return "unexpected argument " + quoted(arg);
        }
        int equals = arg.indexOf('=');
        String flag = equals < 0 ? arg : arg.substring(0, equals);
        return "unknown flag " + Failure.oneLine(flag) + Nearest.hint(flag, new TreeSet<>(known), name -> name);
    }

    static String quoted(String text) {
        return '"' + Failure.oneLine(text) + '"';
    }
}
