package logtail.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node speaks for, and how it is.
 *
 * @param status null from a node that does not say
 */
public record NodeReply(List<Target> targets, @Nullable NodeStatus status) {
    public NodeReply {
        targets = List.copyOf(targets);
    }
}
