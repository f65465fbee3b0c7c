package logtail.runtime.telemetry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import logtail.runtime.report.Throttle;

/** {@code GET /metrics}, {@code /healthz} and {@code /readyz} (FR-8.1). To be used on one context. */
final class TelemetryServer {
    /** A client that neither sends nor reads for so long is cut off. */
    private static final int IDLE_TIMEOUT_SECONDS = 60;

    private static final Logger LOG = Logger.getLogger(TelemetryServer.class.getPackageName());

    private final Health health;
    private final Pages pages;
    private final Readers readers = new Readers();
    private final Throttle failures = new Throttle();
    private final HttpServer server;

    TelemetryServer(Vertx vertx, Meters meters, Health health, Supplier<Future<PagePart>> parts) {
        this.health = health;
        this.pages = new Pages(vertx, meters, parts);
        // Pages are compressed where they are rendered, once for all who share them.
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(IDLE_TIMEOUT_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .requestHandler(this::answer);
    }

    /**
     * Binds.
     *
     * @return the port; fails when it cannot be bound
     */
    Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    Future<Void> close() {
        return server.close();
    }

    private void answer(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            text(request, 405, "only GET and HEAD\n");
            return;
        }
        switch (Optional.ofNullable(request.path()).orElse("")) {
            case "/metrics" -> metrics(request);
            case "/healthz" -> text(request, 200, "ok\n");
            case "/readyz" -> ready(request);
            default -> text(request, 404, "try /metrics, /healthz or /readyz\n");
        }
    }

    private void metrics(HttpServerRequest request) {
        PageFormat format = Accept.of(request.headers().getAll("Accept")).format();
        boolean gzip = Accept.of(request.headers().getAll("Accept-Encoding")).gzip();
        pages.page(format, gzip)
                .onSuccess(page -> metrics(request, format, gzip, page))
                .onFailure(failure -> failed(request, failure));
    }

    private void metrics(HttpServerRequest request, PageFormat format, boolean gzip, Page page) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        response.putHeader("Content-Type", format.contentType())
                .putHeader("Vary", "Accept, Accept-Encoding")
                .putHeader("Content-Length", Long.toString(page.lengthBytes()));
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        if (request.method() == HttpMethod.HEAD) {
            response.end();
        } else {
            readers.send(page, response);
        }
    }

    private void failed(HttpServerRequest request, Throwable failure) {
        if (failures.permits(System.nanoTime())) {
            LOG.log(Level.WARNING, "cannot render the metrics", failure);
        }
        if (!request.response().closed()) {
            text(request, 500, "cannot render the metrics\n");
        }
    }

    private void ready(HttpServerRequest request) {
        Map<String, String> missing = health.missing();
        String why = missing.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        text(request, missing.isEmpty() ? 200 : 503, missing.isEmpty() ? "ready\n" : why);
    }

    private static void text(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(body);
    }
}
