package logtail.frontend.page;

import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import logtail.core.query.Overview;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.lang.Expression;
import logtail.core.time.Window;
import logtail.frontend.backend.Outcome.Failure;
import logtail.frontend.query.PageQuery;
import org.jspecify.annotations.Nullable;

/**
 * Why there are no rows.
 *
 * @param error whether something is wrong, or just nothing there
 * @param passing whether the next load may well show rows
 * @param ways what can be done about it
 */
public record Notice(boolean error, boolean passing, String title, String text, List<Link> ways) {

    /** A node did not answer. */
    static Notice failed(String target, Failure failure) {
        String node = Shown.label(target);
        String title =
                switch (failure.status()) {
                    case INVALID_ARGUMENT, UNIMPLEMENTED -> node + " does not take this question";
                    case RESOURCE_EXHAUSTED -> node + " is busy";
                    case DEADLINE_EXCEEDED -> node + " did not answer in time";
                    case UNAVAILABLE -> "Cannot reach " + node;
                    default -> node + " failed";
                };
        boolean passing =
                failure.status() != GrpcStatus.INVALID_ARGUMENT && failure.status() != GrpcStatus.UNIMPLEMENTED;
        return new Notice(true, passing, title, Shown.sentence(failure.text()), List.of());
    }

    /** No bucket is complete yet. */
    static Notice early(PageQuery query, @Nullable Overview overview) {
        String since = since(overview);
        if (!query.window().coarse()) {
            String text = "The first numbers appear when the first minute has ended." + since;
            return new Notice(false, true, "No complete minute yet", text, List.of());
        }
        String text = "A window of " + query.window().text()
                + " is made of five-minute buckets, and the first one has not ended." + since;
        Link way = new Link("Look at the last 5m", query.withWindow(Window.W5M).url());
        return new Notice(false, true, "No complete bucket yet", text, List.of(way));
    }

    /** No row, and why: nothing came in, or nothing matches. */
    static Notice nothing(PageQuery query, TopNAnswer answer, @Nullable Overview overview) {
        String last = "in the last " + query.window().text();
        if (query.terms().isEmpty()) {
            return new Notice(false, true, "No requests " + last, "", List.of());
        }
        List<Link> ways = new ArrayList<>();
        for (Term term : query.terms()) {
            ways.add(new Link(
                    "without " + Shown.label(Expression.print(term)),
                    query.without(term).url()));
        }
        if (ways.size() > 1) {
            ways.add(new Link("without any filter", query.withoutTerms().url()));
        }
        return answer.unknown() > 0
                ? new Notice(
                        false,
                        false,
                        "Nothing surely matches " + last,
                        Numbers.count(answer.unknown())
                                + " requests may match; what the filter asks for was folded away.",
                        ways)
                : new Notice(false, false, "Nothing matches " + last, "", ways);
    }

    private static String since(@Nullable Overview overview) {
        return overview == null || overview.sinceSeconds() == 0
                ? ""
                : " Counting since " + Numbers.dayAndTime(overview.sinceSeconds()) + " UTC.";
    }

    /** HTTP status of a page that shows this failure. */
    public static int httpStatus(GrpcStatus status) {
        return switch (status) {
            case INVALID_ARGUMENT -> 400;
            case RESOURCE_EXHAUSTED -> 503;
            case DEADLINE_EXCEEDED -> 504;
            default -> 502;
        };
    }
}
