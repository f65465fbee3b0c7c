package logtail.runtime.service;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import logtail.core.store.Bucket;
import logtail.core.store.View;
import logtail.wire.SnapshotEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Buckets as encoded messages, worked out on a thread of their own: once for all subscribers that want the newest one.
 * Threadsafe.
 */
final class SharedSnapshots {
    private final SnapshotEncoder encoder;
    private final Supplier<String> source;
    private final WorkQueue worker;
    private @Nullable Bucket newestBucket;
    private WeakReference<Future<Buffer>> newest = new WeakReference<>(null);

    SharedSnapshots(SnapshotEncoder encoder, Supplier<String> source, WorkQueue worker) {
        this.encoder = encoder;
        this.source = source;
        this.worker = worker;
    }

    /** The newest bucket; the same future for everybody who keeps it while others ask. */
    synchronized Future<Buffer> newest(View view, Bucket bucket) {
        Future<Buffer> shared = bucket == newestBucket ? newest.get() : null;
        if (shared == null) {
            shared = encode(view, bucket);
            newestBucket = bucket;
            newest = new WeakReference<>(shared);
        }
        return shared;
    }

    /** Any bucket, for one caller. */
    Future<Buffer> encode(View view, Bucket bucket) {
        return worker.run(() -> Buffer.buffer(encoder.encode(source.get(), view, bucket)));
    }
}
