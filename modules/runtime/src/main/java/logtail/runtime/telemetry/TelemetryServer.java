package logtail.runtime.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code GET /metrics}, {@code /healthz} and {@code /readyz} (FR-8.1).
 *
 * <p>A page is rendered off the event loop, and requests that come in meanwhile share it, so that scrapes neither
 * block nor multiply.
 */
public final class TelemetryServer {
    /** A client that neither sends nor reads for so long is cut off. */
    private static final int IDLE_TIMEOUT_SECONDS = 60;

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final Health health;
    private final HttpServer server;
    private final Map<String, Future<Buffer>> renderings = new HashMap<>();

    public TelemetryServer(Vertx vertx, PrometheusMeterRegistry registry, Health health) {
        this.vertx = vertx;
        this.registry = registry;
        this.health = health;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setCompressionSupported(true)
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
    public Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void answer(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response()
                    .setStatusCode(405)
                    .putHeader("Allow", "GET, HEAD")
                    .end();
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
        String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        page(type)
                .onSuccess(page ->
                        request.response().putHeader("Content-Type", type).end(page))
                .onFailure(failure -> text(request, 500, "cannot render the metrics\n"));
    }

    private Future<Buffer> page(String type) {
        Future<Buffer> shared = renderings.get(type);
        if (shared != null) {
            return shared;
        }
        Future<Buffer> page = vertx.executeBlocking(() -> Buffer.buffer(registry.scrape(type)), false);
        renderings.put(type, page);
        page.onComplete(done -> renderings.remove(type));
        return page;
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
