package logtail.runtime.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendQuery;
import logtail.core.schema.Schema;
import logtail.runtime.config.HostPort;
import logtail.wire.NodeReply;
import logtail.wire.OverviewReply;
import logtail.wire.QueryMapping;
import logtail.wire.SnapshotDecoder;
import logtail.wire.SnapshotRows;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;
import logtail.wire.proto.DumpSnapshotsRequest;
import logtail.wire.proto.ListTargetsRequest;
import logtail.wire.proto.ListTargetsResponse;
import logtail.wire.proto.LogtailServiceGrpcClient;
import logtail.wire.proto.SnapshotRequest;
import logtail.wire.proto.TopNResponse;
import logtail.wire.proto.TrendResponse;

/**
 * Asks nodes. Every failure is an {@link RpcException}, or an {@link InvalidQueryException} for a question that the wire
 * cannot carry. Threadsafe; nothing blocks. One connection per peer, kept for a minute after its last call.
 */
public final class LogtailClient {
    /** A peer that has not accepted the connection by then is UNAVAILABLE. */
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    /** What a peer may send ahead on one stream and on one connection: some snapshots, so that a link stays busy. */
    private static final int STREAM_WINDOW_BYTES = 4 << 20;

    private static final int CONNECTION_WINDOW_BYTES = 8 << 20;

    /** A longer answer is decoded on a worker thread. */
    private static final int INLINE_BYTES = 64 << 10;

    private final Vertx vertx;
    private final int messageBytes;
    private final QueryMapping mapping;
    private final SnapshotDecoder decoder;
    private final GrpcClient client;

    /**
     * @param messageBytes longest answer that is accepted ({@code limits.messageBytes}); a longer one is
     *     RESOURCE_EXHAUSTED
     */
    public LogtailClient(Vertx vertx, int messageBytes) {
        this.vertx = vertx;
        this.messageBytes = messageBytes;
        this.mapping = new QueryMapping(Schema.LOGTAIL);
        this.decoder = new SnapshotDecoder(Schema.LOGTAIL);
        this.client = GrpcClient.builder(vertx)
                .with(new GrpcClientOptions().setMaxMessageSize(messageBytes))
                .with(new HttpClientOptions()
                        .setHttp2ClearTextUpgrade(false)
                        .setConnectTimeout(CONNECT_TIMEOUT_MS)
                        .setInitialSettings(
                                new Http2Settings().setPushEnabled(false).setInitialWindowSize(STREAM_WINDOW_BYTES))
                        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES)
                        .setTracingPolicy(TracingPolicy.IGNORE))
                .build();
    }

    /**
     * @param timeoutMs DEADLINE_EXCEEDED after that, connecting included
     */
    public Future<TopNReply> topN(HostPort peer, TopNQuery query, long timeoutMs) {
        return Future.succeededFuture()
                .map(v -> mapping.message(query))
                .compose(message -> ask(
                        peer,
                        LogtailServiceGrpcClient.TopN,
                        message,
                        timeoutMs,
                        TopNResponse.parser(),
                        response -> mapping.reply(query, response)));
    }

    /**
     * The same with all that a page shows beside the rows; for one dimension.
     *
     * @param timeoutMs DEADLINE_EXCEEDED after that, connecting included
     */
    public Future<OverviewReply> overview(HostPort peer, TopNQuery query, long timeoutMs) {
        return Future.succeededFuture()
                .map(v -> mapping.message(query).toBuilder().setOverview(true).build())
                .compose(message -> ask(
                        peer,
                        LogtailServiceGrpcClient.TopN,
                        message,
                        timeoutMs,
                        TopNResponse.parser(),
                        response -> mapping.overview(query, response)));
    }

    /**
     * @param timeoutMs DEADLINE_EXCEEDED after that, connecting included
     */
    public Future<TrendReply> trend(HostPort peer, TrendQuery query, long timeoutMs) {
        return Future.succeededFuture()
                .map(v -> mapping.message(query))
                .compose(message -> ask(
                        peer,
                        LogtailServiceGrpcClient.Trend,
                        message,
                        timeoutMs,
                        TrendResponse.parser(),
                        response -> mapping.reply(query, response)));
    }

    /**
     * Whom a node speaks for (FR-5.4).
     *
     * @param timeoutMs DEADLINE_EXCEEDED after that, connecting included
     */
    public Future<List<Target>> targets(HostPort peer, long timeoutMs) {
        return ask(
                peer,
                LogtailServiceGrpcClient.ListTargets,
                ListTargetsRequest.getDefaultInstance(),
                timeoutMs,
                ListTargetsResponse.parser(),
                mapping::targets);
    }

    /**
     * The same, and how the node is.
     *
     * @param timeoutMs DEADLINE_EXCEEDED after that, connecting included
     */
    public Future<NodeReply> status(HostPort peer, long timeoutMs) {
        return ask(
                peer,
                LogtailServiceGrpcClient.ListTargets,
                ListTargetsRequest.newBuilder().setStatus(true).build(),
                timeoutMs,
                ListTargetsResponse.parser(),
                mapping::node);
    }

    private <Q extends MessageLite, A extends MessageLite, R> Future<R> ask(
            HostPort peer,
            ServiceMethod<A, Q> method,
            Q question,
            long timeoutMs,
            Parser<A> parser,
            Function<A, R> read) {
        Exchange<Q> exchange = new Exchange<>(vertx, messageBytes);
        Promise<byte[]> answer = Promise.promise();
        exchange.start(
                client,
                peer,
                method,
                question,
                timeoutMs,
                started -> {},
                (GrpcMessage message) -> answer.tryComplete(message.payload().getBytes()));
        return exchange.end().compose(ended -> {
            answer.tryFail(new RpcException(GrpcStatus.INTERNAL, "the answer is missing"));
            return answer.future().compose(bytes -> decode(bytes, () -> read.apply(parser.parseFrom(bytes))));
        });
    }

    private <R> Future<R> decode(byte[] bytes, Callable<R> read) {
        if (bytes.length > INLINE_BYTES) {
            return vertx.executeBlocking(read, false).recover(LogtailClient::undecodable);
        }
        try {
            return Future.succeededFuture(read.call());
        } catch (Exception e) {
            return undecodable(e);
        }
    }

    private static <R> Future<R> undecodable(Throwable cause) {
        if (cause instanceof InvalidProtocolBufferException) {
            return Future.failedFuture(new RpcException(GrpcStatus.INTERNAL, "the answer is no such message"));
        }
        if (cause instanceof InvalidQueryException) {
            return Future.failedFuture(new RpcException(GrpcStatus.UNIMPLEMENTED, String.valueOf(cause.getMessage())));
        }
        return Future.failedFuture(cause);
    }

    /**
     * Follows a node's snapshots, one per rotation, from now on (FR-4.1). Up to 16 messages wait in memory.
     *
     * @param live also partial snapshots of the bucket now filling
     * @param receiver called with one snapshot after the other, on the caller's context; the next one is decoded when
     *     its future has succeeded, and the stream fails when it fails
     */
    public SnapshotStream stream(HostPort peer, boolean live, Function<SnapshotRows, Future<?>> receiver) {
        return new SnapshotCall<SnapshotRequest>(vertx, decoder, messageBytes, receiver)
                .start(
                        client,
                        peer,
                        LogtailServiceGrpcClient.StreamSnapshots,
                        SnapshotRequest.newBuilder().setLive(live).build());
    }

    /**
     * Reads everything in a node's rings: the fine buckets, then the coarse ones, then the stream ends (FR-4.3). Up to
     * 16 messages wait in memory.
     *
     * @param receiver as in {@link #stream}
     */
    public SnapshotStream dump(HostPort peer, Function<SnapshotRows, Future<?>> receiver) {
        return new SnapshotCall<DumpSnapshotsRequest>(vertx, decoder, messageBytes, receiver)
                .start(client, peer, LogtailServiceGrpcClient.DumpSnapshots, DumpSnapshotsRequest.getDefaultInstance());
    }

    /** Closes all connections; calls under way fail. */
    public Future<Void> close() {
        return client.close();
    }
}
