package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import logtail.cli.Shell;
import logtail.core.text.Visible;
import logtail.runtime.client.LogtailClient;
import logtail.wire.Freshness;
import logtail.wire.Target;
import picocli.CommandLine;

/** {@code targets}: whom a node speaks for, and how current their data is. */
public final class TargetsCommand extends Fanout<List<Target>> {
    private TargetsCommand(Shell shell) {
        super("targets", "Whom a node speaks for: itself, or its collectors; and how current their data is.", shell);
    }

    /** Runs it to its end and returns the exit code. */
    public static int run(Shell shell, List<String> args) {
        return new TargetsCommand(shell).run(args);
    }

    /** Its flags, for completion. */
    public static CommandLine command(Shell shell) {
        return new TargetsCommand(shell).line();
    }

    @Override
    List<String> csvHeader() {
        return List.of("name", "addr", "state", "age_seconds");
    }

    @Override
    List<List<String>> csvRows(List<Target> targets) {
        return targets.stream()
                .map(target -> List.of(
                        target.name(), target.addr(), target.state().text(), Long.toString(target.ageSeconds())))
                .toList();
    }

    @Override
    Future<List<Target>> ask(LogtailClient client, Peer peer, long timeoutMs) {
        return client.targets(peer.address(), timeoutMs);
    }

    @Override
    void write(JsonGenerator json, Peer peer, List<Target> targets) throws IOException {
        for (Target target : targets) {
            json.writeStartObject();
            json.writeStringField("target", peer.name());
            json.writeStringField("name", target.name());
            json.writeStringField("addr", target.addr());
            if (target.state() != Freshness.UNKNOWN) {
                json.writeStringField("state", target.state().text());
                json.writeNumberField("age_seconds", target.ageSeconds());
            }
            json.writeEndObject();
        }
    }

    @Override
    void print(PrintStream out, OptionalInt columns, Peer peer, List<Target> targets) {
        Table table = new Table(columns);
        for (Target target : targets) {
            boolean dated = target.state() != Freshness.UNKNOWN && target.state() != Freshness.NEVER;
            table.row(
                    Visible.text(target.name()),
                    target.addr().isEmpty() ? "-" : Visible.text(target.addr()),
                    target.state().text(),
                    dated ? target.ageSeconds() + "s" : "-");
        }
        table.print(out, 0);
    }
}
