package logtail.runtime.service;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import logtail.core.store.Bucket;
import logtail.core.store.View;

/**
 * One DumpSnapshots call (FR-4.3): every bucket of one view, the fine ones oldest first, then the coarse ones; the next
 * one is encoded when the caller has room for it.
 *
 * <p>Belongs to the context of its connection.
 */
final class Dump {
    private final Call call;
    private final SharedSnapshots snapshots;
    private final ServiceEvents events;
    private final View view;
    private final Iterator<Bucket> buckets;

    Dump(Call call, SharedSnapshots snapshots, View view, ServiceEvents events) {
        this.call = call;
        this.snapshots = snapshots;
        this.view = view;
        this.events = events;
        List<Bucket> all = new ArrayList<>(view.fine());
        all.addAll(view.coarse());
        this.buckets = all.iterator();
    }

    void next() {
        if (call.cancelled()) {
            return;
        }
        if (!buckets.hasNext()) {
            call.end();
        } else {
            Future<Buffer> next = snapshots.encode(view, buckets.next());
            next.onComplete(encoded -> call.context().runOnContext(v -> write(encoded)));
        }
    }

    private void write(AsyncResult<Buffer> encoded) {
        if (encoded.failed()) {
            events.failed("DumpSnapshots", encoded.cause());
            call.fail(GrpcStatus.INTERNAL, "");
            return;
        }
        call.write(encoded.result()).onSuccess(written -> next());
    }
}
