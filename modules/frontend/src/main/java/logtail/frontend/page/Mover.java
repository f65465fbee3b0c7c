package logtail.frontend.page;

import java.util.List;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Overview;
import logtail.core.query.Term;
import logtail.core.schema.FilterOp;
import logtail.frontend.query.PageQuery;

/**
 * One of the values that changed most.
 *
 * @param dimension what it is a value of
 * @param label the value
 * @param note what it means; may be empty
 * @param href only its requests, ranked by what tells most of them
 * @param versus by how much it changed
 * @param difference in requests per second, with its sign
 */
public record Mover(String dimension, String label, String note, String href, Versus versus, String difference) {

    static List<Mover> of(PageQuery query, Overview overview) {
        return overview.changes().stream()
                .map(change -> of(query, overview, change))
                .toList();
    }

    private static Mover of(PageQuery query, Overview overview, Overview.Change change) {
        double now = (double) change.now() / overview.window().seconds();
        double earlier = (double) change.earlier() / overview.before().seconds();
        String sign = now >= earlier ? "+" : "−";
        return new Mover(
                Ranking.name(change.dimension()),
                Ranking.label(change.dimension(), change.label(), false),
                Ranking.note(change.dimension(), change.label()),
                href(query, change),
                Versus.of(overview, change.now(), change.earlier()),
                sign + Numbers.rate(Math.abs(now - earlier)) + "/s");
    }

    private static String href(PageQuery query, Overview.Change change) {
        try {
            Term term = Term.of(change.dimension(), FilterOp.EQ, change.label());
            return query.withBy(change.dimension()).drillDown(term).url();
        } catch (InvalidQueryException e) {
            return "";
        }
    }
}
