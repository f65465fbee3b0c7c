package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final Meters meters = new Meters();
    private final Health health = new Health(meters);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private int port;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void serve(Supplier<Future<PagePart>> parts) {
        vertx.deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        return new TelemetryServer(vertx, meters, health, parts)
                                .listen("127.0.0.1", 0)
                                .onSuccess(bound -> port = bound);
                    }
                })
                .await();
    }

    private void serve(PagePart part) {
        serve(() -> Future.succeededFuture(part));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> getLater(String path) {
        return client.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    @Test
    void metricsAreServedInTheFormatThatIsAskedFor() throws Exception {
        meters.counter(Metric.FOLDED, () -> 1);
        serve(PagePart.NONE);
        HttpResponse<String> text = get("/metrics");
        assertThat(text.statusCode()).isEqualTo(200);
        assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(text.body()).isEqualTo(Rendered.text(meters));

        HttpResponse<String> open = client.send(
                request("/metrics?name=x")
                        .header("Accept", "application/openmetrics-text")
                        .build(),
                BodyHandlers.ofString());
        assertThat(open.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).endsWith("# EOF\n");

        HttpResponse<byte[]> zipped = client.send(
                request("/metrics").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(zipped.headers().firstValue("Vary")).hasValue("Accept, Accept-Encoding");
        assertThat(Rendered.unzipped(zipped.body())).isEqualTo(Rendered.text(meters));
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        serve(PagePart.NONE);
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/../../etc/passwd").statusCode()).isEqualTo(404);
        HttpResponse<String> post = client.send(
                request("/metrics")
                        .POST(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void headHasTheHeadersAndNoBody() throws Exception {
        serve(new BigPart(100_000));
        HttpResponse<String> head = client.send(
                request("/metrics")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isGreaterThanOrEqualTo(100_000);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void readinessSaysWhatIsMissing() throws Exception {
        AtomicReference<Optional<String>> store = new AtomicReference<>(Optional.empty());
        health.require("store", store::get);
        serve(PagePart.NONE);
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        health.started();
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("ready\n");
        store.set(Optional.of("no bucket has ended for 9 s"));
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("store: no bucket has ended for 9 s\n");
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void failureToRenderIsAnAnswerAndTheNextPageIsMadeAnew() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        serve(() -> failures.getAndDecrement() > 0
                ? Future.failedFuture("on purpose")
                : Future.succeededFuture(PagePart.NONE));
        assertThat(get("/metrics").statusCode()).isEqualTo(500);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void loopAnswersWhileAPageIsRendered() throws Exception {
        GatedPart part = new GatedPart();
        serve(part);
        List<CompletableFuture<HttpResponse<String>>> scrapes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            scrapes.add(getLater("/metrics"));
        }
        part.awaitBegun();
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(scrapes).noneMatch(CompletableFuture::isDone);
        part.go();
        for (CompletableFuture<HttpResponse<String>> scrape : scrapes) {
            assertThat(scrape.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    /** A client that asks and does not read. */
    private Socket ask() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.setSoTimeout(30_000);
        // The answer has begun; nothing else is read.
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    /** Body bytes until the server closes or so many have come. */
    private static long read(Socket socket, long bytes) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all += n;
                if (all >= bytes) {
                    break;
                }
            }
        } catch (IOException reset) {
            return all;
        }
        return all;
    }

    @Test
    void slowReaderHoldsUpNobodyAndGetsAllOfItsPage() throws Exception {
        BigPart part = new BigPart(20_000_000);
        serve(part);
        try (Socket slow = ask()) {
            for (int i = 0; i < 3; i++) {
                assertThat(get("/metrics").body().startsWith(part.text())).isTrue();
            }
            long pageBytes = part.text().length() + Rendered.text(meters).length();
            assertThat(read(slow, pageBytes)).isEqualTo(pageBytes);
        }
    }

    @Test
    void slowReadersOfOldPagesAreCutOffWhenNewOnesTakeTheRoom() throws Exception {
        int pageBytes = (int) (Readers.BYTES_MAX / 3);
        serve(new BigPart(pageBytes));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(ask());
            }
            assertThat(read(slow.get(0), pageBytes)).isLessThan(pageBytes);
            assertThat(read(slow.get(1), pageBytes)).isLessThan(pageBytes);
            assertThat(read(slow.get(2), pageBytes)).isGreaterThanOrEqualTo(pageBytes);
            assertThat(read(slow.get(3), pageBytes)).isGreaterThanOrEqualTo(pageBytes);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
