package logtail.runtime.service;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A few threads with a bounded queue in front: what does not fit is refused at once (D29). Threadsafe. */
final class WorkQueue {
    /** Pools with the same name share their threads, also those of another node in this process. */
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final WorkerExecutor workers;
    private final int max;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param queue how many may wait while every thread is busy
     */
    WorkQueue(Vertx vertx, String name, int threads, int queue) {
        this.workers = vertx.createSharedWorkerExecutor(name + "-" + NEXT.incrementAndGet(), threads);
        this.max = threads + queue;
    }

    /** Runs the work on one of the threads; fails with {@link FullException} when it does not fit. */
    <T> Future<T> run(Callable<T> work) {
        if (underWay.incrementAndGet() > max) {
            underWay.decrementAndGet();
            return Future.failedFuture(new FullException());
        }
        return workers.executeBlocking(work, false).onComplete(done -> underWay.decrementAndGet());
    }

    void close() {
        workers.close();
    }

    /** There is no room for more work. */
    static final class FullException extends Exception {
        private static final long serialVersionUID = 1;

        FullException() {
            super("the queue is full", null, false, false);
        }
    }
}
