package logtail.frontend.backend;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import logtail.core.query.Filter;
import logtail.core.query.Overview;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.time.Window;
import logtail.wire.NodeReply;
import logtail.wire.OverviewReply;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;
import org.jspecify.annotations.Nullable;

/**
 * Asks all that a page needs at the same time, and waits no longer than a page may take (FR-6.4). Only the configured
 * node and those that it names are ever asked, so that nobody can make this process call a host of their choice.
 *
 * <p>Threadsafe.
 */
public final class Gatherer {
    private final Backend backend;
    private final String configured;
    private final long deadlineMs;

    /** Addresses that the configured node named when it last answered; it may be down when one of them is looked at. */
    private volatile Set<String> named = Set.of();

    /**
     * @param configured address of the node that is asked unless a page says otherwise
     * @param deadlineMs for all questions of one page together
     */
    public Gatherer(Backend backend, String configured, long deadlineMs) {
        this.backend = backend;
        this.configured = configured;
        this.deadlineMs = deadlineMs;
    }

    /** Address of the node that is asked unless a page says otherwise. */
    public String configured() {
        return configured;
    }

    /**
     * Asks for a page.
     *
     * @param target empty for the configured node
     * @return fails with a {@link ForeignTargetException} only
     */
    public Future<Answers> page(String target, TopNQuery query) {
        Future<Outcome<List<Target>>> nodes = nodes();
        return permitted(target, nodes).compose(check -> {
            if (!check.ok()) {
                return nodes.map(named -> new Answers(target, check.refused(), check.refused(), named));
            }
            Future<Rows> rows = overview(check, query);
            return Future.join(rows, nodes).map(all -> rows.result().answers(check.address, nodes.result()));
        });
    }

    /**
     * The rows, and what is beside them.
     *
     * @param ranking with or without an overview
     * @param trend of a node that has no overview
     */
    private record Rows(Outcome<OverviewReply> ranking, Outcome<TrendReply> trend) {
        Answers answers(String address, Outcome<List<Target>> nodes) {
            return ranking.fold(
                    reply -> new Answers(
                            address, Outcome.of(reply.ranking()), reply.overview(), reply.loss(), trend, nodes),
                    failure -> new Answers(address, Outcome.failed(failure), trend, nodes));
        }
    }

    /** A node that does not know overviews is asked for the trend as well, in the time that is left. */
    private Future<Rows> overview(Permission node, TopNQuery query) {
        long startNanos = System.nanoTime();
        return bounded(node.timeoutMs, timeoutMs -> backend.overview(node.address, query, timeoutMs))
                .compose(answer -> {
                    Overview overview = answer.ok() ? answer.value().overview() : null;
                    if (overview != null) {
                        TrendReply trend = trend(answer.value().ranking().source(), overview);
                        return Future.succeededFuture(new Rows(answer, Outcome.of(trend)));
                    }
                    if (!answer.ok()) {
                        return Future.succeededFuture(new Rows(answer, Outcome.failed(answer.failure())));
                    }
                    return trend(node.after(startNanos), query.filter(), query.window())
                            .map(trend -> new Rows(answer, trend));
                });
    }

    private static TrendReply trend(String source, Overview overview) {
        List<TrendAnswer.Point> points = overview.trend().stream()
                .map(moment -> new TrendAnswer.Point(
                        moment.startSeconds(), moment.requests().total(), 0))
                .toList();
        return new TrendReply(source, new TrendAnswer(points, points.size()));
    }

    /** Asks for the rows alone; fails with a {@link ForeignTargetException} only. */
    public Future<Outcome<TopNReply>> rows(String target, TopNQuery query) {
        boolean known = isConfigured(target) || named.contains(target);
        Future<Outcome<List<Target>>> nodes = known ? Future.succeededFuture(Outcome.of(List.of())) : nodes();
        return permitted(target, nodes)
                .compose(check -> check.ok() ? ranking(check, query) : Future.succeededFuture(check.refused()));
    }

    /** Whom the configured node speaks for; never fails. */
    public Future<Outcome<List<Target>>> nodes() {
        return bounded(deadlineMs, timeoutMs -> backend.targets(configured, timeoutMs))
                .onSuccess(nodes -> {
                    if (nodes.ok()) {
                        named = nodes.value().stream().map(Target::addr).collect(Collectors.toUnmodifiableSet());
                    }
                });
    }

    /**
     * How a node is.
     *
     * @param target empty for the configured node
     * @return fails with a {@link ForeignTargetException} only
     */
    public Future<Outcome<NodeReply>> status(String target) {
        boolean known = isConfigured(target) || named.contains(target);
        Future<Outcome<List<Target>>> nodes = known ? Future.succeededFuture(Outcome.of(List.of())) : nodes();
        return permitted(target, nodes)
                .compose(check -> check.ok()
                        ? bounded(check.timeoutMs, timeoutMs -> backend.status(check.address, timeoutMs))
                        : Future.succeededFuture(check.refused()));
    }

    private boolean isConfigured(String target) {
        return target.isEmpty() || target.equals(configured);
    }

    /** Whether a node may be asked; at once for one that is known, else after the configured node has answered. */
    private Future<Permission> permitted(String target, Future<Outcome<List<Target>>> nodes) {
        if (isConfigured(target) || named.contains(target)) {
            String address = target.isEmpty() ? configured : target;
            return Future.succeededFuture(new Permission(address, deadlineMs, null));
        }
        long startNanos = System.nanoTime();
        return nodes.compose(answer -> {
            if (!answer.ok()) {
                return Future.succeededFuture(new Permission(target, 0, answer.failure()));
            }
            return named.contains(target)
                    ? Future.succeededFuture(new Permission(target, deadlineMs, null).after(startNanos))
                    : Future.failedFuture(new ForeignTargetException());
        });
    }

    private Future<Outcome<TopNReply>> ranking(Permission node, TopNQuery query) {
        return bounded(node.timeoutMs, timeoutMs -> backend.topN(node.address, query, timeoutMs));
    }

    /** A window of the fine ring is shown within its hour: five points alone say little. */
    private Future<Outcome<TrendReply>> trend(Permission node, Filter filter, Window window) {
        TrendQuery query = new TrendQuery(filter, window.coarse() ? window : Window.W60M);
        return bounded(node.timeoutMs, timeoutMs -> backend.trend(node.address, query, timeoutMs));
    }

    private static <T> Future<Outcome<T>> bounded(long timeoutMs, LongFunction<Future<T>> call) {
        Future<T> answer;
        try {
            answer = call.apply(timeoutMs);
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        return answer.timeout(timeoutMs, TimeUnit.MILLISECONDS).map(Outcome::of).otherwise(Outcome::failed);
    }

    /**
     * Whether a node may be asked.
     *
     * @param failure why that is not known; null when it may
     */
    private record Permission(String address, long timeoutMs, Outcome.@Nullable Failure failure) {
        boolean ok() {
            return failure == null;
        }

        /** What is left of the time since then. */
        Permission after(long startNanos) {
            long goneMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
            return new Permission(address, Math.max(1, timeoutMs - goneMs), failure);
        }

        <T> Outcome<T> refused() {
            Outcome.Failure why = Objects.requireNonNull(failure);
            return Outcome.failed(why.status(), "whether it may be asked is not known; " + why.text());
        }
    }
}
