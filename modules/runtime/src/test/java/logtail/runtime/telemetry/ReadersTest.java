package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadersTest {
    private static final int PAGE_BYTES = 100 << 20;

    /** Most that the kernel keeps for two ends of a connection on this machine, generously. */
    private static final int KERNEL_BYTES = 32 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final Readers readers = new Readers();
    private final Page page;

    private final CompletableFuture<HttpServerResponse> asked = new CompletableFuture<>();
    private int port;

    ReadersTest() throws IOException {
        page = Page.render(PageFormat.TEXT, false, new Meters(), new BigPart(PAGE_BYTES));
    }

    @BeforeEach
    void serve() {
        vertx.deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        return vertx.createHttpServer()
                                .requestHandler(request -> {
                                    HttpServerResponse response = request.response()
                                            .putHeader("Content-Length", Long.toString(page.lengthBytes()));
                                    asked.complete(response);
                                    readers.send(page, response);
                                })
                                .listen(0, "127.0.0.1")
                                .map(HttpServer::actualPort)
                                .onSuccess(bound -> port = bound);
                    }
                })
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void clientThatDoesNotReadIsNotWrittenTo() throws Exception {
        try (Socket socket = ask()) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            HttpServerResponse response = asked.get();
            // Whoever ignores that the queue is full has written all of it within one run of the loop.
            await(response::writeQueueFull);
            assertThat(response.bytesWritten()).isLessThan(KERNEL_BYTES);
            assertThat(readers.bytes()).isEqualTo(page.lengthBytes());
        }
    }

    @Test
    void clientThatGoesAwayNoLongerKeepsItsPage() throws Exception {
        try (Socket first = ask();
                Socket second = ask()) {
            assertThat(first.getInputStream().read()).isEqualTo('H');
            assertThat(second.getInputStream().read()).isEqualTo('H');
            assertThat(readers.bytes()).isEqualTo(page.lengthBytes());
        }
        await(() -> readers.bytes() == 0);
    }

    @Test
    void clientThatReadsGetsTheWholePage() throws Exception {
        try (Socket socket = ask()) {
            byte[] start = socket.getInputStream().readNBytes(PAGE_BYTES);
            assertThat(new String(start, StandardCharsets.US_ASCII).endsWith("# some words that take place\n"))
                    .isFalse();
            await(() -> readers.bytes() == 0);
        }
    }
}
