package logtail.cli;

import java.util.List;
import java.util.Optional;
import logtail.cli.query.ExplainCommand;
import logtail.cli.query.ScanCommand;
import logtail.cli.query.StreamCommand;
import logtail.cli.query.TargetsCommand;
import logtail.cli.query.TopNCommand;
import logtail.cli.query.TrendCommand;
import logtail.runtime.config.Program;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Every command there is. Only the one that is run has its classes loaded: a query must answer in a blink, and knows
 * nothing of servers.
 */
final class Commands {
    static final List<Command> ALL = List.of(
            service(Program.COLLECTOR, "read the logs of this host, count, answer (one per nginx host)"),
            service(Program.FRONTEND, "the dashboard, asking a collector or an aggregator"),
            service(Program.STANDALONE, "collector and frontend in one process"),
            service(Program.DEMO, "standalone on made-up traffic with an attack, with minutes of one second"),
            new Command(
                    "run",
                    "a verticle under the launcher of Vert.x: run VERTICLE -conf FILE [...]",
                    RunCommand::run,
                    Commands::noFlags),
            new Command("topn", "what most requests go to or come from", TopNCommand::run, TopNCommand::command),
            new Command(
                    "trend",
                    "how many requests there were, bucket by bucket",
                    TrendCommand::run,
                    TrendCommand::command),
            new Command("stream", "every bucket as soon as it is complete", StreamCommand::run, StreamCommand::command),
            new Command(
                    "targets",
                    "whom a node speaks for, and how current their data is",
                    TargetsCommand::run,
                    TargetsCommand::command),
            new Command(
                    "scan",
                    "topn over log files, plain or compressed, or -, without a daemon",
                    ScanCommand::run,
                    ScanCommand::command),
            new Command(
                    "explain",
                    "every field of each line of a log, or where it stops and why",
                    ExplainCommand::run,
                    ExplainCommand::command),
            new Command("check", "say whether a configuration can be used", CheckCommand::run, CheckCommand::command),
            new Command(
                    "dump",
                    "print the effective configuration and where each value came from",
                    DumpCommand::run,
                    DumpCommand::command),
            new Command(
                    "completion",
                    "print what makes bash or zsh complete commands and flags",
                    CompletionCommand::run,
                    Commands::noFlags),
            new Command("version", "print version, commit and build date", VersionCommand::run, Commands::noFlags));

    private Commands() {}

    static Optional<Command> find(String name) {
        return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Command::name).toList();
    }

    private static Command service(Program program, String about) {
        return new Command(
                program.id(),
                about,
                (shell, args) -> ServiceCommand.run(program, about, shell, args),
                shell -> ServiceCommand.command(program, about, shell));
    }

    private static CommandLine noFlags(Shell shell) {
        return new CommandLine(CommandSpec.create());
    }
}
