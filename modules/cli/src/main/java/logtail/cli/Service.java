package logtail.cli;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import logtail.runtime.report.Logging;

/** One Vert.x with one main verticle, from the start to the signal that stops it. */
final class Service {
    /** Of the five seconds that a stop may take; the rest is for the process to end in. */
    private static final Duration STOP = Duration.ofMillis(4500);

    private final String name;
    private final String verticle;
    private final JsonObject config;

    /**
     * @param name begins error lines
     * @param verticle class name
     * @param config what the verticle is deployed with
     */
    Service(String name, String verticle, JsonObject config) {
        this.name = name;
        this.verticle = verticle;
        this.config = config;
    }

    /**
     * Starts and serves until the process is told to end, which it does with {@link ExitCode#OK} after an orderly stop.
     *
     * @return only when the start failed, after one line on {@code err}
     */
    int run(Shell shell) {
        Logging.install();
        Vertx vertx = Vertx.vertx();
        CompletableFuture<String> started = vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config))
                .toCompletionStage()
                .toCompletableFuture();
        // A process that ends by a signal has 143; halting is the only way to a code of our own.
        Thread stopper = new Thread(() -> Runtime.getRuntime().halt(stop(started, vertx, shell)), "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            started.get();
            new CountDownLatch(1).await();
        } catch (ExecutionException e) {
            return failed(e, stopper, vertx, shell);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.FAILURE;
    }

    private int failed(ExecutionException reason, Thread stopper, Vertx vertx, Shell shell) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException stopping) {
            // The signal came first: its thread ends the process.
            return ExitCode.OK;
        }
        shell.err().println(Failure.line(name, reason));
        stop(CompletableFuture.completedFuture(""), vertx, shell);
        return Failure.exitCode(reason);
    }

    /** Waits for a start that still goes on, too: closing would not stop what is not yet deployed. */
    private int stop(CompletableFuture<String> started, Vertx vertx, Shell shell) {
        long deadlineNs = System.nanoTime() + STOP.toNanos();
        try {
            started.handle((id, failure) -> id).get(STOP.toNanos(), TimeUnit.NANOSECONDS);
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            return ExitCode.OK;
        } catch (ExecutionException e) {
            shell.err().println(Failure.line(name + ": stopped, but not in order", e));
        } catch (TimeoutException e) {
            shell.err().println(name + ": did not stop within 5 s, given up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            shell.out().flush();
            shell.err().flush();
        }
        return ExitCode.FAILURE;
    }
}
