package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import logtail.cli.Shell;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.text.Nearest;
import logtail.core.time.Window;
import logtail.runtime.client.LogtailClient;
import logtail.wire.TopNReply;
import picocli.CommandLine.Model.OptionSpec;

/** {@code topn}: the biggest groups of a window. */
public final class TopNCommand extends Fanout<TopNReply> {
    private static final Schema SCHEMA = Schema.LOGTAIL;
    private static final String TUPLE = "tuple";
    private static final int ROWS = 10;

    private final OptionSpec groupBy;
    private final OptionSpec n;
    private final WindowFlag window;
    private final FilterFlags filter;
    private TopNQuery query = new TopNQuery(Filter.ALL, List.of(SCHEMA.get(0)), ROWS, Window.W5M);

    private TopNCommand(Shell shell) {
        super("topn", "The websites, clients, paths and so on that most requests go to or come from.", shell);
        groupBy = flags().value(
                        "--group-by",
                        "NAME[,...]",
                        "What to rank: " + String.join(", ", names())
                                + ". Default: website. Several are joined by tabs.");
        n = flags().value("-n", "N", "Rows, 1 to " + TopNQuery.ROWS_MAX + ". Default: " + ROWS + ".");
        window = new WindowFlag(flags());
        filter = new FilterFlags(flags(), SCHEMA);
    }

    /** Runs it to its end and returns the exit code. */
    public static int run(Shell shell, List<String> args) {
        return new TopNCommand(shell).run(args);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        SCHEMA.dimensions().forEach(dimension -> names.add(dimension.name()));
        names.add(TUPLE);
        return names;
    }

    @Override
    void prepare() {
        super.prepare();
        try {
            query = new TopNQuery(
                    filter.filter(), groups(), flags().number(n, ROWS, TopNQuery.ROWS_MAX), window.window());
        } catch (InvalidQueryException wrong) {
            throw flags().wrong(groupBy, String.valueOf(wrong.getMessage()).replaceFirst("^group by: ", ""));
        }
    }

    private List<Dimension> groups() {
        List<Dimension> groups = new ArrayList<>();
        for (String given : Flags.text(groupBy, SCHEMA.get(0).name()).split(",", -1)) {
            String name = given.strip();
            if (name.equals(TUPLE)) {
                groups.addAll(SCHEMA.dimensions());
            } else {
                groups.add(SCHEMA.named(name.replace('-', '_')).orElseThrow(() -> flags().wrong(
                                groupBy,
                                "\"" + name + "\" is not known"
                                        + Nearest.hint(name, names(), known -> "\"" + known + "\""))));
            }
        }
        return groups;
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
        json.writeArrayFieldStart("group_by");
        for (Dimension dimension : query.groupBy()) {
            json.writeString(dimension.name());
        }
        json.writeEndArray();
        bounded(json, reply, "total", answer.total());
        bounded(json, reply, "unknown", answer.unknown());
        json.writeBooleanField("exact", answer.exact());
        bounded(json, reply, "buckets", answer.buckets());
        json.writeArrayFieldStart("entries");
        for (TopNAnswer.Row row : answer.rows()) {
            json.writeStartObject();
            json.writeStringField("label", String.join("\t", row.labels()));
            json.writeNumberField("count", row.count());
            bounded(json, reply, "at_most", row.atMost());
            json.writeEndObject();
        }
        json.writeEndArray();
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
        Table table = new Table(columns);
        boolean bounds = reply.bounded() && !answer.exact();
        for (TopNAnswer.Row row : answer.rows()) {
            List<String> cells = new ArrayList<>(4);
            cells.add(table.number(row.count()));
            if (bounds) {
                cells.add("<=" + table.number(row.atMost()));
            }
            if (reply.bounded()) {
                cells.add(percent(row.count(), answer.total()));
            }
            cells.add(Visible.fields(row.labels()));
            table.row(cells.toArray(String[]::new));
        }
        table.print(out, bounds ? 3 : 2);
        if (reply.bounded() && answer.unknown() > 0) {
            complain(peer, table.number(answer.unknown()) + " more requests may match; their details were folded away");
        }
    }

    private static String percent(long count, long total) {
        return total == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * count / total);
    }
}
