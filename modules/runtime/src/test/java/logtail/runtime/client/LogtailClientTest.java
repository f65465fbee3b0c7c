package logtail.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.query.TrendQuery;
import logtail.core.query.lang.Expression;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.runtime.config.HostPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LogtailClientTest {
    private static final TrendQuery QUERY = new TrendQuery(Filter.ALL, Window.W5M);

    private final Queue<Throwable> unhandled = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx().exceptionHandler(unhandled::add);
    private final LogtailClient client = new LogtailClient(vertx, 1 << 20);

    @AfterEach
    void stop() {
        vertx.close().await();
        assertThat(unhandled).isEmpty();
    }

    @Test
    void aPortWhereNobodyListens_isUnavailable() {
        HostPort closed = listen(NetSocket::close);
        vertx.close().await();

        Vertx other = Vertx.vertx();
        assertThatThrownBy(() -> new LogtailClient(other, 1 << 20)
                        .trend(closed, QUERY, 5_000)
                        .await())
                .hasMessage("UNAVAILABLE: Connection refused");
        other.close().await();
    }

    @Test
    void aPeerThatHangsUp_isUnavailable() {
        assertThat(statusOf(listen(NetSocket::close))).isEqualTo(GrpcStatus.UNAVAILABLE);
    }

    @Test
    void aPeerThatSpeaksSomethingElse_isUnavailable() {
        assertThat(statusOf(listen(socket -> socket.write("220 mail.example.org ESMTP\r\n"))))
                .isEqualTo(GrpcStatus.UNAVAILABLE);
    }

    @Test
    void aWebServer_isUnavailable() {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("hello"))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();

        assertThatThrownBy(() -> client.trend(new HostPort("127.0.0.1", port), QUERY, 5_000)
                        .await())
                .isInstanceOf(RpcException.class)
                .hasMessageStartingWith("UNAVAILABLE: ");
    }

    @Test
    void aPeerThatSaysNothing_isDeadlineExceeded() {
        HostPort silent = listen(socket -> {});

        assertThatThrownBy(() -> client.trend(silent, QUERY, 100).await())
                .hasMessage("DEADLINE_EXCEEDED: no answer within 100 ms");
    }

    @Test
    void aQuestionThatCannotBeSent_isNotSent() {
        Dimension website = Schema.LOGTAIL.named("website").orElseThrow();
        Filter tooMuch = Filter.ALL;
        for (int i = 0; i <= Expression.CONDITIONS_MAX; i++) {
            tooMuch = tooMuch.and(Term.of(website, FilterOp.NE, "w" + i));
        }
        TrendQuery query = new TrendQuery(tooMuch, Window.W5M);

        assertThatThrownBy(() -> client.trend(new HostPort("", 1), query, 5_000).await())
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void aStreamToNobody_failsOnce() {
        HostPort closed = listen(NetSocket::close);

        SnapshotStream stream = client.stream(closed, false, rows -> Future.succeededFuture());

        assertThatThrownBy(() -> stream.end().await()).isInstanceOf(RpcException.class);
        stream.cancel();
    }

    @Test
    void aClosedClient_failsItsCalls() {
        client.close().await();

        assertThat(statusOf(new HostPort("127.0.0.1", 1))).isEqualTo(GrpcStatus.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "a+b, a+b",
        "100%, 100%",
        "%4, %4",
        "%zz%20x, %zz x",
        "caf%C3%A9%0A, 'caf\u00e9\n'",
        "%e2%82%ac, \u20ac"
    })
    void aMessage_isPercentDecoded(String encoded, String expected) {
        assertThat(Failures.decode(encoded)).isEqualTo(expected);
    }

    @Test
    void noMessage_isEmpty() {
        assertThat(Failures.decode(null)).isEmpty();
        assertThat(new RpcException(GrpcStatus.ABORTED, "")).hasMessage("ABORTED");
    }

    private GrpcStatus statusOf(HostPort peer) {
        try {
            client.trend(peer, QUERY, 5_000).await();
            return GrpcStatus.OK;
        } catch (Exception e) {
            assertThat(e).isInstanceOf(RpcException.class);
            return ((RpcException) e).status();
        }
    }

    private HostPort listen(Consumer<NetSocket> peer) {
        int port = vertx.createNetServer()
                .connectHandler(socket -> {
                    socket.exceptionHandler(lost -> {});
                    peer.accept(socket);
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        return new HostPort("127.0.0.1", port);
    }
}
