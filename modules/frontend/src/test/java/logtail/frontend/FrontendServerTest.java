package logtail.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Schema;
import logtail.frontend.backend.Gatherer;
import logtail.frontend.query.PageDefaults;
import logtail.wire.Freshness;
import logtail.wire.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendServerTest {
    private static final String HOME = "agg:9091";
    private static final int PATIENCE_MS = 20_000;

    private final FakeBackend backend = new FakeBackend();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMillis(PATIENCE_MS))
            .build();
    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void start() {
        port = serve(5_000, new Connections(100, PATIENCE_MS));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private int serve(long deadlineMs, Connections connections) {
        PageDefaults defaults = PageDefaults.of(Schema.LOGTAIL, 25, TopNQuery.ROWS_MAX, 30, 1_024);
        int[] bound = new int[1];
        Files files = Files.read(vertx);
        vertx.deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        Gatherer gatherer = new Gatherer(backend, HOME, deadlineMs);
                        return new FrontendServer(vertx, defaults, gatherer, files, connections)
                                .listen("127.0.0.1", 0)
                                .onSuccess(port -> bound[0] = port);
                    }
                })
                .await();
        return bound[0];
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return send("GET", url);
    }

    private HttpResponse<String> getWith(String url, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + url))
                .header(header, value)
                .timeout(Duration.ofMillis(PATIENCE_MS))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofMillis(PATIENCE_MS))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** The answer to raw bytes, up to the end of the connection. */
    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    @Test
    void shouldShowThePage() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(Outline.of(page.body()).lines())
                .contains("| 1 | [a -> /?by=prefix&f_website=a] | 1 | <0.01 | 100\u00a0% | |"
                        + " [+ -> /?f_website=a] [− -> /?f_q=website%21%3Da]");
    }

    /** F21. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?raw=1",
                "/?w=7m",
                "/?q=%28",
                "/?target=x:1",
                "/status",
                "/nowhere",
                "/%00",
                "/healthz",
                "/readyz",
                "/style.css"
            })
    void shouldHaveSecurityHeadersEverywhere_andNoCookies(String url) throws Exception {
        var headers = get(url).headers();

        assertThat(headers.firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; ")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "script");
        assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
        assertThat(headers.firstValue("referrer-policy")).contains("no-referrer");
        assertThat(headers.firstValue("set-cookie")).isEmpty();
        assertThat(headers.firstValue("content-type")).isPresent();
    }

    /** What the policy allows is all that the page needs. */
    @Test
    void shouldServeTheStylesheetAndTheIconThatThePageNames() throws Exception {
        String page = get("/").body();
        String stylesheet = page.replaceAll("(?s).*<link rel=\"stylesheet\" href=\"([^\"]+)\".*", "$1");
        String icon = page.replaceAll("(?s).*<link rel=\"icon\" type=\"image/svg\\+xml\" href=\"([^\"]+)\".*", "$1");

        assertThat(get(stylesheet).headers().firstValue("content-type")).contains("text/css; charset=utf-8");
        assertThat(get(stylesheet).body()).doesNotContain("url(", "@import", "http:");
        assertThat(get(icon).headers().firstValue("content-type")).contains("image/svg+xml");
        assertThat(page).doesNotContain("<script", " style=", "<style", "http://", "https://");
    }

    /** FR-6.5. */
    @Test
    void shouldGiveJson() throws Exception {
        HttpResponse<String> json = get("/?raw=1&by=uri&n=3&w=1m");

        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.headers().firstValue("content-type")).contains("application/json");
        JsonObject object = new JsonObject(json.body());
        assertThat(object.fieldNames())
                .containsExactly(
                        "target", "source", "window", "group_by", "total", "unknown", "exact", "buckets", "entries");
        assertThat(object.getString("target")).isEqualTo(HOME);
        assertThat(backend.questions.get(0).n()).isEqualTo(3);
        assertThat(backend.questions.get(0).groupBy().get(0).name()).isEqualTo("uri");
    }

    /** FR-6.6. */
    @Test
    void shouldLeadFromAnExpressionToItsAddress() throws Exception {
        HttpResponse<String> answer = get("/?w=1m&f_uri=/old&q=status%3E%3D400+AND+website~%3Dgouda.*");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/?w=1m&f_status=%3E%3D400&f_website_re=gouda.*");
        assertThat(get("/?q=website!%3Da").headers().firstValue("location")).contains("/?f_q=website%21%3Da");
        assertThat(backend.asked).isEmpty();
    }

    /** F09. */
    @ParameterizedTest
    @ValueSource(strings = {"status%3E%3E", "AND", "asn=1+OR+asn=2", "%28%28%28", "%00", "%0d%0aX-Evil:1"})
    void shouldShowWhatIsWrongWithAnExpression_andKeepTheFilters(String q) throws Exception {
        HttpResponse<String> page = get("/?f_website=a&q=" + q);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("x-evil")).isEmpty();
        assertThat(Outline.of(page.body()).lines())
                .contains("input f_website a")
                .anyMatch(line -> line.endsWith("; the filters are as they were."));
        assertThat(backend.questions.get(0).filter().terms()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/?q=%28&raw=1, INVALID_ARGUMENT: q: ",
        "/?w=7m&raw=1, INVALID_ARGUMENT: w=7m: ",
        "/?target=x:1&raw=1, INVALID_ARGUMENT: "
    })
    void shouldRefuseInJsonWhoeverAsksForJson(String url, String error) throws Exception {
        HttpResponse<String> answer = get(url);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("error")).startsWith(error);
    }

    @Test
    void shouldRefuseANodeThatTheConfiguredOneDoesNotName() throws Exception {
        HttpResponse<String> answer = get("/?target=169.254.169.254:80");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(backend.asked).containsOnly("targets " + HOME);
    }

    @Test
    void shouldShowANodeThatTheConfiguredOneNames() throws Exception {
        backend.targets = Future.succeededFuture(List.of(new Target("nginx1", "nginx1:9090", Freshness.FRESH, 1)));

        assertThat(get("/?target=nginx1:9090").statusCode()).isEqualTo(200);
        assertThat(backend.asked).contains("topN nginx1:9090");
    }

    @Test
    void shouldTakeTheConfiguredTargetForTheDefault() throws Exception {
        assertThat(get("/?target=" + HOME).body()).contains("href=\"/?w=1m\"");
    }

    /** F20. */
    @Test
    void shouldShowThePageAtTheDeadline_whenTheTrendNeverComes() throws Exception {
        port = serve(100, new Connections(100, PATIENCE_MS));
        backend.trend = FakeBackend.silent();
        backend.targets = FakeBackend.silent();

        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Outline.of(page.body()).lines())
                .anyMatch(line -> line.startsWith("| 1 | [a"))
                .anyMatch(line -> line.startsWith("Missing on this page: the trend (DEADLINE_EXCEEDED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?raw=1"})
    void shouldSayThatTheNodeIsAway(String url) throws Exception {
        backend.topN = FakeBackend.failing(GrpcStatus.UNAVAILABLE, "connection refused");

        HttpResponse<String> answer = get(url);

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("UNAVAILABLE: connection refused");
    }

    @Test
    void shouldSayThatTheNodeDidNotAnswer() throws Exception {
        port = serve(100, new Connections(100, PATIENCE_MS));
        backend.topN = FakeBackend.silent();

        assertThat(get("/").statusCode()).isEqualTo(504);
    }

    /** F11: every link of a page works, however long. */
    @Test
    void shouldAnswerLongAddresses() throws Exception {
        String uri = "/" + "\u65e5".repeat(2_730);
        backend.topN = Future.succeededFuture(FakeBackend.ranking(List.of(FakeBackend.row(uri, 1)), 1, 5));
        String page = get("/?by=uri&f_website=" + "a".repeat(8_000)).body();
        String href = page.replaceAll("(?s).*<th scope=\"row\"[^>]*><a href=\"([^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        assertThat(href.length()).isGreaterThan(32_000);

        assertThat(get(href).statusCode()).isEqualTo(200);

        TopNQuery asked = backend.questions.get(1);
        assertThat(asked.filter().terms()).anyMatch(term -> term.operand().equals(uri));
    }

    @Test
    void shouldRefuseAddressesWithoutEnd() throws Exception {
        assertThat(exchange(
                        "GET /?f_uri=" + "a".repeat(HttpLimits.REQUEST_LINE_BYTES) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .contains(" 414 ");
    }

    /** F23. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void shouldTakeNothingButGetAndHead(String method) throws Exception {
        String answer = exchange(method + " / HTTP/1.1\r\nHost: x\r\nX-Secret: echo\r\nContent-Length: 4\r\n\r\nbody");

        assertThat(answer)
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("allow: GET, HEAD")
                .doesNotContain("echo");
        assertThat(backend.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?raw=1", "/status", "/style.css", "/healthz"})
    void shouldAnswerHeadWithoutABody(String url) throws Exception {
        HttpResponse<String> head = send("HEAD", url);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-type"))
                .isEqualTo(get(url).headers().firstValue("content-type"));
    }

    @Test
    void shouldNotSpeakHttp2InCleartext() throws Exception {
        assertThat(exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain("\u0000");
        assertThat(exchange("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
                        + "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void shouldAnswerHttp10() throws Exception {
        assertThat(exchange("GET /healthz HTTP/1.0\r\n\r\n")).contains(" 200 ").endsWith("ok\n");
    }

    /** F16. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/%5c..%5cwindows",
                "/.git/config",
                "/page.ftlh",
                "/style.css/../page.ftlh",
                "//",
                "/%00",
                "/%zz",
                "*"
            })
    void shouldServeNoFiles(String path) throws Exception {
        String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .matches("(?s)HTTP/1.1 (404|400|200) .*")
                .doesNotContain("root:", "<#import", "[core]")
                .containsIgnoringCase("content-security-policy: default-src 'none'");
        if (!path.equals("//")) {
            assertThat(answer).doesNotStartWith("HTTP/1.1 200");
        }
    }

    @Test
    void shouldMakeAHugeAnswerElsewhere_andStillGiveAllOfIt() throws Exception {
        List<TopNAnswer.Row> rows = IntStream.range(0, 20_000)
                .mapToObj(i -> FakeBackend.row("/" + i, 20_000 - i))
                .toList();
        backend.topN = Future.succeededFuture(FakeBackend.ranking(rows, 1 << 28, 5));

        assertThat(new JsonObject(get("/?raw=1&n=50000").body()).getJsonArray("entries"))
                .hasSize(20_000);
    }

    @Test
    void shouldShowTheNodes() throws Exception {
        backend.targets = Future.succeededFuture(List.of(
                new Target("<b>nginx1</b>", "nginx1:9090", Freshness.FRESH, 3),
                new Target("nginx2", "nginx2:9090", Freshness.NEVER, 0)));

        assertThat(Outline.of(get("/status").body()).lines())
                .contains(
                        "| [<b>nginx1</b> -> /?target=nginx1:9090] | [nginx1:9090 -> /status?target=nginx1:9090] | fresh"
                                + " | 3\u00a0s ago",
                        "| [nginx2 -> /?target=nginx2:9090] | [nginx2:9090 -> /status?target=nginx2:9090] | no data"
                                + " yet |");
    }

    @Test
    void shouldAskANamedNodeHowItIs_andNoOther() throws Exception {
        backend.targets = Future.succeededFuture(List.of(new Target("nginx1", "nginx1:9090", Freshness.FRESH, 3)));

        assertThat(get("/status?target=nginx1:9090").statusCode()).isEqualTo(200);
        assertThat(backend.asked).contains("status nginx1:9090");
        assertThat(get("/status?target=192.0.2.1:9090").statusCode()).isEqualTo(400);
        assertThat(backend.asked).doesNotContain("status 192.0.2.1:9090");
    }

    @Test
    void shouldSendAPageOnce_untilItChanges() throws Exception {
        HttpResponse<String> first = get("/");
        String tag = first.headers().firstValue("etag").orElseThrow();

        HttpResponse<String> second = getWith("/", "If-None-Match", tag);
        backend.topN = Future.succeededFuture(FakeBackend.ranking(List.of(FakeBackend.row("a", 2)), 2, 5));
        HttpResponse<String> third = getWith("/", "If-None-Match", "\"x\", " + tag);

        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("etag")).contains(tag);
        assertThat(second.headers().firstValue("vary")).isPresent();
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(third.headers().firstValue("etag").orElseThrow()).isNotEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain|text/plain",
                "text/plain;q=0.2, text/html;q=0.9|text/html",
                "application/json|application/json",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|text/html",
                "*/*|text/html",
                "image/png|text/html",
                "text/plain;q=0, */*|text/html",
                ";;,/|text/html"
            })
    void shouldAnswerInTheFormThatIsWanted(String accept, String type) throws Exception {
        HttpResponse<String> answer = getWith("/", "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith(type);
        assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    }

    @Test
    void shouldSayThatItLives_evenWhenTheNodeIsAway() throws Exception {
        backend.targets = FakeBackend.failing(GrpcStatus.UNAVAILABLE, "refused");

        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        assertThat(get("/readyz").body()).isEqualTo("ready\n");
        assertThat(get("/status").statusCode()).isEqualTo(502);
    }

    /** F18. */
    @Test
    void shouldCloseAConnectionThatNeverSaysWhatItWants_thoughItKeepsSending() throws Exception {
        port = serve(5_000, new Connections(100, 300));
        try (Socket slow = connect()) {
            slow.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.ISO_8859_1));
            slow.setSoTimeout(20);

            assertThat(closedWhileSending(slow)).isTrue();
        }
    }

    @Test
    void shouldCloseAConnectionThatSaysNothing() throws Exception {
        port = serve(5_000, new Connections(100, 100));
        try (Socket silent = connect()) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static boolean closedWhileSending(Socket slow) throws IOException {
        long giveUp = System.nanoTime() + Duration.ofMillis(PATIENCE_MS).toNanos();
        InputStream in = slow.getInputStream();
        while (System.nanoTime() < giveUp) {
            try {
                slow.getOutputStream().write('a');
                if (in.read() < 0) {
                    return true;
                }
            } catch (java.net.SocketTimeoutException stillOpen) {
                continue;
            } catch (java.net.SocketException reset) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldNotCloseAConnectionWhoseAnswerTakesLong() throws Exception {
        port = serve(600, new Connections(100, 50));
        backend.topN = FakeBackend.silent();

        assertThat(get("/").statusCode()).isEqualTo(504);
    }

    @Test
    void shouldTurnAwayConnectionsBeyondTheLimit_andServeTheOthers() throws Exception {
        port = serve(5_000, new Connections(3, PATIENCE_MS));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                Socket socket = connect();
                sockets.add(socket);
                socket.getOutputStream()
                        .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            try (Socket tooMany = connect()) {
                assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
            }
            sockets.get(0)
                    .getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(sockets.get(0).getInputStream().read()).isPositive();
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
