package logtail.wire;

import logtail.core.query.Overview;
import org.jspecify.annotations.Nullable;

/**
 * A ranking with all that a page shows beside it.
 *
 * @param ranking which every node sends
 * @param overview null from a node that does not know it
 * @param loss null from a node that does not say
 */
public record OverviewReply(TopNReply ranking, @Nullable Overview overview, @Nullable Loss loss) {}
