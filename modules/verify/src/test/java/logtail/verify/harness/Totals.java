package logtail.verify.harness;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import logtail.core.query.Filter;
import logtail.core.query.Term;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.runtime.client.LogtailClient;
import logtail.runtime.config.HostPort;

/** Totals straight from a node, for polling: a process per question would be the load that the test waits for. */
final class Totals {
    private static final long TIMEOUT_MS = 20_000;
    private static final int MESSAGE_BYTES = 64 << 20;
    private static final Vertx VERTX = Vertx.vertx();
    private static final LogtailClient CLIENT = new LogtailClient(VERTX, MESSAGE_BYTES);
    private static final Dimension WEBSITE = Schema.LOGTAIL.get(0);

    private Totals() {}

    /** Requests of a website in the longest fine or coarse window, whichever holds more. */
    static long of(int grpcPort, String website) {
        return Math.max(total(grpcPort, website, Window.W60M), total(grpcPort, website, Window.W24H));
    }

    private static long total(int grpcPort, String website, Window window) {
        Filter filter = new Filter(List.of(Term.of(WEBSITE, FilterOp.EQ, website)));
        TopNQuery query = new TopNQuery(filter, List.of(WEBSITE), 1, window);
        try {
            return CLIENT.topN(new HostPort("127.0.0.1", grpcPort), query, TIMEOUT_MS)
                    .map(reply -> reply.answer().total())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no total of " + website, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
