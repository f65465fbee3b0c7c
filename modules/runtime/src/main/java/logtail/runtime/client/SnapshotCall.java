package logtail.runtime.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.function.Function;
import logtail.runtime.config.HostPort;
import logtail.wire.SnapshotDecoder;
import logtail.wire.SnapshotRows;
import logtail.wire.proto.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A call that answers with snapshots: each is decoded on a worker thread and handed over, and only then the next one is
 * asked for.
 *
 * @param <Q> request message
 */
final class SnapshotCall<Q> implements SnapshotStream {
    /**
     * How often a peer is asked (HTTP/2 PING); one that has not answered until the next time is gone. Peers in other
     * languages hang up on three early pings without a message between them, and send one message a minute.
     */
    private static final long PING_INTERVAL_MS = 30_000;

    private final Vertx vertx;
    private final Exchange<Q> exchange;
    private final SnapshotDecoder decoder;
    private final Function<SnapshotRows, Future<?>> receiver;
    private @Nullable GrpcClientResponse<?, ?> response;

    SnapshotCall(Vertx vertx, SnapshotDecoder decoder, int messageBytes, Function<SnapshotRows, Future<?>> receiver) {
        this.vertx = vertx;
        this.exchange = new Exchange<>(vertx, messageBytes);
        this.decoder = decoder;
        this.receiver = receiver;
    }

    SnapshotCall<Q> start(GrpcClient client, HostPort peer, ServiceMethod<Snapshot, Q> method, Q message) {
        exchange.start(client, peer, method, message, 0, this::begin, this::take);
        return this;
    }

    @Override
    public Future<Void> end() {
        return exchange.end();
    }

    @Override
    public void cancel() {
        exchange.cancel();
    }

    private void begin(GrpcClientResponse<?, ?> answer) {
        response = answer;
        answer.pause();
        answer.fetch(1);
        exchange.keepAlive(PING_INTERVAL_MS);
    }

    private void take(GrpcMessage message) {
        byte[] bytes = message.payload().getBytes();
        vertx.executeBlocking(() -> decoder.decode(bytes))
                .recover(SnapshotCall::undecodable)
                .compose(receiver::apply)
                .onComplete(done -> exchange.context().runOnContext(v -> {
                    if (done.failed()) {
                        exchange.cancel(Failures.of(done.cause()));
                    } else if (response != null) {
                        response.fetch(1);
                    }
                }));
    }

    private static <T> Future<T> undecodable(Throwable cause) {
        return Future.failedFuture(
                cause instanceof InvalidProtocolBufferException
                        ? new RpcException(GrpcStatus.INTERNAL, "the answer is no such message")
                        : cause);
    }
}
