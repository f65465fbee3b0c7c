package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import logtail.cli.ExitCode;
import logtail.cli.Shell;
import logtail.runtime.client.LogtailClient;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command that asks every target the same at the same time and prints the answers in the order of the targets
 * (FR-7.1).
 *
 * @param <R> an answer
 */
abstract class Fanout<R> extends QueryCommand {
    private final OptionSpec timeout;
    private final OptionSpec csv;
    private long timeoutMs;

    Fanout(String name, String about, Shell shell) {
        super(name, about, shell);
        this.timeout = flags().value("--timeout", "DURATION", "How long a target may take. Default: 5s.");
        this.csv = flags().toggle("--csv", "Print comma-separated values, the target first.");
    }

    @Override
    void prepare() {
        timeoutMs = flags().milliseconds(timeout, "5s");
    }

    abstract Future<R> ask(LogtailClient client, Peer peer, long timeoutMs);

    /** Writes what one target said, as one or several objects. */
    abstract void write(JsonGenerator json, Peer peer, R answer) throws IOException;

    /**
     * Prints what one target said.
     *
     * @param columns of the terminal; empty for none
     */
    abstract void print(PrintStream out, OptionalInt columns, Peer peer, R answer);

    /** Names of the columns that follow the target. */
    abstract List<String> csvHeader();

    /** What one target said, one list for each row. */
    abstract List<List<String>> csvRows(R answer);

    /** Looks at an answer for {@code --fail-if}. */
    void see(R answer) {}

    /** Whether anything seen met the condition of {@code --fail-if}. */
    boolean isConditionMet() {
        return false;
    }

    @Override
    final int ask(Vertx vertx, LogtailClient client, List<Peer> peers) throws IOException {
        List<Future<R>> answers =
                peers.stream().map(peer -> ask(client, peer, timeoutMs)).toList();
        int failed = isJson()
                ? printJson(peers, answers)
                : Flags.isGiven(csv) ? printCsv(peers, answers) : printTables(peers, answers);
        answers.stream().filter(Future::succeeded).forEach(answer -> see(answer.result()));
        if (shell().out().checkError()) {
            // Whoever read our output has seen enough.
            return ExitCode.OK;
        }
        // Who set a condition wants to hear of it, whatever else there is to say.
        if (isConditionMet()) {
            return ExitCode.CONDITION_MET;
        }
        return failed == 0 ? ExitCode.OK : failed == peers.size() ? ExitCode.FAILURE : ExitCode.PARTIAL;
    }

    private int printCsv(List<Peer> peers, List<Future<R>> answers) {
        int failed = 0;
        Csv rows = new Csv(shell().out());
        rows.row(behind("target", csvHeader()));
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            Future<R> answer = awaited(answers.get(i));
            if (answer.succeeded()) {
                csvRows(answer.result()).forEach(row -> rows.row(behind(peer.name(), row)));
            } else {
                failed++;
                complain(peer, line(answer.cause()));
            }
        }
        shell().out().flush();
        return failed;
    }

    private static List<String> behind(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private int printJson(List<Peer> peers, List<Future<R>> answers) throws IOException {
        int failed = 0;
        try (JsonGenerator json = Json.generator(shell().out())) {
            json.writeStartArray();
            for (int i = 0; i < peers.size(); i++) {
                Future<R> answer = awaited(answers.get(i));
                if (answer.succeeded()) {
                    write(json, peers.get(i), answer.result());
                } else {
                    failed++;
                    json.writeStartObject();
                    json.writeStringField("target", peers.get(i).name());
                    json.writeStringField("error", line(answer.cause()));
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        }
        shell().out().println();
        return failed;
    }

    private int printTables(List<Peer> peers, List<Future<R>> answers) {
        int failed = 0;
        OptionalInt columns = Terminal.columns(shell());
        for (int i = 0; i < peers.size(); i++) {
            Peer peer = peers.get(i);
            Future<R> answer = awaited(answers.get(i));
            if (answer.succeeded()) {
                if (peers.size() > 1) {
                    shell().out().println(peer.name());
                }
                print(shell().out(), columns, peer, answer.result());
                shell().out().flush();
            } else {
                failed++;
                complain(peer, line(answer.cause()));
            }
        }
        return failed;
    }

    private static <T> Future<T> awaited(Future<T> answer) {
        // Only the end matters here; success and failure are told apart by who asked.
        answer.otherwiseEmpty().await();
        return answer;
    }

    /** Status and line, as in {@code UNAVAILABLE: Connection refused}. */
    private static String line(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
