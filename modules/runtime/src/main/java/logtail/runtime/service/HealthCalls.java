package logtail.runtime.service;

import com.google.protobuf.MessageLite;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthListRequest;
import io.vertx.grpc.health.v1.HealthListResponse;
import io.vertx.grpc.server.GrpcServer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * {@code grpc.health.v1.Health}: the whole node (empty name) and each of its services are SERVING while the node is
 * ready and not stopping.
 *
 * <p>Made here because the library's own always says SERVING for the empty name, and its Watch forgets nobody before
 * the connection closes.
 */
final class HealthCalls {
    static final ServiceName SERVICE = ServiceName.create("grpc.health.v1", "Health");

    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> CHECK = method("Check");
    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> WATCH = method("Watch");
    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> LIST = method("List");

    private final Vertx vertx;
    private final Set<String> services;
    private final BooleanSupplier ready;
    private final Map<Call, Watcher> watchers = new ConcurrentHashMap<>();
    private long timer = -1;
    private volatile boolean stopping;

    /**
     * @param services full names of what this port serves
     * @param ready whether the node does
     */
    HealthCalls(Vertx vertx, Set<String> services, BooleanSupplier ready) {
        this.vertx = vertx;
        this.services = services;
        this.ready = ready;
    }

    /** Begins to look at the node's health now and then. */
    void start() {
        timer = vertx.setPeriodic(PortLimits.HEALTH_INTERVAL_MS, t -> tellWatchers());
    }

    private static ServiceMethod<HealthCheckRequest, HealthCheckResponse> method(String name) {
        // Requests are read by Call; these only name the method.
        return ServiceMethod.server(
                SERVICE,
                name,
                GrpcMessageEncoder.encoder(),
                GrpcMessageDecoder.decoder(HealthCheckRequest.newBuilder()));
    }

    void bind(GrpcServer grpc) {
        grpc.callHandler(
                CHECK,
                request -> Call.receive(
                        vertx, request, HealthCheckRequest.parser(), PortLimits.SMALL_REQUEST_BYTES, this::check));
        grpc.callHandler(
                WATCH,
                request -> Call.receive(
                        vertx, request, HealthCheckRequest.parser(), PortLimits.SMALL_REQUEST_BYTES, this::watch));
        grpc.callHandler(
                LIST,
                request -> Call.receive(
                        vertx, request, HealthListRequest.parser(), PortLimits.SMALL_REQUEST_BYTES, this::list));
    }

    private void check(Call call, HealthCheckRequest request) {
        ServingStatus status = status(request.getService());
        if (status == ServingStatus.SERVICE_UNKNOWN) {
            call.fail(GrpcStatus.NOT_FOUND, "no such service");
        } else {
            call.answer(message(status).toByteArray());
        }
    }

    private void watch(Call call, HealthCheckRequest request) {
        Watcher watcher = new Watcher(call, request.getService());
        watchers.put(call, watcher);
        call.whenOver(() -> watchers.remove(call));
        watcher.tell();
    }

    private void list(Call call, HealthListRequest request) {
        HealthListResponse.Builder all = HealthListResponse.newBuilder().putStatuses("", message(status("")));
        services.forEach(service -> all.putStatuses(service, message(status(service))));
        call.answer(all.build().toByteArray());
    }

    private ServingStatus status(String service) {
        if (!service.isEmpty() && !services.contains(service)) {
            return ServingStatus.SERVICE_UNKNOWN;
        }
        return !stopping && ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse message(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    private void tellWatchers() {
        watchers.values().forEach(watcher -> watcher.call.context().runOnContext(v -> watcher.tell()));
    }

    /** From now on nothing is SERVING; those who watch are told, and their calls end. */
    void close() {
        stopping = true;
        vertx.cancelTimer(timer);
        watchers.values().forEach(watcher -> watcher.call.context().runOnContext(v -> {
            watcher.tell();
            watcher.call.end();
        }));
    }

    /** One Watch call; hears of changes only. */
    private final class Watcher {
        private final Call call;
        private final String service;
        private ServingStatus told = ServingStatus.UNKNOWN;

        Watcher(Call call, String service) {
            this.call = call;
            this.service = service;
        }

        void tell() {
            ServingStatus now = status(service);
            if (now != told && !call.isFull()) {
                told = now;
                MessageLite message = message(now);
                call.write(Buffer.buffer(message.toByteArray()));
            }
        }
    }
}
