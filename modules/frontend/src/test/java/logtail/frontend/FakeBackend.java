package logtail.frontend;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import logtail.core.query.Overview;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.frontend.backend.Backend;
import logtail.runtime.client.RpcException;
import logtail.wire.Freshness;
import logtail.wire.Loss;
import logtail.wire.NodeReply;
import logtail.wire.NodeStatus;
import logtail.wire.OverviewReply;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;
import org.jspecify.annotations.Nullable;

/** A node that answers what a test told it to, at once, never, or with an error; and remembers what it was asked. */
public class FakeBackend implements Backend {
    public static final long NOW_SECONDS = 1_763_628_000;

    /** Every call as {@code topN nginx1:9090}. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    public final List<TopNQuery> questions = new CopyOnWriteArrayList<>();
    public final List<TrendQuery> trends = new CopyOnWriteArrayList<>();

    public volatile Future<TopNReply> topN = Future.succeededFuture(ranking(List.of(row("a", 1)), 1, 5));
    /** What stands beside the rows; null for a node that does not know it. */
    public volatile @Nullable Overview overview;

    public volatile @Nullable Loss loss;
    public volatile @Nullable NodeStatus status;
    public volatile Future<TrendReply> trend = Future.succeededFuture(trend(60, 10));
    public volatile Future<List<Target>> targets =
            Future.succeededFuture(List.of(new Target("nginx1", "", Freshness.FRESH, 3)));

    @Override
    public Future<TopNReply> topN(String target, TopNQuery query, long timeoutMs) {
        asked.add("topN " + target);
        questions.add(query);
        return topN;
    }

    @Override
    public Future<OverviewReply> overview(String target, TopNQuery query, long timeoutMs) {
        return topN(target, query, timeoutMs).map(ranking -> new OverviewReply(ranking, overview, loss));
    }

    @Override
    public Future<TrendReply> trend(String target, TrendQuery query, long timeoutMs) {
        asked.add("trend " + target);
        trends.add(query);
        return trend;
    }

    @Override
    public Future<List<Target>> targets(String target, long timeoutMs) {
        asked.add("targets " + target);
        return targets;
    }

    @Override
    public Future<NodeReply> status(String target, long timeoutMs) {
        asked.add("status " + target);
        return targets.map(all -> new NodeReply(all, status));
    }

    public static TopNAnswer.Row row(String label, long count) {
        return new TopNAnswer.Row(List.of(label), 0, count, count);
    }

    /** An exact answer. */
    public static TopNReply ranking(List<TopNAnswer.Row> rows, long total, int buckets) {
        return new TopNReply("agg", new TopNAnswer(rows, total, 0, true, buckets), true);
    }

    /** Sixty points, the newest of which ends at {@link #NOW_SECONDS}. */
    public static TrendReply trend(int bucketSeconds, long count) {
        List<TrendAnswer.Point> points = new ArrayList<>();
        for (int i = 60; i > 0; i--) {
            points.add(new TrendAnswer.Point(NOW_SECONDS - (long) i * bucketSeconds, count, 0));
        }
        return new TrendReply("agg", new TrendAnswer(points, points.size()));
    }

    public static <T> Future<T> failing(GrpcStatus status, String detail) {
        return Future.failedFuture(new RpcException(status, detail));
    }

    /** Never answers. */
    public static <T> Future<T> silent() {
        return Promise.<T>promise().future();
    }
}
