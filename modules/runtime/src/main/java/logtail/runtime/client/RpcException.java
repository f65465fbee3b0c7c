package logtail.runtime.client;

import io.vertx.grpc.common.GrpcStatus;

/** A call that did not succeed; its message is the status and one line, {@code UNAVAILABLE: connection refused}. */
public final class RpcException extends Exception {
    private static final long serialVersionUID = 1;

    private final GrpcStatus status;

    /**
     * @param status what the peer answered, or what best describes what went wrong on the way
     * @param detail what the peer said, or what went wrong; may be empty. From a peer it may hold anything: who shows it
     *     neutralises it
     */
    public RpcException(GrpcStatus status, String detail) {
        // Where in our code a peer's answer arrived helps nobody.
        super(detail.isEmpty() ? status.name() : status.name() + ": " + detail, null, false, false);
        this.status = status;
    }

    public GrpcStatus status() {
        return status;
    }
}
