package logtail.runtime.service;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayDeque;
import java.util.Deque;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Rotated;

/**
 * One StreamSnapshots call (FR-4.1): gets every bucket that ends from now on, as long as it keeps up. Its buffer is
 * bounded; what does not fit is dropped for it alone.
 *
 * <p>Belongs to the context of its connection.
 */
final class Subscriber {
    private final Call call;
    private final SharedSnapshots snapshots;
    private final int bufferMax;
    private final ServiceEvents events;
    private final Deque<Future<Buffer>> waiting = new ArrayDeque<>();
    private boolean sending;
    private long sent;
    private long dropped;

    Subscriber(Call call, SharedSnapshots snapshots, int bufferMax, ServiceEvents events) {
        this.call = call;
        this.snapshots = snapshots;
        this.bufferMax = bufferMax;
        this.events = events;
    }

    void subscribe(Bus bus, NodeView node) {
        MessageConsumer<Rotated> buckets = bus.consume(node.addresses().rotated(), this::offer);
        events.subscriberConnected(call.peer());
        call.whenOver(() -> {
            buckets.unregister();
            waiting.clear();
            events.subscriberLeft(call.peer(), sent, dropped);
        });
        call.begin();
    }

    private void offer(Rotated rotated) {
        if (call.cancelled()) {
            return;
        }
        if (waiting.size() == bufferMax) {
            drop();
        } else {
            waiting.add(snapshots.newest(rotated.view(), rotated.bucket()));
            send();
        }
    }

    private void send() {
        if (sending || waiting.isEmpty() || call.cancelled()) {
            return;
        }
        sending = true;
        Future<Buffer> next = waiting.remove();
        next.onComplete(encoded -> call.context().runOnContext(v -> write(encoded)));
    }

    private void write(AsyncResult<Buffer> encoded) {
        if (encoded.failed()) {
            events.failed("StreamSnapshots", encoded.cause());
            drop();
            sending = false;
            send();
            return;
        }
        call.write(encoded.result()).onComplete(done -> {
            sent += done.succeeded() ? 1 : 0;
            sending = false;
            send();
        });
    }

    private void drop() {
        dropped++;
        events.snapshotDropped(call.peer());
    }
}
