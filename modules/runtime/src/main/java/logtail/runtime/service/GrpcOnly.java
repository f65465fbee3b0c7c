package logtail.runtime.service;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets gRPC over HTTP/2 through and refuses everything else: browsers, gRPC-Web, JSON. */
final class GrpcOnly implements Handler<HttpServerRequest> {
    private static final String GRPC = "application/grpc";
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int VERSION_NOT_SUPPORTED = 505;

    private final GrpcServer grpc;

    GrpcOnly(GrpcServer grpc) {
        this.grpc = grpc;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            refuse(request, VERSION_NOT_SUPPORTED);
        } else if (!isGrpc(request.getHeader(HttpHeaders.CONTENT_TYPE)) || request.path() == null) {
            refuse(request, UNSUPPORTED_MEDIA_TYPE);
        } else if (!isKnown(request.getHeader(GrpcHeaderNames.GRPC_ENCODING))) {
            refuseEncoding(request);
        } else {
            pass(request);
        }
    }

    private void pass(HttpServerRequest request) {
        // Plain protobuf whatever the spelling: the library would take a parameter for another media type.
        request.headers().set(HttpHeaders.CONTENT_TYPE, GRPC);
        if (!request.headers().contains(GrpcHeaderNames.GRPC_ENCODING)) {
            // Without this a message that says it is compressed throws inside the library.
            request.headers().set(GrpcHeaderNames.GRPC_ENCODING, "identity");
        }
        grpc.handle(request);
    }

    private static boolean isGrpc(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.equals(GRPC) || type.equals(GRPC + "+proto");
    }

    private static boolean isKnown(@Nullable String encoding) {
        return encoding == null || encoding.equals("identity") || encoding.equals("gzip");
    }

    private static void refuse(HttpServerRequest request, int status) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end("this port speaks gRPC over HTTP/2 only\n")
                .onComplete(sent -> close(request));
    }

    /** Who speaks another protocol has no further business here; an HTTP/2 connection may carry other calls. */
    private static void close(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            request.connection().close();
        }
    }

    private static void refuseEncoding(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, GRPC)
                .putHeader(GrpcHeaderNames.GRPC_ACCEPT_ENCODING, "identity,gzip")
                .putHeader(GrpcHeaderNames.GRPC_STATUS, GrpcStatus.UNIMPLEMENTED.toString())
                .putHeader(GrpcHeaderNames.GRPC_MESSAGE, "compression is gzip or none")
                .end();
    }
}
