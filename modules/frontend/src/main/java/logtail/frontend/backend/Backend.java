package logtail.frontend.backend;

import io.vertx.core.Future;
import java.util.List;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendQuery;
import logtail.wire.NodeReply;
import logtail.wire.OverviewReply;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;

/**
 * The nodes that can be asked. A call fails with an {@link logtail.runtime.client.RpcException}, or with an
 * {@link logtail.core.query.InvalidQueryException} for a question that the wire cannot carry. Nothing blocks.
 */
public interface Backend {
    /**
     * @param target {@code host:port}
     */
    Future<TopNReply> topN(String target, TopNQuery query, long timeoutMs);

    /** The same with all that a page shows beside the rows; a node that does not know how answers with the rows. */
    Future<OverviewReply> overview(String target, TopNQuery query, long timeoutMs);

    Future<TrendReply> trend(String target, TrendQuery query, long timeoutMs);

    Future<List<Target>> targets(String target, long timeoutMs);

    /** The same, and how the node is. */
    Future<NodeReply> status(String target, long timeoutMs);
}
