package logtail.runtime.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import logtail.runtime.config.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * One call to a peer, from the connection to the status: whatever happens, its end is one success or one
 * {@link RpcException}. Belongs to one context; only {@link #end()} and {@link #cancel} may be used from elsewhere.
 *
 * @param <Q> request message
 */
final class Exchange<Q> {
    private static final byte[] PING = new byte[8];

    private final Vertx vertx;
    private final Context context;
    private final Promise<Void> end;
    private final int messageBytes;
    private @Nullable GrpcClientRequest<Q, ?> request;
    private final List<Long> timers = new ArrayList<>(2);
    private boolean asked;

    /**
     * @param messageBytes longest message of the answer, to say so when one is longer
     */
    Exchange(Vertx vertx, int messageBytes) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.end = Promise.promise();
        this.messageBytes = messageBytes;
        end.future().onComplete(done -> context.runOnContext(v -> release()));
    }

    /** Succeeds once the peer has ended the call with OK, or it was cancelled without a failure. */
    Future<Void> end() {
        return end.future();
    }

    Context context() {
        return context;
    }

    /**
     * @param timeoutMs the whole time it may take; 0 for ever
     * @param each called with every message of the answer
     * @param started called once the answer begins, before its messages
     */
    <A> void start(
            GrpcClient client,
            HostPort peer,
            ServiceMethod<A, Q> method,
            Q message,
            long timeoutMs,
            Consumer<GrpcClientResponse<?, ?>> started,
            Consumer<GrpcMessage> each) {
        context.runOnContext(v -> {
            if (timeoutMs > 0) {
                timers.add(vertx.setTimer(
                        timeoutMs,
                        t -> cancel(new RpcException(
                                GrpcStatus.DEADLINE_EXCEEDED, "no answer within " + timeoutMs + " ms"))));
            }
            // Inside, because a closed client throws instead of failing.
            Future.succeededFuture(SocketAddress.inetSocketAddress(peer.port(), peer.connectHost()))
                    .compose(address -> client.request(address, method))
                    .compose(opened -> send(opened, message, timeoutMs))
                    .onSuccess(answered -> {
                        receive(answered, each);
                        started.accept(answered);
                    })
                    .onFailure(this::fail);
        });
    }

    private <A> Future<GrpcClientResponse<Q, A>> send(GrpcClientRequest<Q, A> opened, Q message, long timeoutMs) {
        request = opened;
        if (end.future().isComplete()) {
            opened.cancel();
            return Future.failedFuture("the call is over");
        }
        if (timeoutMs > 0) {
            opened.timeout(timeoutMs, TimeUnit.MILLISECONDS);
        }
        return opened.send(message);
    }

    private <A> void receive(GrpcClientResponse<Q, A> answered, Consumer<GrpcMessage> each) {
        answered.messageHandler(message -> {
            if (!end.future().isComplete()) {
                each.accept(message);
            }
        });
        answered.invalidMessageHandler(tooLong -> cancel(new RpcException(
                GrpcStatus.RESOURCE_EXHAUSTED, "the answer is longer than " + messageBytes + " bytes")));
        answered.errorHandler(error -> fail(Failures.of(error)));
        answered.exceptionHandler(this::fail);
        answered.endHandler(ended -> end(answered));
    }

    private void end(GrpcClientResponse<?, ?> answered) {
        GrpcStatus status = answered.status();
        if (status == GrpcStatus.OK) {
            end.tryComplete();
            return;
        }
        // An error without messages has it among the headers, one behind messages among the trailers.
        String detail = answered.headers().get(GrpcHeaderNames.GRPC_MESSAGE);
        if (detail == null) {
            detail = answered.trailers().get(GrpcHeaderNames.GRPC_MESSAGE);
        }
        fail(new RpcException(status == null ? GrpcStatus.UNKNOWN : status, Failures.decode(detail)));
    }

    /** Ends the call from this side, which is no failure. */
    void cancel() {
        end.tryComplete();
    }

    /** Ends the call from this side. */
    void cancel(RpcException why) {
        fail(why);
    }

    private void fail(Throwable cause) {
        end.tryFail(Failures.of(cause));
    }

    /**
     * Asks the peer now and then whether it is still there (HTTP/2 PING): a quiet answer looks like a dead one. When it
     * has not answered until the next time, the call fails.
     */
    void keepAlive(long intervalMs) {
        timers.add(vertx.setPeriodic(intervalMs, t -> {
            if (asked || request == null) {
                cancel(new RpcException(GrpcStatus.UNAVAILABLE, "the peer does not answer any more"));
                return;
            }
            asked = true;
            request.connection().ping(Buffer.buffer(PING)).onSuccess(answered -> asked = false);
        }));
    }

    private void release() {
        timers.forEach(vertx::cancelTimer);
        if (request != null) {
            // Does nothing when both sides have ended already.
            request.cancel();
        }
    }
}
