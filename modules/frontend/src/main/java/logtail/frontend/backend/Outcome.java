package logtail.frontend.backend;

import io.vertx.grpc.common.GrpcStatus;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import logtail.core.query.InvalidQueryException;
import logtail.runtime.client.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * How one question went: it has a value, or a failure. A page shows what it has, so that one failed question does not
 * take the others with it (FR-6.4).
 */
public final class Outcome<T> {
    private final @Nullable T value;
    private final @Nullable Failure failure;

    /**
     * Why there is no answer.
     *
     * @param text as the command line writes it, {@code UNAVAILABLE: connection refused}; from a peer it may hold
     *     anything
     */
    public record Failure(GrpcStatus status, String text) {}

    private Outcome(@Nullable T value, @Nullable Failure failure) {
        this.value = value;
        this.failure = failure;
    }

    public static <T> Outcome<T> of(T value) {
        return new Outcome<>(value, null);
    }

    public static <T> Outcome<T> failed(GrpcStatus status, String detail) {
        return new Outcome<>(null, new Failure(status, status.name() + ": " + detail));
    }

    /** The same failure in another place. */
    static <T> Outcome<T> failed(Failure failure) {
        return new Outcome<>(null, failure);
    }

    static <T> Outcome<T> failed(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof RpcException rpc) {
            return new Outcome<>(null, new Failure(rpc.status(), message));
        }
        if (cause instanceof InvalidQueryException) {
            return failed(GrpcStatus.INVALID_ARGUMENT, message);
        }
        if (cause instanceof TimeoutException) {
            return failed(GrpcStatus.DEADLINE_EXCEEDED, "no answer in time");
        }
        return failed(GrpcStatus.INTERNAL, cause.getClass().getSimpleName() + ": " + message);
    }

    public boolean ok() {
        return failure == null;
    }

    /**
     * @throws NullPointerException unless {@link #ok()}
     */
    public T value() {
        return Objects.requireNonNull(value);
    }

    /**
     * @throws NullPointerException when {@link #ok()}
     */
    public Failure failure() {
        return Objects.requireNonNull(failure);
    }

    /** What either case comes to. */
    public <R> R fold(Function<T, R> answered, Function<Failure, R> failed) {
        return ok() ? answered.apply(value()) : failed.apply(failure());
    }
}
