package logtail.runtime.service;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import logtail.core.store.View;
import logtail.runtime.bus.Addresses;
import logtail.wire.Target;

/**
 * The node behind a {@link LogtailServer}: what it is called, what it has, and where it announces new buckets.
 *
 * @param source display name
 * @param view what queries read; asked once per call, from any thread
 * @param targets answer of ListTargets; asked once per call
 * @param ready whether the health service says SERVING; asked now and then, and must not block
 * @param addresses the node's addresses on the bus
 */
public record NodeView(
        Supplier<String> source,
        Supplier<View> view,
        Supplier<List<Target>> targets,
        BooleanSupplier ready,
        Addresses addresses) {}
