package logtail.runtime.client;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Exception;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.grpc.common.GrpcError;
import io.vertx.grpc.common.GrpcErrorException;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What went wrong on the way to a peer, as a gRPC status and one short line. */
final class Failures {
    private Failures() {}

    static RpcException of(Throwable cause) {
        if (cause instanceof RpcException rpc) {
            return rpc;
        }
        if (cause instanceof GrpcErrorException reset) {
            return of(reset.error());
        }
        if (cause instanceof StreamResetException reset) {
            return of(GrpcError.mapHttp2ErrorCode(reset.getCode()));
        }
        return new RpcException(GrpcStatus.UNAVAILABLE, line(cause));
    }

    /** The peer has reset the stream. */
    static RpcException of(@Nullable GrpcError error) {
        return new RpcException(error == null ? GrpcStatus.UNKNOWN : error.status, "the peer reset the call");
    }

    private static String line(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "unknown host";
        }
        if (cause instanceof ConnectTimeoutException) {
            return "no connection in time";
        }
        if (cause instanceof ConnectException) {
            String text = String.valueOf(cause.getMessage());
            // The library repeats the address; who prints the line has named the peer already.
            int colon = text.indexOf(": ");
            return colon < 0 ? text : text.substring(0, colon);
        }
        if (cause instanceof HttpClosedException || cause instanceof ClosedChannelException) {
            return "connection closed";
        }
        if (cause instanceof Http2Exception) {
            return "the peer does not speak HTTP/2";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Undoes the percent-encoding of a {@code grpc-message}; what is no encoding stays. */
    static String decode(@Nullable String encoded) {
        if (encoded == null || encoded.indexOf('%') < 0) {
            return encoded == null ? "" : encoded;
        }
        byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int value = in[i] == '%' && i + 2 < in.length ? hex(in[i + 1]) << 4 | hex(in[i + 2]) : -1;
            if (value >= 0) {
                out.write(value);
                i += 2;
            } else {
                out.write(in[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The value of a hex digit; negative when it is none. */
    private static int hex(byte c) {
        return c < 0 ? -1 : Character.digit(c, 16);
    }
}
