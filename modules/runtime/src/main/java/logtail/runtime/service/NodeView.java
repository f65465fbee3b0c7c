package logtail.runtime.service;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import logtail.core.store.View;
import logtail.runtime.bus.Addresses;
import logtail.wire.NodeStatus;
import logtail.wire.Target;

/**
 * The node behind a {@link LogtailServer}: what it is called, what it has, and where it announces new buckets.
 *
 * @param source display name
 * @param view what queries read; asked once per call, from any thread
 * @param targets answer of ListTargets; asked once per call
 * @param status how the node is; asked once per call, from any thread
 * @param ready whether the health service says SERVING; asked now and then, and must not block
 * @param addresses the node's addresses on the bus
 */
public record NodeView(
        Supplier<String> source,
        Supplier<View> view,
        Supplier<List<Target>> targets,
        Supplier<NodeStatus> status,
        BooleanSupplier ready,
        Addresses addresses) {
    private static final NodeStatus NONE = new NodeStatus("", 0, List.of(), List.of(), List.of(), 0, 0, 0);

    /** A node that says nothing of how it is. */
    public NodeView(
            Supplier<String> source,
            Supplier<View> view,
            Supplier<List<Target>> targets,
            BooleanSupplier ready,
            Addresses addresses) {
        this(source, view, targets, () -> NONE, ready, addresses);
    }
}
