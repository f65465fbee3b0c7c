package logtail.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.TopNQuery;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.frontend.backend.Gatherer;
import logtail.frontend.backend.Outcome;
import logtail.frontend.page.Notice;
import logtail.frontend.page.Page;
import logtail.frontend.page.RankingJson;
import logtail.frontend.page.Status;
import logtail.frontend.page.TextPage;
import logtail.frontend.query.PageDefaults;
import logtail.frontend.query.PageQuery;
import logtail.frontend.query.PageQuery.Problem;
import logtail.wire.TopNReply;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard over HTTP: {@code /}, {@code /status}, {@code /healthz}, {@code /readyz}. Only GET and HEAD, no
 * cookies, no script; nothing is kept between two requests. To be made and used on one event loop.
 */
final class FrontendServer {
    private static final String HTML = Media.HTML.type();
    private static final String TEXT = Media.TEXT.type();
    private static final String JSON = Media.JSON.type();

    /** What the page uses, and nothing else. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Vertx vertx;
    private final PageDefaults defaults;
    private final Gatherer gatherer;
    private final Files files;
    private final Connections connections;
    private final HttpServer server;

    FrontendServer(Vertx vertx, PageDefaults defaults, Gatherer gatherer, Files files) {
        this(vertx, defaults, gatherer, files, new Connections(HttpLimits.CONNECTIONS, HttpLimits.REQUEST_WAIT_MS));
    }

    /** Lets a test be less patient. */
    FrontendServer(Vertx vertx, PageDefaults defaults, Gatherer gatherer, Files files, Connections connections) {
        this.vertx = vertx;
        this.defaults = defaults;
        this.gatherer = gatherer;
        this.files = files;
        this.connections = connections;
        Router router = router();
        this.server = vertx.createHttpServer(options())
                .connectionHandler(connection -> connections.opened(connection, steadyMs()))
                .requestHandler(router);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(HttpLimits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(HttpLimits.HEADER_BYTES)
                .setIdleTimeout(HttpLimits.IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setCompressionSupported(true);
    }

    /**
     * Binds.
     *
     * @return the port; fails when it cannot be bound
     */
    Future<Integer> listen(String host, int port) {
        vertx.setPeriodic(connections.sweepMs(), timer -> connections.sweep(steadyMs()));
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    Future<Void> close() {
        return server.close();
    }

    private static long steadyMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(this::enter);
        router.route("/").handler(this::dashboard);
        router.route("/status").handler(this::status);
        router.route("/healthz").handler(context -> send(context, 200, TEXT, Buffer.buffer("ok\n")));
        // Ready as soon as it listens: while the node behind it is away, the page says so.
        router.route("/readyz").handler(context -> send(context, 200, TEXT, Buffer.buffer("ready\n")));
        router.route("/style.css").handler(context -> send(context, files.stylesheet()));
        router.route("/icon.svg").handler(context -> send(context, files.icon()));
        router.errorHandler(404, context -> message(context, 404, "Not found", "There is no such page."));
        router.errorHandler(400, context -> message(context, 400, "Bad request", "This address makes no sense."));
        router.errorHandler(500, context -> send(context, 500, TEXT, Buffer.buffer("internal error, see the log\n")));
        return router;
    }

    /** Nothing but GET and HEAD. */
    private void enter(RoutingContext context) {
        HttpConnection connection = context.request().connection();
        connections.requested(connection);
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            context.addEndHandler(end -> connections.answered(connection, steadyMs()));
            context.next();
            return;
        }
        // Whatever body follows, nobody reads it.
        context.addEndHandler(end -> connection.close());
        context.response().putHeader("Allow", "GET, HEAD").putHeader("Connection", "close");
        send(context, 405, TEXT, Buffer.buffer("only GET and HEAD\n"));
    }

    private void dashboard(RoutingContext context) {
        PageQuery.Parsed parsed = PageQuery.parse(context.request().query(), defaults);
        PageQuery query = parsed.query();
        if (query.target().equals(gatherer.configured())) {
            query = query.withTarget("");
        }
        if (Media.of(context) == Media.JSON) {
            query = query.withRaw(true);
        }
        if (!parsed.problems().isEmpty()) {
            refuse(context, query, parsed.problems());
        } else if (parsed.expression().isPresent()) {
            filter(context, query, parsed.expression().get());
        } else if (query.raw()) {
            rows(context, query);
        } else {
            page(context, query, "", null);
        }
    }

    private void refuse(RoutingContext context, PageQuery query, List<Problem> problems) {
        if (query.raw()) {
            String text = problems.stream()
                    .map(problem -> problem.name() + "=" + problem.value() + ": " + problem.message())
                    .collect(Collectors.joining("; "));
            sendError(context, 400, query, "INVALID_ARGUMENT: " + text);
        } else {
            Page page = Page.of(query, gatherer.configured(), problems);
            Media media = Media.of(context);
            send(context, page.httpStatus(), media.type(), body(query, page, media));
        }
    }

    /** A filter was typed (FR-6.6): on to the address that says the same with parameters, or what is wrong with it. */
    private void filter(RoutingContext context, PageQuery query, String typed) {
        try {
            String url =
                    query.withTerms(Expression.parse(typed, defaults.schema())).url();
            context.response().putHeader("Location", url);
            send(context, 303, TEXT, Buffer.buffer(url + "\n"));
        } catch (ExpressionException e) {
            if (query.raw()) {
                sendError(context, 400, query, "INVALID_ARGUMENT: q: " + e.line());
            } else {
                page(context, query, typed, e);
            }
        } catch (InvalidQueryException e) {
            refuse(context, query, List.of(new Problem("q", typed, String.valueOf(e.getMessage()))));
        }
    }

    private void rows(RoutingContext context, PageQuery query) {
        TopNQuery question = Page.question(query);
        gatherer.rows(query.target(), question)
                .onSuccess(ranking ->
                        make(context, ranking, JSON, () -> RankingJson.of(address(query), question, ranking)))
                .onFailure(foreign -> sendError(context, 400, query, "INVALID_ARGUMENT: " + foreign.getMessage()));
    }

    private void page(RoutingContext context, PageQuery query, String typed, @Nullable ExpressionException error) {
        Media media = Media.of(context);
        gatherer.page(query.target(), Page.question(query))
                .onSuccess(answers -> make(
                        context,
                        answers.ranking(),
                        media.type(),
                        () -> body(query, Page.of(query, answers, typed, error), media)))
                .onFailure(foreign -> message(context, 400, "Unknown node", foreign.getMessage() + "."));
    }

    private Buffer body(PageQuery query, Page page, Media media) {
        return media == Media.TEXT
                ? TextPage.of(query, page)
                : files.templates().fill("page", Map.of("page", page));
    }

    /** Makes an answer here when it is small, else on a worker thread. */
    private void make(RoutingContext context, Outcome<TopNReply> ranking, String type, Callable<Buffer> body) {
        int status = ranking.fold(reply -> 200, failure -> Notice.httpStatus(failure.status()));
        int rows = ranking.fold(reply -> reply.answer().rows().size(), failure -> 0);
        Future<Buffer> made;
        if (rows > HttpLimits.ROWS_ON_EVENT_LOOP) {
            made = vertx.executeBlocking(body, false);
        } else {
            made = Future.future(promise -> {
                try {
                    promise.complete(body.call());
                } catch (Exception e) {
                    promise.fail(e);
                }
            });
        }
        made.onSuccess(buffer -> send(context, status, type, buffer)).onFailure(context::fail);
    }

    private void status(RoutingContext context) {
        PageQuery.Parsed parsed = PageQuery.parse(context.request().query(), defaults);
        String target = parsed.query().target();
        gatherer.status(target)
                .map(node -> Status.of(target.isEmpty() ? gatherer.configured() : target, node, defaults))
                .onSuccess(status -> send(
                        context,
                        status.failure().isEmpty() ? 200 : 502,
                        HTML,
                        files.templates().fill("status", Map.of("status", status))))
                .onFailure(foreign -> message(context, 400, "Unknown node", foreign.getMessage() + "."));
    }

    private void message(RoutingContext context, int status, String title, String text) {
        send(context, status, HTML, files.templates().fill("message", Map.of("title", title, "text", text)));
    }

    private void sendError(RoutingContext context, int status, PageQuery query, String error) {
        send(context, status, JSON, RankingJson.error(address(query), error));
    }

    private String address(PageQuery query) {
        return query.target().isEmpty() ? gatherer.configured() : query.target();
    }

    private static void send(RoutingContext context, Asset asset) {
        // Its address changes with its content.
        context.response().putHeader("Cache-Control", "public, max-age=31536000, immutable");
        send(context, 200, asset.type(), asset.content());
    }

    /** Equal pages have equal tags, and a page changes when a bucket ends: in between nothing is sent again. */
    private static void send(RoutingContext context, int status, String type, Buffer body) {
        HttpServerResponse response = context.response();
        if (!response.headers().contains("Cache-Control")) {
            response.putHeader("Cache-Control", "no-cache");
        }
        response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Vary", "Accept");
        if (status == 200) {
            String tag = Fingerprint.tag(body);
            response.putHeader("ETag", tag);
            if (Fingerprint.matches(context.request().getHeader("If-None-Match"), tag)) {
                response.setStatusCode(304).end();
                return;
            }
        }
        response.putHeader("Content-Type", type).setStatusCode(status).end(body);
    }
}
