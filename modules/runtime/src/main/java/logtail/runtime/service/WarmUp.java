package logtail.runtime.service;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import logtail.core.query.QueryWarmUp;
import logtail.core.schema.Schema;

/** Has the code of queries compiled before anybody waits for an answer; once in a process. */
final class WarmUp {
    /** By then it is over, however slow the machine; a node is not ready before. */
    static final long MAX_MS = 1_500;

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private WarmUp() {}

    /** Takes one of the threads that answer queries; the queries of that time wait as behind any other. */
    static Future<?> on(WorkQueue workers, Schema schema) {
        if (!DONE.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        return workers.run(() -> {
            long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_MS);
            return QueryWarmUp.run(
                    schema,
                    () -> System.nanoTime() - endNanos >= 0
                            || Thread.currentThread().isInterrupted());
        });
    }
}
