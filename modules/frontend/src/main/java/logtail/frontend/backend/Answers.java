package logtail.frontend.backend;

import java.util.List;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;

/**
 * Everything a page was told.
 *
 * @param target address of the node that was asked
 * @param ranking its rows
 * @param trend what stands above them
 * @param nodes whom the configured node speaks for; always the configured one, so that the way back stays
 */
public record Answers(
        String target, Outcome<TopNReply> ranking, Outcome<TrendReply> trend, Outcome<List<Target>> nodes) {}
