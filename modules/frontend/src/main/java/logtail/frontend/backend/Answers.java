package logtail.frontend.backend;

import java.util.List;
import logtail.core.query.Overview;
import logtail.wire.Loss;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;
import org.jspecify.annotations.Nullable;

/**
 * Everything a page was told.
 *
 * @param target address of the node that was asked
 * @param ranking its rows
 * @param overview what stands beside them; null from a node that does not know it
 * @param loss what never became a row; null when that is not said
 * @param trend what stands above them
 * @param nodes whom the configured node speaks for; always the configured one, so that the way back stays
 */
public record Answers(
        String target,
        Outcome<TopNReply> ranking,
        @Nullable Overview overview,
        @Nullable Loss loss,
        Outcome<TrendReply> trend,
        Outcome<List<Target>> nodes) {

    /** Of a node that knows the original's questions only. */
    public Answers(String target, Outcome<TopNReply> ranking, Outcome<TrendReply> trend, Outcome<List<Target>> nodes) {
        this(target, ranking, null, null, trend, nodes);
    }
}
