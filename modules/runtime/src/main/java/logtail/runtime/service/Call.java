package logtail.runtime.service;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/**
 * One call: its request bounded, with a deadline, and safe to answer at any time, also when the caller has left. Belongs
 * to the context of its connection; only {@link #cancelled()} and {@link #context()} may be asked from elsewhere.
 */
final class Call {
    private static final String IDENTITY = "identity";

    private final Vertx vertx;
    private final Context context;
    private final GrpcServerResponse<?, ?> response;
    private final String peer;
    private final int requestBytes;
    private final boolean many;
    private final List<Long> timers = new ArrayList<>(2);
    private final List<Runnable> whenOver = new ArrayList<>(1);
    private boolean received;
    private volatile boolean over;

    private Call(Vertx vertx, GrpcServerRequest<?, ?> request, int requestBytes, boolean many) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.response = request.response();
        this.peer = String.valueOf(request.connection().remoteAddress());
        this.requestBytes = requestBytes;
        this.many = many;
    }

    /**
     * Waits for the one request message of a call.
     *
     * @param requestBytes longest message, after decompression
     * @param ready called with the message, unless the call ends before
     */
    static <Q extends MessageLite> void receive(
            Vertx vertx,
            GrpcServerRequest<?, ?> request,
            Parser<Q> parser,
            int requestBytes,
            BiConsumer<Call, Q> ready) {
        new Call(vertx, request, requestBytes, false).receive(request, parser, ready);
    }

    /** Like {@link #receive}, with any number of messages; the call ends when the caller has sent its last one. */
    static <Q extends MessageLite> void receiveMany(
            Vertx vertx,
            GrpcServerRequest<?, ?> request,
            Parser<Q> parser,
            int requestBytes,
            BiConsumer<Call, Q> each) {
        new Call(vertx, request, requestBytes, true).receive(request, parser, each);
    }

    private <Q extends MessageLite> void receive(
            GrpcServerRequest<?, ?> request, Parser<Q> parser, BiConsumer<Call, Q> ready) {
        // The caller has reset the stream, or the connection is gone: which handler says so depends.
        request.errorHandler(error -> finish());
        request.exceptionHandler(lost -> finish());
        response.exceptionHandler(lost -> finish());
        request.invalidMessageHandler(invalid -> tooLong());
        request.endHandler(end -> requestEnded());
        request.messageHandler(message -> take(message, parser, ready));
        schedule(PortLimits.REQUEST_TIMEOUT_MS, () -> received, "no request message");
        if (request.timeout() > 0) {
            schedule(request.timeout(), () -> false, "");
        } else if (request.headers().contains(GrpcHeaderNames.GRPC_TIMEOUT)) {
            // Less than a millisecond, or nonsense.
            fail(GrpcStatus.DEADLINE_EXCEEDED, "");
        }
    }

    private void schedule(long delayMs, BooleanSupplier unless, String message) {
        timers.add(vertx.setTimer(delayMs, timer -> {
            if (!unless.getAsBoolean()) {
                fail(GrpcStatus.DEADLINE_EXCEEDED, message);
            }
        }));
    }

    private void requestEnded() {
        if (!received) {
            fail(GrpcStatus.INVALID_ARGUMENT, "no request message");
        } else if (many) {
            end();
        }
    }

    private <Q extends MessageLite> void take(GrpcMessage message, Parser<Q> parser, BiConsumer<Call, Q> ready) {
        if (over || received && !many) {
            return;
        }
        received = true;
        Q parsed;
        try {
            byte[] bytes = message.payload().getBytes();
            parsed = parser.parseFrom(message.encoding().equals(IDENTITY) ? bytes : unzip(bytes, requestBytes));
        } catch (InvalidProtocolBufferException malformed) {
            fail(GrpcStatus.INVALID_ARGUMENT, "the request is no such message");
            return;
        } catch (TooLongException e) {
            tooLong();
            return;
        } catch (IOException notZipped) {
            fail(GrpcStatus.INVALID_ARGUMENT, "the request is not compressed as it says");
            return;
        }
        try {
            ready.accept(this, parsed);
        } catch (RuntimeException bug) {
            fail(GrpcStatus.INTERNAL, "");
            throw bug;
        }
    }

    /** A small message can unpack to a huge one, so the limit counts what comes out. */
    private static byte[] unzip(byte[] zipped, int bytesMax) throws IOException, TooLongException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new TooLongException();
            }
            return bytes;
        }
    }

    private static final class TooLongException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private void tooLong() {
        received = true;
        fail(GrpcStatus.RESOURCE_EXHAUSTED, "the request is longer than " + requestBytes + " bytes");
    }

    /** Address and port of the caller. */
    String peer() {
        return peer;
    }

    /** The context that everything but {@link #cancelled()} is called on. */
    Context context() {
        return context;
    }

    /** Whether nobody waits for an answer any more. From any thread. */
    boolean cancelled() {
        return over;
    }

    /** Runs once the call is over, for whatever reason; at once when it is. */
    void whenOver(Runnable action) {
        if (over) {
            action.run();
        } else {
            whenOver.add(action);
        }
    }

    /** Ends the call with its only answer, an encoded message. */
    void answer(byte[] message) {
        if (finish()) {
            response.endMessage(encoded(Buffer.buffer(message)));
        }
    }

    /** Ends a stream of answers. */
    void end() {
        if (finish()) {
            response.end();
        }
    }

    /**
     * Ends the call.
     *
     * @param message one line for the caller, never the text of an exception that is not meant for it
     */
    void fail(GrpcStatus status, String message) {
        if (finish()) {
            response.status(status).statusMessage(line(message)).end();
        }
    }

    private static String line(String message) {
        String cut = message.length() > PortLimits.MESSAGE_CHARS
                ? message.substring(0, PortLimits.MESSAGE_CHARS) + "..."
                : message;
        return cut.replaceAll("\\p{Cntrl}", " ");
    }

    /**
     * Sends one more encoded message.
     *
     * @return succeeds when the caller has made room for all of it, so that who waits for that keeps one message in
     *     memory; fails when the call is over
     */
    Future<Void> write(Buffer message) {
        if (over) {
            return Future.failedFuture("the call is over");
        }
        return response.writeMessage(encoded(message));
    }

    /** Sends the headers, so that the caller knows the stream has begun. */
    void begin() {
        if (!over) {
            response.writeHead();
        }
    }

    /** Whether some small messages wait for the caller already: the library counts messages, not bytes. */
    boolean isFull() {
        return response.writeQueueFull();
    }

    private static GrpcMessage encoded(Buffer message) {
        return GrpcMessage.message(IDENTITY, message);
    }

    /** True once: the library throws when a call that is over is written to. */
    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        timers.forEach(vertx::cancelTimer);
        whenOver.forEach(Runnable::run);
        whenOver.clear();
        return true;
    }
}
