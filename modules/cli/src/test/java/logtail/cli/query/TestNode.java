package logtail.cli.query;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.LiveTable;
import logtail.core.store.RingLimits;
import logtail.core.store.Rotation;
import logtail.core.store.Sealer;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Rotated;
import logtail.runtime.config.QueryLimits;
import logtail.runtime.service.LogtailServer;
import logtail.runtime.service.NodeView;
import logtail.runtime.service.ServiceEvents;
import logtail.wire.SnapshotDecoder;
import logtail.wire.SnapshotRows;
import logtail.wire.Target;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.TopNEntry;

/** A node to ask: what it counted is put in row by row, its clock stands still. */
final class TestNode implements ServiceEvents {
    static final long NOW_SECONDS = 1_763_628_000;

    private static final KeyHash HASH = new KeyHash(1, 2);
    private static final TupleLayout LAYOUT = new TupleLayout(Schema.LOGTAIL);

    private final BlockingQueue<String> subscribers = new LinkedBlockingQueue<>();
    private final Vertx vertx;
    private final Addresses addresses;
    private final Sealer sealer;
    private final LogtailServer server;
    private final int port;

    /**
     * @param port 0 for any
     * @param top rows kept per bucket; smaller ones are folded
     */
    TestNode(Vertx vertx, String name, int port, int top) {
        this.vertx = vertx;
        addresses = new Addresses(name + System.identityHashCode(this));
        sealer = new Sealer(LAYOUT, HASH, 60, new RingLimits(60, top, 6 << 20), RingLimits.COARSE);
        server = new LogtailServer(
                vertx,
                Bus.of(vertx),
                new NodeView(
                        () -> name,
                        sealer::view,
                        () -> List.of(Target.self(name, sealer.view(), NOW_SECONDS)),
                        () -> true,
                        addresses),
                new QueryLimits(64 << 20, 1 << 20, 2, 64, 8, 50_000, 1024),
                this);
        this.port = server.listen("127.0.0.1", port).await();
    }

    String target() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    void close() {
        server.close().await();
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

    /** Ends a minute that had these requests and tells the subscribers. */
    TestNode rotate(long startSeconds, TopNEntry... rows) {
        LiveTable table = new LiveTable(LAYOUT, HASH, 10_000, 4 << 20, LiveTable.Overflow.FOLD);
        SnapshotRows decoded = decode(rows);
        for (int i = 0; i < decoded.rows(); i++) {
            long h = HASH.hash(decoded.keys(), decoded.keyFrom(i), decoded.keyTo(i));
            table.add(decoded.keys(), decoded.keyFrom(i), decoded.keyTo(i), h, decoded.count(i));
        }
        Rotation rotation = sealer.rotate(table, startSeconds, false);
        Bus.of(vertx).publish(addresses.rotated(), new Rotated(rotation.view(), rotation.bucket()));
        return this;
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

    /** Waits for the next StreamSnapshots call. */
    void awaitSubscriber() throws InterruptedException {
        if (subscribers.poll(20, TimeUnit.SECONDS) == null) {
            throw new AssertionError("nobody subscribed");
        }
    }

    @Override
    public void subscriberConnected(String peer) {
        subscribers.add(peer);
    }
}
