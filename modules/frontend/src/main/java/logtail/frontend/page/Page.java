package logtail.frontend.page;

import java.util.List;
import logtail.core.query.Term;
import logtail.core.query.TopNQuery;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.frontend.backend.Answers;
import logtail.frontend.query.PageQuery;
import logtail.frontend.query.PageQuery.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard, ready to be filled into its template: strings to show, and links.
 *
 * @param title of the document
 * @param problems parameters that make no sense; then nobody was asked
 * @param results null when nobody was asked
 * @param command that prints the same; may be empty
 */
public record Page(
        String title,
        Controls controls,
        Nodes nodes,
        List<String> problems,
        @Nullable Results results,
        String command) {

    /** Most rows that one page lists; JSON has no such limit. */
    public static final int ROWS_MAX = 1_000;

    /** What to ask for a page. */
    public static TopNQuery question(PageQuery query) {
        int rows = query.raw() ? query.n() : Math.min(query.n(), ROWS_MAX);
        return new TopNQuery(query.filter(), List.of(query.by()), rows, query.window());
    }

    /** The page that shows answers. */
    public static Page of(PageQuery query, Answers answers) {
        return of(query, answers, "", null);
    }

    /**
     * The page that shows answers for its filters, and what is wrong with a filter that was typed (FR-6.6).
     *
     * @param typed the expression
     * @param error why it makes no sense; null when it does
     */
    public static Page of(PageQuery query, Answers answers, String typed, @Nullable ExpressionException error) {
        return new Page(
                title(query),
                Controls.of(query, typed, error),
                Nodes.of(query, answers),
                List.of(),
                Results.of(query, answers),
                CommandLine.of(query, answers.target()));
    }

    /** The page that says which parameters make no sense; leaving them out would show more than was asked for. */
    public static Page of(PageQuery query, String configured, List<Problem> problems) {
        List<String> lines = problems.stream()
                .map(problem -> Shown.label(problem.name()) + "=" + Shown.label(problem.value()) + ": "
                        + Shown.sentence(problem.message()))
                .toList();
        return new Page(title(query), Controls.of(query, "", null), Nodes.unasked(configured), lines, null, "");
    }

    /** HTTP status of the page. */
    public int httpStatus() {
        return results == null ? 400 : results.httpStatus();
    }

    private static String title(PageQuery query) {
        StringBuilder title = new StringBuilder(Ranking.name(query.by()));
        for (Term term : query.terms()) {
            title.append(", ").append(Shown.label(Expression.print(term)));
        }
        return title.append(", last ")
                .append(query.window().text())
                .append(" - logtail")
                .toString();
    }
}
