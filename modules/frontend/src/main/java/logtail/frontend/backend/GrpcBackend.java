package logtail.frontend.backend;

import io.vertx.core.Future;
import java.util.List;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendQuery;
import logtail.runtime.client.LogtailClient;
import logtail.runtime.config.HostPort;
import logtail.wire.NodeReply;
import logtail.wire.OverviewReply;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;

/** Asks over gRPC. */
public final class GrpcBackend implements Backend {
    private final LogtailClient client;

    public GrpcBackend(LogtailClient client) {
        this.client = client;
    }

    @Override
    public Future<TopNReply> topN(String target, TopNQuery query, long timeoutMs) {
        return client.topN(HostPort.parse(target), query, timeoutMs);
    }

    @Override
    public Future<OverviewReply> overview(String target, TopNQuery query, long timeoutMs) {
        return client.overview(HostPort.parse(target), query, timeoutMs);
    }

    @Override
    public Future<TrendReply> trend(String target, TrendQuery query, long timeoutMs) {
        return client.trend(HostPort.parse(target), query, timeoutMs);
    }

    @Override
    public Future<List<Target>> targets(String target, long timeoutMs) {
        return client.targets(HostPort.parse(target), timeoutMs);
    }

    @Override
    public Future<NodeReply> status(String target, long timeoutMs) {
        return client.status(HostPort.parse(target), timeoutMs);
    }
}
