package logtail.runtime.service;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.LiveTable;
import logtail.core.store.RingLimits;
import logtail.core.store.Rotation;
import logtail.core.store.Sealer;
import logtail.core.store.View;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Rotated;
import logtail.runtime.config.HostPort;
import logtail.runtime.config.QueryLimits;
import logtail.wire.SnapshotDecoder;
import logtail.wire.SnapshotRows;
import logtail.wire.Target;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.TopNEntry;

/** A node without sources: what it counted is put in row by row, its clock stands still. */
final class TestNode implements ServiceEvents {
    static final QueryLimits LIMITS = new QueryLimits(64 << 20, 1 << 20, 2, 64, 2, 50_000, 1024);
    static final long NOW_SECONDS = 1_763_628_000;

    private static final KeyHash HASH = new KeyHash(1, 2);
    private static final TupleLayout LAYOUT = new TupleLayout(Schema.LOGTAIL);

    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    volatile Supplier<View> view;
    volatile boolean ready = true;

    private final Bus bus;
    private final Addresses addresses;
    private final Sealer sealer = new Sealer(LAYOUT, HASH, 60, RingLimits.FINE, RingLimits.COARSE);
    private final LogtailServer server;

    TestNode(Vertx vertx, QueryLimits limits) {
        this(vertx, limits, PortLimits.SILENCE);
    }

    TestNode(Vertx vertx, QueryLimits limits, PortLimits.Silence silence) {
        bus = Bus.of(vertx);
        addresses = new Addresses("test" + System.identityHashCode(this));
        view = sealer::view;
        NodeView node = new NodeView(
                () -> "node1",
                () -> view.get(),
                () -> List.of(Target.self("node1", sealer.view(), NOW_SECONDS)),
                () -> ready,
                addresses);
        server = new LogtailServer(vertx, bus, node, limits, this, silence);
    }

    LogtailServer server() {
        return server;
    }

    HostPort listen() {
        return new HostPort("127.0.0.1", server.listen("127.0.0.1", 0).await());
    }

    static TopNEntry row(long count, String... labels) {
        return TopNEntry.newBuilder()
                .setLabel(String.join("\0", labels))
                .setCount(count)
                .build();
    }

    /** A simple row: everything but the website and the status is the same. */
    static TopNEntry hits(long count, String website, int status) {
        return row(count, website, "192.0.2.0/24", "/", Integer.toString(status), "0", "64496", "direct");
    }

    /** Ends a minute that had these requests, without telling anybody. */
    Rotated count(long startSeconds, TopNEntry... rows) {
        LiveTable table = new LiveTable(LAYOUT, HASH, 10_000, 4 << 20, LiveTable.Overflow.FOLD);
        SnapshotRows decoded = decode(rows);
        for (int i = 0; i < decoded.rows(); i++) {
            long h = HASH.hash(decoded.keys(), decoded.keyFrom(i), decoded.keyTo(i));
            table.add(decoded.keys(), decoded.keyFrom(i), decoded.keyTo(i), h, decoded.count(i));
        }
        Rotation rotation = sealer.rotate(table, startSeconds, false);
        return new Rotated(rotation.view(), rotation.bucket());
    }

    private static SnapshotRows decode(TopNEntry... rows) {
        try {
            return new SnapshotDecoder(Schema.LOGTAIL)
                    .decode(Snapshot.newBuilder()
                            .setBucketSeconds(60)
                            .addAllEntries(List.of(rows))
                            .build()
                            .toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends a minute and tells the subscribers. */
    void rotate(long startSeconds, TopNEntry... rows) {
        bus.publish(addresses.rotated(), count(startSeconds, rows));
    }

    /** The next event, without ports and times. */
    String event() {
        try {
            String event = events.poll(10, TimeUnit.SECONDS);
            return event != null ? event : "nothing happened";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void queryFinished(String rpc, GrpcStatus status, long durationNanos) {
        events.add(rpc + " " + status.name());
    }

    @Override
    public void subscriberConnected(String peer) {
        events.add("connected " + peer.replaceFirst(":[0-9]+$", ""));
    }

    @Override
    public void subscriberLeft(String peer, long sent, long dropped) {
        events.add("left " + sent + " " + dropped);
    }

    @Override
    public void snapshotDropped(String peer) {
        events.add("dropped");
    }

    @Override
    public void failed(String what, Throwable cause) {
        events.add("failed " + what + " " + cause.getMessage());
    }
}
