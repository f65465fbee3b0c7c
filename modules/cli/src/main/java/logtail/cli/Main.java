package logtail.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import logtail.core.text.Nearest;

/** Entry point of the jar: finds the command and hands it the rest of the command line. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Shell shell = Shell.ofProcess();
        int code = run(List.of(args), shell);
        shell.out().flush();
        System.exit(code);
    }

    /** Runs a command line to its end and returns the exit code. */
    static int run(List<String> args, Shell shell) {
        if (args.isEmpty()) {
            usage(shell.err());
            return ExitCode.USAGE;
        }
        String name = args.get(0);
        if (isHelp(name)) {
            usage(shell.out());
            return ExitCode.OK;
        }
        List<String> rest = args.subList(1, args.size());
        if (name.equals("--version") || name.equals("-version")) {
            return VersionCommand.run(shell, rest);
        }
        if (name.equals(WarmUp.NAME)) {
            return WarmUp.run();
        }
        Optional<Command> command = Commands.find(name);
        if (command.isEmpty()) {
            shell.err().println("logtail: " + unknown(name));
            return ExitCode.USAGE;
        }
        return command.get().body().run(shell, rest);
    }

    private static boolean isHelp(String word) {
        return Arrays.asList("--help", "-help", "-h", "help").contains(word);
    }

    private static String unknown(String word) {
        if (word.startsWith("-")) {
            return "a command is needed in front of " + CommandLines.quoted(word);
        }
        String hint = Nearest.hint(word, Commands.names(), CommandLines::quoted);
        return "unknown command " + CommandLines.quoted(word) + hint;
    }

    private static void usage(PrintStream out) {
        out.println("Usage: logtail COMMAND [--flag VALUE]...");
        out.println();
        Commands.ALL.forEach(command -> out.printf("  %-11s %s%n", command.name(), command.about()));
        out.println();
        out.println("logtail COMMAND --help shows its flags.");
        out.flush();
    }
}
