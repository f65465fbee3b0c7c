package logtail.cli.query;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.List;
import java.util.concurrent.Callable;
import logtail.cli.CommandLines;
import logtail.cli.Shell;
import logtail.core.text.Visible;
import logtail.runtime.client.LogtailClient;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the four commands share: whom to ask, and how to print what they say. */
abstract class QueryCommand implements Callable<Integer> {
    /** Longest answer that is accepted (D28). */
    private static final int MESSAGE_BYTES = 64 << 20;

    private final String name;
    private final Shell shell;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Flags flags = new Flags(spec);
    private final OptionSpec target;
    private final OptionSpec json;

    QueryCommand(String name, String about, Shell shell) {
        this.name = name;
        this.shell = shell;
        spec.usageMessage().description(about);
        this.target =
                flags.values("--target", "HOST:PORT[,...]", "Whom to ask; may be repeated. Default: localhost:9090.");
        this.json = flags.toggle("--json", "Print JSON.");
    }

    final int run(List<String> args) {
        return CommandLines.run(name, line(), shell, args);
    }

    final CommandLine line() {
        return new CommandLine(spec);
    }

    @Override
    public final Integer call() throws Exception {
        List<Peer> peers = peers();
        prepare();
        Vertx vertx = vertx();
        try {
            return ask(vertx, new LogtailClient(vertx, MESSAGE_BYTES), peers);
        } finally {
            // The process ends anyway; who waits here only waits longer.
            vertx.close();
        }
    }

    private List<Peer> peers() {
        List<String> given = target.originalStringValues();
        try {
            return Peer.of(given.isEmpty() ? List.of("localhost:9090") : given);
        } catch (IllegalArgumentException wrong) {
            throw flags.wrong(target, String.valueOf(wrong.getMessage()));
        }
    }

    /** Small and quick to start: one event loop, no files. */
    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /** Reads the command's own flags; a usage error ends it here, before anything is asked. */
    abstract void prepare();

    /** Asks and prints; the exit code. */
    abstract int ask(Vertx vertx, LogtailClient client, List<Peer> peers) throws Exception;

    final Flags flags() {
        return flags;
    }

    final Shell shell() {
        return shell;
    }

    final boolean isJson() {
        return Flags.isGiven(json);
    }

    /** One line about a target on standard error. */
    final void complain(Peer peer, String what) {
        shell.err().println(peer.name() + ": " + Visible.text(what));
    }
}
