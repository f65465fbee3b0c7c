package logtail.frontend.page;

import java.util.List;
import java.util.Locale;
import logtail.frontend.backend.Outcome;
import logtail.frontend.query.PageDefaults;
import logtail.frontend.query.PageQuery;
import logtail.wire.Freshness;
import logtail.wire.Target;

/**
 * The page of freshness.
 *
 * @param target the node that was asked
 * @param failure why it did not answer; empty when it did
 * @param nodes whom it speaks for
 */
public record Status(String target, String failure, List<Node> nodes) {
    /**
     * @param address empty for the node that was asked
     * @param behind whether its numbers are not current
     * @param age of its newest bucket; empty when it has none
     * @param href its dashboard
     */
    public record Node(String name, String address, String state, boolean behind, String age, String href) {}

    public static Status of(String target, Outcome<List<Target>> nodes, PageDefaults defaults) {
        PageQuery start = PageQuery.start(defaults);
        return nodes.fold(
                list -> new Status(
                        Shown.label(target),
                        "",
                        list.stream().map(node -> node(node, start)).toList()),
                failure -> new Status(Shown.label(target), Shown.sentence(failure.text()), List.of()));
    }

    private static Node node(Target node, PageQuery start) {
        boolean dated = node.state() == Freshness.FRESH || node.state() == Freshness.STALE;
        return new Node(
                Shown.label(node.name().isEmpty() ? node.addr() : node.name()),
                Shown.label(node.addr().isEmpty() ? "this node" : node.addr()),
                node.state() == Freshness.NEVER
                        ? "no data yet"
                        : node.state().name().toLowerCase(Locale.ROOT),
                node.state() != Freshness.FRESH && node.state() != Freshness.UNKNOWN,
                dated ? Numbers.duration(node.ageSeconds()) + " ago" : "",
                start.withTarget(node.addr()).url());
    }
}
