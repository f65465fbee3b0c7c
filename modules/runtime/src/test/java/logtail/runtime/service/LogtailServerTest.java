package logtail.runtime.service;

import static logtail.runtime.service.TestNode.hits;
import static logtail.runtime.service.TestNode.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.NetSocket;
import io.vertx.grpc.common.GrpcStatus;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import logtail.core.query.Filter;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.store.View;
import logtail.core.time.Window;
import logtail.runtime.client.LogtailClient;
import logtail.runtime.client.RpcException;
import logtail.runtime.client.SnapshotStream;
import logtail.runtime.config.HostPort;
import logtail.runtime.config.QueryLimits;
import logtail.wire.Freshness;
import logtail.wire.SnapshotRows;
import logtail.wire.Target;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.TopNEntry;
import logtail.wire.proto.TopNRequest;
import logtail.wire.proto.TopNResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LogtailServerTest {
    private static final long TIMEOUT_MS = 10_000;
    private static final long MINUTE = 1_763_626_800;
    private static final String TOPN = "/logtail.LogtailService/TopN";
    private static final String STREAM = "/logtail.LogtailService/StreamSnapshots";
    private static final Dimension WEBSITE = dimension("website");
    private static final TopNQuery QUERY = new TopNQuery(Filter.ALL, List.of(WEBSITE), 10, Window.W5M);
    private static final byte[] GOOD = TopNRequest.newBuilder()
            .setN(10)
            .setWindow(logtail.wire.proto.Window.W5M)
            .build()
            .toByteArray();

    private final Queue<Throwable> unhandled = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx().exceptionHandler(unhandled::add);
    private final LogtailClient client = new LogtailClient(vertx, 64 << 20);
    private TestNode node = new TestNode(vertx, TestNode.LIMITS);
    private HostPort peer = new HostPort("", 0);

    @BeforeEach
    void start() {
        peer = node.listen();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        assertThat(unhandled).isEmpty();
    }

    /** Starts a node with other limits instead. */
    private void restart(QueryLimits limits) {
        node = new TestNode(vertx, limits);
        peer = node.listen();
    }

    @Test
    void topN_ranksTheWindow() {
        node.count(MINUTE, hits(7, "a", 200), hits(2, "b", 404));
        node.count(MINUTE + 60, hits(1, "b", 200), hits(1, "c", 200));

        var reply = client.topN(peer, QUERY, TIMEOUT_MS).await();

        assertThat(reply.source()).isEqualTo("node1");
        assertThat(reply.bounded()).isTrue();
        assertThat(reply.answer())
                .isEqualTo(new TopNAnswer(
                        List.of(
                                new TopNAnswer.Row(List.of("a"), 0, 7, 7),
                                new TopNAnswer.Row(List.of("b"), 0, 3, 3),
                                new TopNAnswer.Row(List.of("c"), 0, 1, 1)),
                        11,
                        0,
                        true,
                        2));
        assertThat(node.event()).isEqualTo("TopN OK");
    }

    @Test
    void topN_groupsBySeveralDimensionsAndFilters() {
        node.count(MINUTE, hits(7, "a", 200), hits(2, "b", 404), hits(3, "b", 500));
        Filter errors = new Filter(List.of(Term.of(dimension("status"), FilterOp.GE, "400")));

        var reply = client.topN(
                        peer, new TopNQuery(errors, List.of(dimension("status"), WEBSITE), 10, Window.W1M), TIMEOUT_MS)
                .await();

        assertThat(reply.answer().rows())
                .extracting(TopNAnswer.Row::labels)
                .containsExactly(List.of("500", "b"), List.of("404", "b"));
        assertThat(reply.answer().total()).isEqualTo(5);
    }

    @Test
    void topN_answersWithAtMostTheLimitOfRows() {
        restart(new QueryLimits(64 << 20, 1 << 20, 2, 64, 2, 1, 1024));
        node.count(MINUTE, hits(7, "a", 200), hits(2, "b", 404));

        assertThat(client.topN(peer, QUERY, TIMEOUT_MS).await().answer().rows()).hasSize(1);
    }

    @Test
    void trend_hasOnePointPerBucket() {
        node.count(MINUTE, hits(7, "a", 200), hits(2, "b", 404));
        node.count(MINUTE + 60, hits(1, "b", 200));

        var reply = client.trend(peer, new TrendQuery(Filter.ALL, Window.W5M), TIMEOUT_MS)
                .await();

        assertThat(reply.source()).isEqualTo("node1");
        assertThat(reply.answer().points())
                .containsExactly(new TrendAnswer.Point(MINUTE, 9, 0), new TrendAnswer.Point(MINUTE + 60, 1, 0));
        assertThat(node.event()).isEqualTo("Trend OK");
    }

    @Test
    void listTargets_namesTheNodeItself() {
        assertThat(client.targets(peer, TIMEOUT_MS).await())
                .containsExactly(new Target("node1", "", Freshness.NEVER, 0));
    }

    @Test
    void listTargets_saysHowOldTheNewestBucketIs() {
        node.count(TestNode.NOW_SECONDS - 120, hits(1, "a", 200));

        assertThat(client.targets(peer, TIMEOUT_MS).await())
                .containsExactly(new Target("node1", "", Freshness.FRESH, 60));
    }

    @Test
    void aQuestionThatMakesNoSense_isInvalidArgumentWithItsLine() {
        assertThat(topN(TopNRequest.newBuilder().setN(0))).isEqualTo("3 n: 0 is not a number from 1 to 50000");
        assertThat(topN(TopNRequest.newBuilder().setN(1).setWindowValue(50))).isEqualTo("3 window: 50 is not known");
        assertThat(topN(TopNRequest.newBuilder().setN(1).setWindowValue(100))).isEqualTo("3 window: 100 is not known");
        assertThat(topN(TopNRequest.newBuilder().setN(1).setGroupByValue(-1))).isEqualTo("3 group by: -1 is not known");
        assertThat(topN(TopNRequest.newBuilder()
                        .setN(1)
                        .setFilter(logtail.wire.proto.Filter.newBuilder().setTorValue(9))))
                .isEqualTo("3 filter: tor 9 is not known");
        assertThat(topN(TopNRequest.newBuilder()
                        .setN(1)
                        .setFilter(logtail.wire.proto.Filter.newBuilder().setHttpResponse(-5))))
                .startsWith("3 status: ");
        assertThat(topN(TopNRequest.newBuilder()
                        .setN(1)
                        .setFilter(logtail.wire.proto.Filter.newBuilder().setWebsiteRegex("a(b"))))
                .startsWith("3 website")
                .contains("a(b");
        assertThat(topN(TopNRequest.newBuilder()
                        .setN(1)
                        .setFilter(logtail.wire.proto.Filter.newBuilder().setUriRegex("x".repeat(1025)))))
                .startsWith("3 uri");
        assertThat(topN(TopNRequest.newBuilder()
                        .setN(1)
                        .setFilter(logtail.wire.proto.Filter.newBuilder().setExpression("status=5xx OR asn=1"))))
                .startsWith("3 filter expression: all conditions have to hold")
                .endsWith(" at column 12");
        assertThat(node.event()).isEqualTo("TopN INVALID_ARGUMENT");
    }

    @Test
    void aRegexBeyondTheConfiguredLength_isInvalidArgument() {
        restart(new QueryLimits(64 << 20, 1 << 20, 2, 64, 2, 50_000, 16));

        assertThat(topN(TopNRequest.newBuilder()
                        .setN(1)
                        .setFilter(logtail.wire.proto.Filter.newBuilder().setUriRegex("x".repeat(17)))))
                .isEqualTo("3 uri: a regex has at most 16 bytes");
    }

    private String topN(TopNRequest.Builder request) {
        RawCall.Outcome outcome = new RawCall(vertx, peer, TOPN)
                .message(request.build().toByteArray())
                .send();
        return outcome.status() + " " + outcome.message();
    }

    @Test
    void anAnswerBeyondTheLimit_isResourceExhausted() {
        restart(new QueryLimits(1024, 1 << 20, 2, 64, 2, 50_000, 1024));
        node.count(MINUTE, hits(1, "x".repeat(2000), 200));

        assertThat(status(client.topN(peer, QUERY, TIMEOUT_MS))).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
    }

    @Test
    void aClientThatTakesShortAnswersOnly_saysSo() {
        node.count(MINUTE, hits(1, "x".repeat(2000), 200));

        assertThatThrownBy(() -> new LogtailClient(vertx, 1024)
                        .topN(peer, QUERY, TIMEOUT_MS)
                        .await())
                .hasMessage("RESOURCE_EXHAUSTED: the answer is longer than 1024 bytes");
    }

    @Test
    void aBug_isInternalAndNobodyLearnsMore() {
        node.view = () -> {
            throw new IllegalStateException("secret");
        };

        assertThatThrownBy(() -> client.topN(peer, QUERY, TIMEOUT_MS).await()).hasMessage("INTERNAL");
        assertThat(node.event()).isEqualTo("failed TopN secret");
        assertThat(node.event()).isEqualTo("TopN INTERNAL");
    }

    @Test
    void moreQueriesThanFit_areRefusedAtOnce() {
        restart(new QueryLimits(64 << 20, 1 << 20, 1, 1, 2, 50_000, 1024));
        Gate gate = new Gate(node);

        Future<?> running = client.topN(peer, QUERY, TIMEOUT_MS);
        gate.awaitEntered();
        Future<?> waiting = client.trend(peer, new TrendQuery(Filter.ALL, Window.W5M), TIMEOUT_MS);
        // Calls of one connection are taken in order, so the second one waits when the third one comes.
        Future<?> refused = client.topN(peer, QUERY, TIMEOUT_MS);

        assertThatThrownBy(refused::await).hasMessage("RESOURCE_EXHAUSTED: too many queries at a time");
        gate.open();
        running.await();
        waiting.await();
        client.topN(peer, QUERY, TIMEOUT_MS).await();
    }

    @Test
    void aCallerThatGivesUp_cancelsItsQuery() {
        node.count(MINUTE, hits(1, "a", 200));
        Gate gate = new Gate(node);

        Future<?> call = client.topN(peer, QUERY, 200);
        gate.awaitEntered();
        assertThatThrownBy(call::await).hasMessageStartingWith("DEADLINE_EXCEEDED");
        awaitCancelled(gate);

        assertThat(node.event()).isEqualTo("TopN CANCELLED");
    }

    /** Another call on the same connection tells that the reset has arrived. */
    private void awaitCancelled(Gate gate) {
        client.targets(peer, TIMEOUT_MS).await();
        gate.open();
    }

    @Test
    void theServer_keepsADeadlineByItself() {
        Gate gate = new Gate(node);

        RawCall.Outcome outcome = new RawCall(vertx, peer, TOPN)
                .header("grpc-timeout", "50m")
                .message(GOOD)
                .send();

        assertThat(outcome.status()).isEqualTo("4");
        gate.open();
        assertThat(node.event()).isEqualTo("TopN CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1n", "999u", "0S", "soon"})
    void aDeadlineThatHasPassedOnArrival_isExceeded(String timeout) {
        RawCall.Outcome outcome = new RawCall(vertx, peer, TOPN)
                .header("grpc-timeout", timeout)
                .message(GOOD)
                .send();

        assertThat(outcome.status()).isEqualTo("4");
    }

    @Test
    void anEndlessDeadline_isNone() {
        assertThat(new RawCall(vertx, peer, TOPN)
                        .header("grpc-timeout", "99999999H")
                        .message(GOOD)
                        .send()
                        .status())
                .isEqualTo("0");
    }

    @Test
    void requestsThatAreNone_areRefused() {
        assertThat(outcome(new RawCall(vertx, peer, TOPN))).isEqualTo("3 no request message");
        assertThat(outcome(new RawCall(vertx, peer, TOPN).message(new byte[] {-1, -1, -1})))
                .isEqualTo("3 the request is no such message");
        assertThat(outcome(new RawCall(vertx, peer, TOPN).frame(1, GOOD.length, GOOD)))
                .as("compressed without saying how")
                .isEqualTo("0 null");
        assertThat(outcome(new RawCall(vertx, peer, TOPN)
                        .header("grpc-encoding", "gzip")
                        .frame(1, GOOD.length, GOOD)))
                .isEqualTo("3 the request is not compressed as it says");
        assertThat(outcome(new RawCall(vertx, peer, TOPN)
                        .header("grpc-encoding", "br")
                        .message(GOOD)))
                .isEqualTo("12 compression is gzip or none");
        assertThat(outcome(new RawCall(vertx, peer, "/logtail.LogtailService/Nothing").message(GOOD)))
                .startsWith("12 ");
    }

    @Test
    void aLongRequest_isResourceExhausted() {
        byte[] tooLong = new byte[TestNode.LIMITS.requestBytes() + 1];

        assertThat(outcome(new RawCall(vertx, peer, TOPN).message(tooLong)))
                .isEqualTo("8 the request is longer than 1048576 bytes");
        assertThat(outcome(new RawCall(vertx, peer, TOPN).message(tooLong).message(tooLong)))
                .isEqualTo("8 the request is longer than 1048576 bytes");
        assertThat(outcome(new RawCall(vertx, peer, TOPN)
                        .header("grpc-encoding", "gzip")
                        .compressed(new byte[64 << 20])))
                .as("small, but it unpacks to 64 MiB")
                .isEqualTo("8 the request is longer than 1048576 bytes");
    }

    @Test
    void aCompressedRequest_isUnderstood() {
        assertThat(outcome(new RawCall(vertx, peer, TOPN)
                        .header("grpc-encoding", "gzip")
                        .compressed(GOOD)))
                .isEqualTo("0 null");
    }

    private static String outcome(RawCall call) {
        RawCall.Outcome outcome = call.send();
        return outcome.status() + " " + outcome.message();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/grpc-web",
                "application/grpc-web-text",
                "application/grpc-web+proto",
                "application/grpc+json",
                "text/html",
                ""
            })
    void whatIsNotGrpc_isRefused(String contentType) {
        RawCall.Outcome outcome = new RawCall(vertx, peer, TOPN)
                .header("content-type", contentType)
                .message(GOOD)
                .send();

        assertThat(outcome.http()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc+proto", "application/grpc; charset=utf-8", "Application/gRPC"})
    void grpc_hasSeveralSpellings(String contentType) {
        assertThat(outcome(new RawCall(vertx, peer, TOPN)
                        .header("content-type", contentType)
                        .message(GOOD)))
                .isEqualTo("0 null");
    }

    @Test
    void aBrowser_isRefusedInWords() {
        var http1 = vertx.createHttpClient(new HttpClientOptions());

        String answer = http1.request(HttpMethod.GET, peer.port(), peer.host(), "/")
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> response.statusCode() + " " + body))
                .await();

        assertThat(answer).isEqualTo("505 this port speaks gRPC over HTTP/2 only\n");
    }

    @Test
    void subscribers_getEveryBucketFromNowOn() throws Exception {
        node.rotate(MINUTE, hits(1, "before", 200));
        BlockingQueue<SnapshotRows> one = new LinkedBlockingQueue<>();
        BlockingQueue<SnapshotRows> two = new LinkedBlockingQueue<>();
        subscribe(one);
        subscribe(two);

        node.rotate(MINUTE + 60, hits(5, "a", 200), row(2, "b", "2001:db8::/48", "/x", "404", "1", "0", ""));
        node.rotate(MINUTE + 120);

        for (BlockingQueue<SnapshotRows> got : List.of(one, two)) {
            SnapshotRows first = take(got);
            assertThat(first.head()).isEqualTo(new SnapshotRows.Head("node1", MINUTE + 60, 60, false, false, false));
            assertThat(first.total()).isEqualTo(7);
            assertThat(first.labels(1)).containsExactly("b", "2001:db8::/48", "/x", "404", "1", "0", "");
            assertThat(take(got).rows()).isZero();
        }
    }

    private SnapshotStream subscribe(BlockingQueue<SnapshotRows> into) {
        SnapshotStream stream = client.stream(peer, true, rows -> {
            into.add(rows);
            return Future.succeededFuture();
        });
        assertThat(node.event()).isEqualTo("connected 127.0.0.1");
        return stream;
    }

    private static SnapshotRows take(BlockingQueue<SnapshotRows> from) throws InterruptedException {
        SnapshotRows rows = from.poll(10, TimeUnit.SECONDS);
        assertThat(rows).isNotNull();
        return rows;
    }

    @Test
    void aSubscriberThatLeaves_isForgotten() {
        SnapshotStream stream = subscribe(new LinkedBlockingQueue<>());

        stream.cancel();

        assertThat(node.event()).isEqualTo("left 0 0");
        stream.end().await();
        node.rotate(MINUTE);
    }

    @Test
    void aSubscriberWhoseConnectionBreaks_isForgotten() {
        HttpClientResponse response =
                new RawCall(vertx, peer, STREAM).message(new byte[0]).open().await();
        assertThat(node.event()).isEqualTo("connected 127.0.0.1");

        response.request().connection().close();

        assertThat(node.event()).isEqualTo("left 0 0");
    }

    @Test
    void aSlowSubscriber_losesTheNewestAndNobodyElseDoes() throws Exception {
        BlockingQueue<SnapshotRows> fast = new LinkedBlockingQueue<>();
        subscribe(fast);
        HttpClientResponse slow =
                new RawCall(vertx, peer, STREAM).message(new byte[0]).open().await();
        assertThat(node.event()).isEqualTo("connected 127.0.0.1");

        for (int minute = 0; minute < 6; minute++) {
            node.rotate(MINUTE + minute * 60, big());
            assertThat(take(fast).head().startSeconds()).isEqualTo(MINUTE + minute * 60);
        }

        // One is on its way and two wait.
        assertThat(List.of(node.event(), node.event(), node.event())).containsOnly("dropped");
        assertThat(node.events).isEmpty();
        assertThat(received(slow, 3)).containsExactly(MINUTE, MINUTE + 60, MINUTE + 120);
    }

    /** More than HTTP/2 lets through to somebody who does not read. */
    private static TopNEntry[] big() {
        return IntStream.range(0, 300)
                .mapToObj(i -> hits(1, i + "x".repeat(1000), 200))
                .toArray(TopNEntry[]::new);
    }

    private static List<Long> received(HttpClientResponse response, int messages) throws Exception {
        BlockingQueue<Long> starts = new LinkedBlockingQueue<>();
        Buffer all = Buffer.buffer();
        response.handler(chunk -> {
            all.appendBuffer(chunk);
            starts.clear();
            for (int at = 0; at + 5 <= all.length(); ) {
                int end = at + 5 + all.getInt(at + 1);
                if (end <= all.length()) {
                    starts.add(timestamp(all.getBytes(at + 5, end)));
                }
                at = end;
            }
        });
        response.resume();
        List<Long> got = new ArrayList<>();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (got.size() < messages && System.nanoTime() < until) {
            got = new ArrayList<>(starts);
            Thread.onSpinWait();
        }
        return got;
    }

    private static long timestamp(byte[] message) {
        try {
            return Snapshot.parseFrom(message).getTimestamp();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void moreStreamsThanFit_areRefused() {
        for (int i = 0; i < PortLimits.STREAMS; i++) {
            subscribe(new LinkedBlockingQueue<>());
        }

        SnapshotStream refused = client.stream(peer, false, rows -> Future.succeededFuture());

        assertThatThrownBy(() -> refused.end().await()).hasMessage("RESOURCE_EXHAUSTED: too many streams at a time");
    }

    @Test
    void aDump_isTheFineBucketsThenTheCoarseOnes() {
        // Two five-minute slots, and the first minute of the third, which closes the second.
        for (int minute = 0; minute < 11; minute++) {
            node.count(MINUTE + minute * 60, hits(1 + minute, "a", 200));
        }
        List<String> got = new ArrayList<>();

        client.dump(peer, rows -> {
                    got.add((rows.head().coarse() ? "coarse " : "fine ")
                            + (rows.head().startSeconds() - MINUTE) / 60 + " " + rows.total() + " "
                            + rows.head().lengthSeconds());
                    return Future.succeededFuture();
                })
                .end()
                .await();

        assertThat(got)
                .containsExactly(
                        "fine 0 1 60",
                        "fine 1 2 60",
                        "fine 2 3 60",
                        "fine 3 4 60",
                        "fine 4 5 60",
                        "fine 5 6 60",
                        "fine 6 7 60",
                        "fine 7 8 60",
                        "fine 8 9 60",
                        "fine 9 10 60",
                        "fine 10 11 60",
                        "coarse 0 15 300",
                        "coarse 5 40 300");
    }

    @Test
    void aDump_showsTheMomentItBegan() {
        node.count(MINUTE, big());
        node.count(MINUTE + 60, big());
        List<Long> got = new ArrayList<>();

        client.dump(peer, rows -> {
                    got.add(rows.head().startSeconds());
                    if (got.size() == 1) {
                        node.count(MINUTE + 120, hits(1, "later", 200));
                    }
                    return Future.succeededFuture();
                })
                .end()
                .await();

        assertThat(got).containsExactly(MINUTE, MINUTE + 60);
    }

    @Test
    void aDumpOfNothing_endsAtOnce() {
        client.dump(peer, rows -> Future.failedFuture("unexpected")).end().await();
    }

    @Test
    void aReceiverThatFails_endsTheStream() {
        node.count(MINUTE, hits(1, "a", 200));

        SnapshotStream dump = client.dump(peer, rows -> Future.failedFuture("enough"));

        assertThatThrownBy(() -> dump.end().await()).isInstanceOf(RpcException.class);
    }

    @Test
    void aPortThatIsTaken_isOneClearLine() {
        LogtailServer second = new TestNode(vertx, TestNode.LIMITS).server();

        assertThatThrownBy(() -> second.listen("127.0.0.1", peer.port()).await())
                .isInstanceOf(BindException.class)
                .hasMessageStartingWith("cannot listen on 127.0.0.1:" + peer.port() + ": ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void whenTheNodeStops_streamsEndAndThePortIsFree() {
        SnapshotStream stream = subscribe(new LinkedBlockingQueue<>());

        node.server().close().await();

        assertThatThrownBy(() -> stream.end().await()).hasMessage("UNAVAILABLE: the node is stopping");
        assertThat(status(client.targets(peer, TIMEOUT_MS))).isEqualTo(GrpcStatus.UNAVAILABLE);
    }

    @Test
    void whenTheNodeStops_aQueryThatIsBeingAnsweredMayFinish() {
        Gate gate = new Gate(node);
        Future<?> query = client.topN(peer, QUERY, TIMEOUT_MS);
        gate.awaitEntered();

        Future<Void> closed = node.server().close();
        gate.open();

        query.await();
        closed.await();
    }

    @Test
    void aConnectionThatSaysNothing_isClosedAndAQuietSubscriberIsNot() throws Exception {
        // Loads the classes, so that the first connection to the impatient node is not the slow one.
        client.targets(peer, TIMEOUT_MS).await();
        node = new TestNode(vertx, TestNode.LIMITS, new PortLimits.Silence(50, 1_000));
        peer = node.listen();
        BlockingQueue<SnapshotRows> quiet = new LinkedBlockingQueue<>();
        subscribe(quiet);

        CountDownLatch closed = new CountDownLatch(1);
        NetSocket silent =
                vertx.createNetClient().connect(peer.port(), peer.host()).await();
        silent.closeHandler(v -> closed.countDown());

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        node.rotate(MINUTE, hits(1, "a", 200));
        assertThat(take(quiet).total()).isEqualTo(1);
    }

    @Test
    void anEndlessHeader_isRefusedAndTheConnectionStays() {
        assertThat(new RawCall(vertx, peer, TOPN)
                        .header("x", "y".repeat(4000))
                        .message(GOOD)
                        .send()
                        .status())
                .isEqualTo("0");

        assertThatThrownBy(() -> new RawCall(vertx, peer, TOPN)
                        .header("x", "y".repeat(40_000))
                        .message(GOOD)
                        .send())
                .isInstanceOf(Exception.class);
        client.targets(peer, TIMEOUT_MS).await();
    }

    @Test
    void answers_areTheMessagesOfTheContract() throws Exception {
        node.count(MINUTE, hits(7, "a", 200));

        Buffer body = new RawCall(vertx, peer, TOPN).message(GOOD).send().body();

        assertThat(TopNResponse.parseFrom(body.getBytes(5, body.length())).getTotal())
                .isEqualTo(7);
    }

    private static GrpcStatus status(Future<?> call) {
        try {
            call.await();
            return GrpcStatus.OK;
        } catch (Exception e) {
            return e instanceof RpcException rpc ? rpc.status() : GrpcStatus.UNKNOWN;
        }
    }

    private static Dimension dimension(String name) {
        return Schema.LOGTAIL.named(name).orElseThrow();
    }

    /** Holds a query up where it looks at the view. */
    private static final class Gate {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        Gate(TestNode node) {
            View view = node.view.get();
            node.view = () -> {
                entered.countDown();
                await(opened);
                return view;
            };
        }

        void awaitEntered() {
            await(entered);
        }

        void open() {
            opened.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
