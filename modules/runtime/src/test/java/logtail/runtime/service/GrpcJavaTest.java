package logtail.runtime.service;

import static logtail.runtime.service.TestNode.hits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import logtail.core.query.Filter;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Schema;
import logtail.runtime.client.LogtailClient;
import logtail.runtime.client.SnapshotStream;
import logtail.runtime.config.HostPort;
import logtail.wire.TopNReply;
import logtail.wire.proto.DumpSnapshotsRequest;
import logtail.wire.proto.ListTargetsRequest;
import logtail.wire.proto.ListTargetsResponse;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.SnapshotRequest;
import logtail.wire.proto.TopNEntry;
import logtail.wire.proto.TopNRequest;
import logtail.wire.proto.TopNResponse;
import logtail.wire.proto.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Speaks with grpc-java, once as server and once as client: what others use must work with ours. */
@Timeout(60)
class GrpcJavaTest {
    private static final long TIMEOUT_MS = 10_000;
    private static final long MINUTE = 1_763_626_800;
    private static final String SERVICE = "logtail.LogtailService";
    private static final MethodDescriptor<TopNRequest, TopNResponse> TOPN =
            MethodDescriptor.<TopNRequest, TopNResponse>newBuilder()
                    .setType(MethodType.UNARY)
                    .setFullMethodName(SERVICE + "/TopN")
                    .setRequestMarshaller(ProtoUtils.marshaller(TopNRequest.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(TopNResponse.getDefaultInstance()))
                    .build();
    private static final MethodDescriptor<ListTargetsRequest, ListTargetsResponse> TARGETS =
            MethodDescriptor.<ListTargetsRequest, ListTargetsResponse>newBuilder()
                    .setType(MethodType.UNARY)
                    .setFullMethodName(SERVICE + "/ListTargets")
                    .setRequestMarshaller(ProtoUtils.marshaller(ListTargetsRequest.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(ListTargetsResponse.getDefaultInstance()))
                    .build();
    private static final MethodDescriptor<SnapshotRequest, Snapshot> STREAM =
            snapshots("StreamSnapshots", ProtoUtils.marshaller(SnapshotRequest.getDefaultInstance()));
    private static final MethodDescriptor<DumpSnapshotsRequest, Snapshot> DUMP =
            snapshots("DumpSnapshots", ProtoUtils.marshaller(DumpSnapshotsRequest.getDefaultInstance()));
    private static final TopNQuery QUERY = new TopNQuery(
            Filter.ALL, List.of(Schema.LOGTAIL.named("website").orElseThrow()), 10, logtail.core.time.Window.W5M);

    private final Queue<Throwable> unhandled = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx().exceptionHandler(unhandled::add);
    private final TestNode node = new TestNode(vertx, TestNode.LIMITS);
    private final LogtailClient client = new LogtailClient(vertx, 64 << 20);
    private final List<Runnable> atEnd = new ArrayList<>();
    private final ManagedChannel channel;

    private static <Q> MethodDescriptor<Q, Snapshot> snapshots(String name, MethodDescriptor.Marshaller<Q> request) {
        return MethodDescriptor.<Q, Snapshot>newBuilder()
                .setType(MethodType.SERVER_STREAMING)
                .setFullMethodName(SERVICE + "/" + name)
                .setRequestMarshaller(request)
                .setResponseMarshaller(ProtoUtils.marshaller(Snapshot.getDefaultInstance()))
                .build();
    }

    GrpcJavaTest() {
        HostPort peer = node.listen();
        channel = NettyChannelBuilder.forAddress(peer.host(), peer.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        atEnd.forEach(Runnable::run);
        channel.shutdownNow();
        vertx.close().await();
        assertThat(unhandled).isEmpty();
    }

    @Test
    void aUnaryCall_isAnswered() {
        node.count(MINUTE, hits(7, "a", 200), hits(2, "b", 404));

        TopNResponse answer = ClientCalls.blockingUnaryCall(channel, TOPN, deadline(), topN(10));

        assertThat(answer.getTotal()).isEqualTo(9);
        assertThat(answer.getEntriesList()).extracting(TopNEntry::getLabel).containsExactly("a", "b");
    }

    @Test
    void aCompressedCall_isAnswered() {
        TopNResponse answer =
                ClientCalls.blockingUnaryCall(channel, TOPN, deadline().withCompression("gzip"), topN(10));

        assertThat(answer.getSource()).isEqualTo("node1");
    }

    @Test
    void anError_carriesItsLine() {
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, TOPN, deadline(), topN(0)))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("INVALID_ARGUMENT: n: 0 is not a number from 1 to 50000");
    }

    @Test
    void aDump_isReadToItsEnd() {
        for (int minute = 0; minute < 6; minute++) {
            node.count(MINUTE + minute * 60, hits(1, "a", 200));
        }

        Iterator<Snapshot> dump = ClientCalls.blockingServerStreamingCall(
                channel, DUMP, deadline(), DumpSnapshotsRequest.getDefaultInstance());

        List<Boolean> coarse = new ArrayList<>();
        dump.forEachRemaining(snapshot -> coarse.add(snapshot.getIsCoarse()));
        assertThat(coarse).containsExactly(false, false, false, false, false, false, true);
    }

    @Test
    void aSubscriber_getsSnapshotsUntilItCancels() throws Exception {
        ClientCall<SnapshotRequest, Snapshot> call = channel.newCall(STREAM, CallOptions.DEFAULT);
        BlockingQueue<Snapshot> got = new LinkedBlockingQueue<>();
        ClientCalls.asyncServerStreamingCall(call, SnapshotRequest.getDefaultInstance(), new Queued<>(got));
        assertThat(node.event()).isEqualTo("connected 127.0.0.1");

        node.rotate(MINUTE, hits(7, "a", 200));
        Snapshot first = next(got);
        call.cancel("enough", null);

        assertThat(first.getEntries(0).getLabel()).isEqualTo("a\000192.0.2.0/24\0/\000200\0000\00064496\0direct");
        assertThat(node.event()).isEqualTo("left 1 0");
    }

    @Test
    void health_isServingWhileTheNodeIsReady() {
        var health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);

        assertThat(health.check(health("")).getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(health(SERVICE)).getStatus()).isEqualTo(ServingStatus.SERVING);
        node.ready = false;
        assertThat(health.check(health("")).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(health.check(health(SERVICE)).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThatThrownBy(() -> health.check(health("nobody"))).hasMessageStartingWith("NOT_FOUND");
    }

    @Test
    void whoWatchesHealth_hearsOfChangesAndOfTheEnd() {
        Iterator<HealthCheckResponse> watch = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .watch(health(SERVICE));
        Iterator<HealthCheckResponse> unknown = HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .watch(health("nobody"));

        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(unknown.next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
        node.ready = false;
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        node.ready = true;
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        node.server().close();
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(watch.hasNext()).isFalse();
    }

    private static HealthCheckRequest health(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    @Test
    void reflection_answersSeveralQuestionsOfOneStream() throws Exception {
        BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
        var questions = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new Queued<>(answers));

        questions.onNext(
                ServerReflectionRequest.newBuilder().setListServices("").build());
        questions.onNext(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(SERVICE)
                .build());
        questions.onNext(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("no.Such")
                .build());

        assertThat(next(answers).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .containsExactly(
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection",
                        "grpc.reflection.v1alpha.ServerReflection",
                        SERVICE);
        assertThat(next(answers).getFileDescriptorResponse().getFileDescriptorProtoCount())
                .isEqualTo(1);
        assertThat(next(answers).getErrorResponse().getErrorCode()).isEqualTo(Status.Code.NOT_FOUND.value());
        questions.onCompleted();
    }

    @Test
    void olderReflection_isAnsweredToo() throws Exception {
        BlockingQueue<io.grpc.reflection.v1alpha.ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
        var questions = io.grpc.reflection.v1alpha.ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new Queued<>(answers));

        questions.onNext(io.grpc.reflection.v1alpha.ServerReflectionRequest.newBuilder()
                .setFileByFilename("logtail.proto")
                .build());

        assertThat(next(answers)
                        .getFileDescriptorResponse()
                        .getFileDescriptorProto(0)
                        .toStringUtf8())
                .contains("DumpSnapshots");
        questions.onCompleted();
    }

    @Test
    void ourClient_readsAnOriginalPeersRanking() throws Exception {
        HostPort peer = serve(ServerServiceDefinition.builder(SERVICE)
                .addMethod(TOPN, ServerCalls.asyncUnaryCall((request, answer) -> {
                    answer.onNext(TopNResponse.newBuilder()
                            .setSource("old")
                            .addEntries(TopNEntry.newBuilder().setLabel("a").setCount(3))
                            .build());
                    answer.onCompleted();
                }))
                .build());

        TopNReply reply = client.topN(peer, QUERY, TIMEOUT_MS).await();

        assertThat(reply.source()).isEqualTo("old");
        assertThat(reply.bounded()).isFalse();
        assertThat(reply.answer().rows()).hasSize(1);
    }

    @Test
    void ourClient_keepsTheLineOfAnError() throws Exception {
        HostPort peer = serve(ServerServiceDefinition.builder(SERVICE)
                .addMethod(
                        TOPN,
                        ServerCalls.asyncUnaryCall((request, answer) -> answer.onError(Status.INVALID_ARGUMENT
                                .withDescription("bad regex 'a+b%' caf\u00e9")
                                .asRuntimeException())))
                .addMethod(STREAM, ServerCalls.asyncServerStreamingCall((request, answer) -> {
                    answer.onNext(Snapshot.getDefaultInstance());
                    answer.onError(Status.ABORTED.withDescription("a+b").asRuntimeException());
                }))
                .build());

        assertThatThrownBy(() -> client.topN(peer, QUERY, TIMEOUT_MS).await())
                .hasMessage("INVALID_ARGUMENT: bad regex 'a+b%' caf\u00e9");
        assertThatThrownBy(() -> client.stream(peer, false, rows -> Future.succeededFuture())
                        .end()
                        .await())
                .hasMessage("ABORTED: a+b");
        assertThatThrownBy(() -> client.targets(peer, TIMEOUT_MS).await()).hasMessageStartingWith("UNIMPLEMENTED");
    }

    @Test
    void aSlowReceiver_holdsTheSenderBack() throws Exception {
        int all = 200;
        Snapshot big = Snapshot.newBuilder().setSource("x".repeat(500_000)).build();
        AtomicInteger sent = new AtomicInteger();
        HostPort peer = serve(ServerServiceDefinition.builder(SERVICE)
                .addMethod(DUMP, ServerCalls.asyncServerStreamingCall((request, answer) -> {
                    var flow = (ServerCallStreamObserver<Snapshot>) answer;
                    flow.setOnReadyHandler(() -> {
                        while (flow.isReady() && sent.get() < all) {
                            flow.onNext(big);
                            if (sent.incrementAndGet() == all) {
                                flow.onCompleted();
                            }
                        }
                    });
                }))
                .build());
        Promise<Void> go = Promise.promise();
        Promise<Void> first = Promise.promise();
        AtomicInteger received = new AtomicInteger();

        SnapshotStream dump = client.dump(peer, rows -> {
            received.incrementAndGet();
            first.tryComplete();
            return go.future();
        });
        first.future().await();

        // One is being handled; what the windows and the queue let through is far from all.
        assertThat(received.get()).isEqualTo(1);
        assertThat(sent.get()).isLessThan(all / 2);
        go.complete();
        dump.end().await();
        assertThat(received.get()).isEqualTo(all);
    }

    private HostPort serve(ServerServiceDefinition service) throws Exception {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(service)
                .build()
                .start();
        atEnd.add(server::shutdownNow);
        return new HostPort("127.0.0.1", server.getPort());
    }

    private static TopNRequest topN(int n) {
        return TopNRequest.newBuilder().setN(n).setWindow(Window.W5M).build();
    }

    private static CallOptions deadline() {
        return CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(10, TimeUnit.SECONDS), "nothing came");
    }

    private static final class Queued<T> implements StreamObserver<T> {
        private final BlockingQueue<T> queue;

        Queued(BlockingQueue<T> queue) {
            this.queue = queue;
        }

        @Override
        public void onNext(T message) {
            queue.add(message);
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {}
    }
}
