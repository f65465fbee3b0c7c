package logtail.runtime.service;

import io.vertx.grpc.common.GrpcStatus;

/** What a {@link LogtailServer} reports; called on event loops and worker threads, and must not block. */
public interface ServiceEvents {
    /** Reports nothing. */
    ServiceEvents NONE = new ServiceEvents() {};

    /** A TopN or Trend call is over ({@code logtail_query_duration_seconds}). */
    default void queryFinished(String rpc, GrpcStatus status, long durationNanos) {}

    /** A StreamSnapshots call began (NFR-5.1). */
    default void subscriberConnected(String peer) {}

    /**
     * A StreamSnapshots call is over (NFR-5.1).
     *
     * @param sent snapshots it got
     * @param dropped snapshots it was too slow for
     */
    default void subscriberLeft(String peer, long sent, long dropped) {}

    /** A snapshot did not fit into a subscriber's buffer ({@code logtail_snapshots_dropped_total}). */
    default void snapshotDropped(String peer) {}

    /** A bucket could not be encoded, or another bug; the call ended with INTERNAL. */
    default void failed(String what, Throwable cause) {}
}
