package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import logtail.cli.ExitCode;
import logtail.cli.Shell;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.text.Visible;
import logtail.runtime.client.LogtailClient;
import logtail.wire.SnapshotRows;
import picocli.CommandLine;

/** {@code stream}: one line per snapshot, until interrupted (FR-7.3). */
public final class StreamCommand extends QueryCommand {
    private static final Schema SCHEMA = Schema.LOGTAIL;

    /** A target that fails or ends the stream is asked again after so long. */
    private static final long AGAIN_MS = 5_000;

    private final long againMs;
    private final Promise<Void> enough = Promise.promise();

    private StreamCommand(Shell shell, long againMs) {
        super("stream", "Every bucket as soon as it is complete, one line each, until interrupted.", shell);
        this.againMs = againMs;
    }

    /** Runs until nobody reads the output any more, and returns the exit code. */
    public static int run(Shell shell, List<String> args) {
        return run(shell, args, AGAIN_MS);
    }

    static int run(Shell shell, List<String> args, long againMs) {
        return new StreamCommand(shell, againMs).run(args);
    }

    /** Its flags, for completion. */
    public static CommandLine command(Shell shell) {
        return new StreamCommand(shell, AGAIN_MS).line();
    }

    @Override
    void prepare() {}

    @Override
    int ask(Vertx vertx, LogtailClient client, List<Peer> peers) {
        boolean named = peers.size() > 1;
        peers.forEach(peer -> new Follower(vertx, client, peer, named).follow());
        enough.future().await();
        return ExitCode.OK;
    }

    /** Follows one target, again and again. */
    private final class Follower {
        private final Vertx vertx;
        private final LogtailClient client;
        private final Peer peer;
        private final boolean named;
        private String complaint = "";

        Follower(Vertx vertx, LogtailClient client, Peer peer, boolean named) {
            this.vertx = vertx;
            this.client = client;
            this.peer = peer;
            this.named = named;
        }

        void follow() {
            client.stream(peer.address(), false, this::print).end().onComplete(ended -> {
                if (enough.future().isComplete()) {
                    return;
                }
                complainOnce(
                        ended.succeeded()
                                ? "the stream has ended"
                                : String.valueOf(ended.cause().getMessage()));
                vertx.setTimer(againMs, timer -> follow());
            });
        }

        /** The same thing every few seconds would only hide the rest. */
        private void complainOnce(String what) {
            if (!what.equals(complaint)) {
                complaint = what;
                complain(peer, what + "; trying again every " + againMs / 1000 + " s");
            }
        }

        /** Writing may wait for whoever reads, so it is done beside the event loop. */
        private Future<?> print(SnapshotRows snapshot) {
            return vertx.executeBlocking(() -> {
                complaint = "";
                write(isJson() ? json(peer, snapshot) : summary(snapshot).getBytes(StandardCharsets.UTF_8));
                return null;
            });
        }

        private String summary(SnapshotRows snapshot) {
            SnapshotRows.Head head = snapshot.head();
            return (named ? peer.name() + "  " : "")
                    + Instant.ofEpochSecond(head.startSeconds()) + "  "
                    + Visible.text(head.source()) + "  "
                    + snapshot.total() + "  "
                    + top(snapshot, 0) + "  "
                    + top(snapshot, 1)
                    + (head.catchUp() ? "  catch-up" : "")
                    + "\n";
        }
    }

    /** Lines of several targets never mix. */
    private synchronized void write(byte[] line) {
        shell().out().write(line, 0, line.length);
        if (shell().out().checkError()) {
            enough.tryComplete();
        }
    }

    /** The biggest value of a dimension and its requests. */
    private static String top(SnapshotRows snapshot, int dimension) {
        Map<String, Long> sums = new HashMap<>();
        for (int row = 0; row < snapshot.rows(); row++) {
            sums.merge(snapshot.label(row, dimension), snapshot.count(row), Long::sum);
        }
        return sums.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .map(top -> Visible.text(top.getKey()) + " " + top.getValue())
                .orElse("-");
    }

    private static byte[] json(Peer peer, SnapshotRows snapshot) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(snapshot.rows() * 200 + 256);
        try (JsonGenerator json = Json.generator(line)) {
            SnapshotRows.Head head = snapshot.head();
            json.writeStartObject();
            json.writeStringField("target", peer.name());
            json.writeStringField("source", head.source());
            json.writeNumberField("timestamp", head.startSeconds());
            json.writeBooleanField("partial", head.partial());
            json.writeBooleanField("coarse", head.coarse());
            json.writeNumberField("total", snapshot.total());
            json.writeArrayFieldStart("entries");
            for (int row = 0; row < snapshot.rows(); row++) {
                writeEntry(json, snapshot, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void writeEntry(JsonGenerator json, SnapshotRows snapshot, int row) throws IOException {
        json.writeStartObject();
        for (int d = 0; d < SCHEMA.size(); d++) {
            Dimension dimension = SCHEMA.get(d);
            switch (dimension.kind()) {
                case STATUS, ASN -> json.writeNumberField(dimension.field(), snapshot.number(row, d));
                case FLAG -> json.writeBooleanField(dimension.field(), snapshot.number(row, d) == 1);
                default -> json.writeStringField(dimension.field(), snapshot.label(row, d));
            }
        }
        json.writeNumberField("count", snapshot.count(row));
        json.writeArrayFieldStart("folded");
        for (int d = 0; d < SCHEMA.size(); d++) {
            if ((snapshot.foldMask(row) >>> d & 1) != 0) {
                json.writeString(SCHEMA.get(d).field());
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
