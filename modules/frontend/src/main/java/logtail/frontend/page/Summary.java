package logtail.frontend.page;

import java.util.List;
import java.util.Optional;
import logtail.core.query.Overview;
import logtail.core.query.TopNAnswer;
import logtail.frontend.backend.Answers;
import logtail.wire.TopNReply;

/**
 * The total.
 *
 * @param total requests
 * @param rate per second; empty when not known
 * @param versus that rate against the time before
 * @param span the time they came in; empty when not known
 * @param compared the time before; empty when there is none
 * @param asOf end of the time they came in; empty when not known
 * @param exact whether every count is the truth
 * @param trust the same in words
 * @param classes shares of the classes of status; none when not known
 * @param notes what else there is to know about the numbers
 */
public record Summary(
        String total,
        String rate,
        Versus versus,
        String span,
        String compared,
        String asOf,
        boolean exact,
        String trust,
        List<ClassShare> classes,
        List<String> notes) {

    static Summary of(Answers answers, TopNReply reply, Optional<Span> span, boolean filtered) {
        TopNAnswer answer = reply.answer();
        Overview overview = answers.overview();
        return new Summary(
                Numbers.count(answer.total()),
                span.map(s -> Numbers.rate((double) answer.total() / s.seconds()))
                        .orElse(""),
                overview == null
                        ? Versus.UNKNOWN
                        : Versus.of(
                                overview,
                                overview.now().total(),
                                overview.earlier().total()),
                span.map(Span::text).orElse(""),
                overview == null
                        ? ""
                        : Span.of(overview.before()).map(Span::text).orElse(""),
                span.map(s -> Numbers.time(s.endSeconds()) + " UTC").orElse(""),
                answer.exact(),
                trust(reply),
                overview == null || overview.now().total() == 0 ? List.of() : ClassShare.of(overview),
                Trust.notes(answers, filtered));
    }

    /** D11. */
    private static String trust(TopNReply reply) {
        TopNAnswer answer = reply.answer();
        if (!reply.bounded()) {
            return "lower bounds: this node sends no totals, so the total is the sum of the rows";
        }
        if (answer.exact()) {
            return "every count is exact";
        }
        return answer.unknown() > 0
                ? "at least; " + Numbers.count(answer.unknown()) + " more may match, folded away"
                : "the total is exact; some rows are lower bounds";
    }
}
