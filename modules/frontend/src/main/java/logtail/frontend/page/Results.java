package logtail.frontend.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logtail.core.query.Overview;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TrendAnswer.Point;
import logtail.frontend.backend.Answers;
import logtail.frontend.query.PageQuery;
import logtail.wire.TopNReply;
import org.jspecify.annotations.Nullable;

/**
 * What the answers come to.
 *
 * @param notice why there are no rows; null when there are
 * @param summary null without an answer
 * @param chart null without a trend
 * @param changes what changed most; none when it did not
 * @param calm whether that was looked for and nothing was found
 * @param ranking null without rows
 * @param missing which other parts could not be had, and why; may be empty
 * @param httpStatus of the page
 */
public record Results(
        @Nullable Notice notice,
        @Nullable Summary summary,
        @Nullable Chart chart,
        List<Mover> changes,
        boolean calm,
        @Nullable Ranking ranking,
        String missing,
        int httpStatus) {

    static Results of(PageQuery query, Answers answers) {
        return answers.ranking()
                .fold(
                        reply -> answered(query, answers, reply),
                        failure -> new Results(
                                Notice.failed(answers.target(), failure),
                                null,
                                null,
                                List.of(),
                                false,
                                null,
                                "",
                                Notice.httpStatus(failure.status())));
    }

    private static Results answered(PageQuery query, Answers answers, TopNReply reply) {
        TopNAnswer answer = reply.answer();
        List<Point> points = answers.trend().fold(trend -> trend.answer().points(), failure -> List.<Point>of());
        // A peer that does not say how many buckets it has sends one point for each.
        int buckets =
                reply.bounded() ? answer.buckets() : Math.min(query.window().buckets(), points.size());
        Overview overview = answers.overview();
        Optional<Span> span = overview == null ? Span.of(points, buckets) : Span.of(overview.window());
        if (reply.bounded() && answer.buckets() == 0) {
            return new Results(
                    Notice.early(query, overview), null, null, List.of(), false, null, missing(query, answers), 200);
        }
        boolean rows = !answer.rows().isEmpty();
        List<Mover> changes = overview == null ? List.of() : Mover.of(query, overview);
        return new Results(
                rows ? null : Notice.nothing(query, answer, overview),
                Summary.of(answers, reply, span, !query.terms().isEmpty()),
                points.size() < 2
                        ? null
                        : span.map(s -> chart(points, overview, s)).orElse(null),
                changes,
                overview != null
                        && changes.isEmpty()
                        && query.terms().isEmpty()
                        && overview.before().seconds() > 0,
                rows ? Ranking.of(query, answer, span, overview) : null,
                missing(query, answers),
                200);
    }

    private static Chart chart(List<Point> points, @Nullable Overview overview, Span span) {
        return Chart.of(points, overview == null ? List.of() : overview.trend(), span);
    }

    /** FR-6.4: what is missing takes nothing else with it, but it is said. */
    private static String missing(PageQuery query, Answers answers) {
        List<String> missing = new ArrayList<>();
        if (query.n() > Page.ROWS_MAX) {
            missing.add("rows beyond " + Numbers.count(Page.ROWS_MAX) + ", which JSON has");
        }
        if (!answers.trend().ok()) {
            missing.add("the trend (" + Shown.sentence(answers.trend().failure().text()) + ")");
        }
        if (!answers.nodes().ok()) {
            missing.add("the list of nodes ("
                    + Shown.sentence(answers.nodes().failure().text()) + ")");
        }
        return String.join("; ", missing);
    }
}
