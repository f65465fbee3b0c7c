package logtail.frontend.page;

import java.util.Optional;
import logtail.core.query.TopNAnswer;
import logtail.wire.TopNReply;

/**
 * The total.
 *
 * @param total requests
 * @param rate per second; empty when not known
 * @param span the time they came in; empty when not known
 * @param asOf end of that time; empty when not known
 * @param exact whether every count is the truth
 * @param trust the same in words
 */
public record Summary(String total, String rate, String span, String asOf, boolean exact, String trust) {

    static Summary of(TopNReply reply, Optional<Span> span) {
        TopNAnswer answer = reply.answer();
        return new Summary(
                Numbers.count(answer.total()),
                span.map(s -> Numbers.rate((double) answer.total() / s.seconds()))
                        .orElse(""),
                span.map(Span::text).orElse(""),
                span.map(s -> Numbers.time(s.endSeconds()) + " UTC").orElse(""),
                answer.exact(),
                trust(reply));
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
