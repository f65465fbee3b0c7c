package logtail.runtime.client;

import io.vertx.core.Future;

/** Snapshots that keep coming. */
public interface SnapshotStream {
    /** Succeeds when the peer has ended the stream or {@link #cancel()} was called; fails with an {@link RpcException}. */
    Future<Void> end();

    /** Stops it; nothing is delivered afterwards. */
    void cancel();
}
