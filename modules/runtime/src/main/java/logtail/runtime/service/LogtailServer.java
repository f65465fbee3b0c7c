package logtail.runtime.service;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.health.v1.HealthProto;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.net.BindException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import logtail.core.schema.Schema;
import logtail.runtime.bus.Bus;
import logtail.runtime.config.QueryLimits;
import logtail.wire.QueryMapping;
import logtail.wire.SnapshotEncoder;
import logtail.wire.Target;
import logtail.wire.proto.DumpSnapshotsRequest;
import logtail.wire.proto.ListTargetsRequest;
import logtail.wire.proto.ListTargetsResponse;
import logtail.wire.proto.LogtailServiceGrpcService;
import logtail.wire.proto.SnapshotRequest;
import logtail.wire.proto.TopNRequest;
import logtail.wire.proto.TrendRequest;

/**
 * The gRPC port of a node (FR-5.1): the five calls, health and reflection, over HTTP/2 in clear text (NFR-6.1). Nothing
 * else is answered on it.
 *
 * <p>Calls never learn of anything that went wrong inside beyond a status and a line that was written for them.
 */
public final class LogtailServer {
    private static final ServiceDescriptor HEALTH =
            HealthProto.getDescriptor().findServiceByName(HealthCalls.SERVICE.name());

    private static final byte[] PING = new byte[8];

    private final Vertx vertx;
    private final NodeView node;
    private final QueryLimits limits;
    private final Schema schema;
    private final QueryMapping mapping;
    private final WorkQueue queryWorkers;
    private final WorkQueue encodeWorker;
    private final QueryCalls queries;
    private final SnapshotCalls snapshots;
    private final HealthCalls health;
    private final HttpServer server;

    /**
     * @param limits what it answers at most (D28, D29)
     * @param events told what happens, for metrics and the log
     */
    public LogtailServer(Vertx vertx, Bus bus, NodeView node, QueryLimits limits, ServiceEvents events) {
        this(vertx, bus, node, limits, events, PortLimits.SILENCE);
    }

    /** Lets a test be less patient. */
    LogtailServer(
            Vertx vertx, Bus bus, NodeView node, QueryLimits limits, ServiceEvents events, PortLimits.Silence silence) {
        this.vertx = vertx;
        this.node = node;
        this.limits = limits;
        this.schema = node.view().get().schema();
        this.mapping = new QueryMapping(schema);
        this.queryWorkers = new WorkQueue(vertx, "logtail-query", limits.workers(), limits.queue());
        this.encodeWorker = new WorkQueue(vertx, "logtail-encode", 1, 2 * PortLimits.STREAMS);
        this.queries = new QueryCalls(node, mapping, limits, events, queryWorkers);
        SharedSnapshots shared = new SharedSnapshots(new SnapshotEncoder(schema), node.source(), encodeWorker);
        this.snapshots = new SnapshotCalls(bus, node, shared, limits, events);
        List<ServiceDescriptor> served = List.of(LogtailServiceGrpcService.SERVICE_DESCRIPTOR, HEALTH);
        Set<String> names = served.stream().map(ServiceDescriptor::getFullName).collect(Collectors.toSet());
        this.health = new HealthCalls(vertx, names, node.ready());
        GrpcServer grpc = GrpcServer.server(vertx, new GrpcServerOptions().setMaxMessageSize(limits.requestBytes()));
        bind(grpc);
        health.bind(grpc);
        new ReflectionCalls(vertx, served).bind(grpc);
        this.server = vertx.createHttpServer(PortLimits.options(silence))
                .connectionHandler(connection -> watch(connection, silence.askAfterMs()))
                .requestHandler(new GrpcOnly(grpc));
    }

    private void bind(GrpcServer grpc) {
        bind(grpc, LogtailServiceGrpcService.TopN, TopNRequest.parser(), queries::topN);
        bind(grpc, LogtailServiceGrpcService.Trend, TrendRequest.parser(), queries::trend);
        bind(grpc, LogtailServiceGrpcService.ListTargets, ListTargetsRequest.parser(), this::targets);
        bind(
                grpc,
                LogtailServiceGrpcService.StreamSnapshots,
                SnapshotRequest.parser(),
                (call, request) -> snapshots.stream(call));
        bind(
                grpc,
                LogtailServiceGrpcService.DumpSnapshots,
                DumpSnapshotsRequest.parser(),
                (call, request) -> snapshots.dump(call));
    }

    private void targets(Call call, ListTargetsRequest request) {
        List<Target> targets = node.targets().get();
        ListTargetsResponse answer =
                request.getStatus() ? mapping.message(targets, node.status().get()) : mapping.message(targets);
        call.answer(answer.toByteArray());
    }

    private <Q extends MessageLite, A> void bind(
            GrpcServer grpc, ServiceMethod<Q, A> method, Parser<Q> parser, BiConsumer<Call, Q> handler) {
        grpc.callHandler(method, request -> Call.receive(vertx, request, parser, limits.requestBytes(), handler));
    }

    /** Asks the peer now and then whether it is there: one that answers is not silent, however little it has to say. */
    private void watch(HttpConnection connection, long askAfterMs) {
        long timer = vertx.setPeriodic(askAfterMs, t -> {
            // HTTP/1 connections have no settings and no PING; they are closed after their one refusal.
            if (connection.settings() != null) {
                connection.ping(Buffer.buffer(PING));
            }
        });
        connection.closeHandler(closed -> vertx.cancelTimer(timer));
        // A peer that breaks the protocol is told so; it must not be able to fill our log.
        connection.exceptionHandler(broken -> {});
    }

    /**
     * Binds, and makes sure that the first query is answered as fast as later ones.
     *
     * @param port 0 lets the system pick one
     * @return the port; fails with a {@link BindException} whose message is one clear line
     */
    public Future<Integer> listen(String host, int port) {
        health.start();
        return server.listen(port, host)
                .map(HttpServer::actualPort)
                .recover(cause -> close().transform(closed -> Future.failedFuture(cannotListen(host, port, cause))))
                .compose(bound -> WarmUp.on(queryWorkers, schema).map(bound));
    }

    private static BindException cannotListen(String host, int port, Throwable cause) {
        String address = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new BindException("cannot listen on " + address + ": " + why);
    }

    /** Says NOT_SERVING, ends the streams, lets calls that are being answered finish, and frees the port. */
    public Future<Void> close() {
        health.close();
        snapshots.close();
        return server.shutdown(PortLimits.STOP_GRACE_MS, TimeUnit.MILLISECONDS).eventually(() -> {
            queryWorkers.close();
            encodeWorker.close();
            return Future.succeededFuture();
        });
    }
}
