package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import logtail.cli.Shell;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.runtime.client.LogtailClient;
import logtail.wire.TopNReply;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code topn}: the biggest groups of a window. */
public final class TopNCommand extends Fanout<TopNReply> {
    private static final Schema SCHEMA = Schema.LOGTAIL;
    private static final int ROWS = 10;

    private final OptionSpec groupBy;
    private final OptionSpec n;
    private final WindowFlag window;
    private final FilterFlags filter;
    private final FailIfFlag failIf;
    private TopNQuery query = new TopNQuery(Filter.ALL, List.of(SCHEMA.get(0)), ROWS, Window.W5M);

    private TopNCommand(Shell shell) {
        super("topn", "The websites, clients, paths and so on that most requests go to or come from.", shell);
        groupBy = flags().value(
                        "--group-by",
                        "NAME[,...]",
                        "What to rank: " + String.join(", ", Rankings.names())
                                + ". Default: website. Several are joined by tabs.");
        n = flags().value("-n", "N", "Rows, 1 to " + TopNQuery.ROWS_MAX + ". Default: " + ROWS + ".");
        window = new WindowFlag(flags());
        failIf = new FailIfFlag(flags(), FailIfFlag.RANKING);
        filter = new FilterFlags(flags(), SCHEMA);
    }

    /** Runs it to its end and returns the exit code. */
    public static int run(Shell shell, List<String> args) {
        return new TopNCommand(shell).run(args);
    }

    /** Its flags, for completion. */
    public static CommandLine command(Shell shell) {
        return new TopNCommand(shell).line();
    }

    @Override
    void prepare() {
        super.prepare();
        failIf.prepare();
        try {
            query = new TopNQuery(
                    filter.filter(),
                    Rankings.groups(
                            flags(), groupBy, Flags.text(groupBy, SCHEMA.get(0).name())),
                    flags().number(n, ROWS, TopNQuery.ROWS_MAX),
                    window.window());
        } catch (InvalidQueryException wrong) {
            throw flags().wrong(groupBy, String.valueOf(wrong.getMessage()).replaceFirst("^group by: ", ""));
        }
    }

    @Override
    void see(TopNReply reply) {
        failIf.see(reply.answer());
    }

    @Override
    boolean isConditionMet() {
        return failIf.isMet();
    }

    @Override
    List<String> csvHeader() {
        return Rankings.csvHeader(query.groupBy());
    }

    @Override
    List<List<String>> csvRows(TopNReply reply) {
        return reply.answer().rows().stream()
                .map(row -> Rankings.csvRow(row, reply.bounded()))
                .toList();
    }

    @Override
    Future<TopNReply> ask(LogtailClient client, Peer peer, long timeoutMs) {
        return client.topN(peer.address(), query, timeoutMs);
    }

    @Override
    void write(JsonGenerator json, Peer peer, TopNReply reply) throws IOException {
        TopNAnswer answer = reply.answer();
        json.writeStartObject();
        json.writeStringField("target", peer.name());
        json.writeStringField("source", reply.source());
        json.writeStringField("window", query.window().text());
        Rankings.writeGroups(json, query.groupBy());
        bounded(json, reply, "total", answer.total());
        bounded(json, reply, "unknown", answer.unknown());
        json.writeBooleanField("exact", answer.exact());
        bounded(json, reply, "buckets", answer.buckets());
        Rankings.writeEntries(json, answer, reply.bounded());
        json.writeEndObject();
    }

    /** A number that peers of the original system do not send. */
    private static void bounded(JsonGenerator json, TopNReply reply, String name, long number) throws IOException {
        if (reply.bounded()) {
            json.writeNumberField(name, number);
        } else {
            json.writeNullField(name);
        }
    }

    @Override
    void print(PrintStream out, OptionalInt columns, Peer peer, TopNReply reply) {
        TopNAnswer answer = reply.answer();
        Rankings.print(out, columns, answer, reply.bounded());
        if (reply.bounded() && answer.unknown() > 0) {
            complain(
                    peer,
                    new Table(columns).number(answer.unknown())
                            + " more requests may match; their details were folded away");
        }
    }
}
