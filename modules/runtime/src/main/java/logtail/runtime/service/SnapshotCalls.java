package logtail.runtime.service;

import io.vertx.grpc.common.GrpcStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import logtail.runtime.bus.Bus;
import logtail.runtime.config.QueryLimits;

/** StreamSnapshots and DumpSnapshots; a bounded number of them at a time. */
final class SnapshotCalls {
    private final Bus bus;
    private final NodeView node;
    private final SharedSnapshots snapshots;
    private final QueryLimits limits;
    private final ServiceEvents events;
    private final Set<Call> open = ConcurrentHashMap.newKeySet();

    SnapshotCalls(Bus bus, NodeView node, SharedSnapshots snapshots, QueryLimits limits, ServiceEvents events) {
        this.bus = bus;
        this.node = node;
        this.snapshots = snapshots;
        this.limits = limits;
        this.events = events;
    }

    void stream(Call call) {
        if (admit(call)) {
            new Subscriber(call, snapshots, limits.subscriberBuffer(), events).subscribe(bus, node);
        }
    }

    void dump(Call call) {
        if (admit(call)) {
            call.begin();
            new Dump(call, snapshots, node.view().get(), events).next();
        }
    }

    private boolean admit(Call call) {
        if (open.size() >= PortLimits.STREAMS) {
            call.fail(GrpcStatus.RESOURCE_EXHAUSTED, "too many streams at a time");
            return false;
        }
        open.add(call);
        call.whenOver(() -> open.remove(call));
        return true;
    }

    /** Ends every stream: the node is stopping. */
    void close() {
        for (Call call : open) {
            call.context().runOnContext(v -> call.fail(GrpcStatus.UNAVAILABLE, "the node is stopping"));
        }
    }
}
