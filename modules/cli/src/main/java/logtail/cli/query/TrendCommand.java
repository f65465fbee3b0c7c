package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import logtail.cli.Shell;
import logtail.core.query.Filter;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.runtime.client.LogtailClient;
import logtail.wire.TrendReply;
import picocli.CommandLine;

/** {@code trend}: how many requests there were, bucket by bucket. */
public final class TrendCommand extends Fanout<TrendReply> {
    private final WindowFlag window;
    private final FilterFlags filter;
    private final FailIfFlag failIf;
    private TrendQuery query = new TrendQuery(Filter.ALL, Window.W5M);

    private TrendCommand(Shell shell) {
        super("trend", "How many requests there were, bucket by bucket, oldest first.", shell);
        window = new WindowFlag(flags());
        failIf = new FailIfFlag(flags(), List.of("count", "unknown"));
        filter = new FilterFlags(flags(), Schema.LOGTAIL);
    }

    /** Runs it to its end and returns the exit code. */
    public static int run(Shell shell, List<String> args) {
        return new TrendCommand(shell).run(args);
    }

    /** Its flags, for completion. */
    public static CommandLine command(Shell shell) {
        return new TrendCommand(shell).line();
    }

    @Override
    void prepare() {
        super.prepare();
        failIf.prepare();
        query = new TrendQuery(filter.filter(), window.window());
    }

    @Override
    void see(TrendReply reply) {
        reply.answer().points().forEach(point -> {
            failIf.see("count", point.count());
            failIf.see("unknown", point.unknown());
        });
    }

    @Override
    boolean isConditionMet() {
        return failIf.isMet();
    }

    @Override
    List<String> csvHeader() {
        return List.of("timestamp", "count", "unknown");
    }

    @Override
    List<List<String>> csvRows(TrendReply reply) {
        return reply.answer().points().stream()
                .map(point -> List.of(
                        Long.toString(point.timestampSeconds()),
                        Long.toString(point.count()),
                        Long.toString(point.unknown())))
                .toList();
    }

    @Override
    Future<TrendReply> ask(LogtailClient client, Peer peer, long timeoutMs) {
        return client.trend(peer.address(), query, timeoutMs);
    }

    @Override
    void write(JsonGenerator json, Peer peer, TrendReply reply) throws IOException {
        json.writeStartObject();
        json.writeStringField("target", peer.name());
        json.writeStringField("source", reply.source());
        json.writeStringField("window", query.window().text());
        json.writeArrayFieldStart("points");
        for (TrendAnswer.Point point : reply.answer().points()) {
            json.writeStartObject();
            json.writeNumberField("timestamp", point.timestampSeconds());
            json.writeNumberField("count", point.count());
            if (point.unknown() > 0) {
                json.writeNumberField("unknown", point.unknown());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    void print(PrintStream out, OptionalInt columns, Peer peer, TrendReply reply) {
        Table table = new Table(columns);
        boolean unknown = reply.answer().points().stream().anyMatch(point -> point.unknown() > 0);
        for (TrendAnswer.Point point : reply.answer().points()) {
            String time = Instant.ofEpochSecond(point.timestampSeconds()).toString();
            String count = table.number(point.count());
            if (unknown) {
                table.row(time, count, "<=" + table.number(point.count() + point.unknown()));
            } else {
                table.row(time, count);
            }
        }
        table.print(out, 2);
    }
}
