package logtail.frontend.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.core.time.Window;
import logtail.frontend.query.PageQuery;
import org.jspecify.annotations.Nullable;

/**
 * Every way from this page to another one; all of it follows from the URL alone.
 *
 * @param here this page
 * @param refreshSeconds time to the next load; empty for never
 * @param pause stops or resumes that
 * @param windows how far back
 * @param groups what is ranked
 * @param sizes how many rows
 * @param refreshes how often the page loads itself
 * @param crumbs the filters that are on
 * @param allHref the page without filters
 * @param form where a filter is typed
 * @param jsonHref the same as JSON
 * @param statusHref how the node is that was asked
 */
public record Controls(
        String here,
        String refreshSeconds,
        Link pause,
        List<Choice> windows,
        List<Choice> groups,
        List<Choice> sizes,
        List<Choice> refreshes,
        List<Crumb> crumbs,
        String allHref,
        Form form,
        String jsonHref,
        String statusHref) {
    private static final int[] SIZES = {10, 25, 50, 100, 250};
    private static final int[] REFRESH_SECONDS = {0, 5, 10, 30, 60};
    private static final int RESUME_SECONDS = 30;

    /** Characters shown in front of the column at which an expression stops making sense, and behind it. */
    private static final int CONTEXT_CHARS = 48;

    /**
     * A filter that is on.
     *
     * @param removeHref the page without it
     */
    public record Crumb(String text, String removeHref) {}

    /**
     * The form that takes a filter expression.
     *
     * @param kept the rest of the state
     * @param value what stands in the field
     * @param error what is wrong with it; empty when nothing is
     * @param context the text around the error
     * @param caret points at it, from the line below
     */
    public record Form(List<Field> kept, String value, String error, String context, String caret) {}

    /** A hidden field. */
    public record Field(String name, String value) {}

    /**
     * @param typed the expression that was typed, when it makes no sense
     * @param error why it makes none; null when it does
     */
    static Controls of(PageQuery query, String typed, @Nullable ExpressionException error) {
        int seconds = query.refreshSeconds();
        return new Controls(
                query.url(),
                seconds == 0 ? "" : Integer.toString(seconds),
                pause(query),
                Arrays.stream(Window.values())
                        .map(w -> Choice.of(w.text(), query.withWindow(w).url(), w == query.window()))
                        .toList(),
                query.defaults().groups().stream()
                        .map(by -> Choice.of(Ranking.name(by), query.withBy(by).url(), by.equals(query.by())))
                        .toList(),
                numbers(SIZES, query.n())
                        .mapToObj(n ->
                                Choice.of(Integer.toString(n), query.withN(n).url(), n == query.n()))
                        .toList(),
                numbers(REFRESH_SECONDS, seconds)
                        .mapToObj(s -> Choice.of(
                                s == 0 ? "off" : Numbers.duration(s),
                                query.withRefresh(s).url(),
                                s == seconds))
                        .toList(),
                query.terms().stream()
                        .map(term -> new Crumb(
                                Shown.label(Expression.print(term)),
                                query.without(term).url()))
                        .toList(),
                query.withoutTerms().url(),
                error == null ? form(query) : form(query, typed, error),
                query.withRaw(true).url(),
                Status.href(query));
    }

    private static IntStream numbers(int[] usual, int current) {
        TreeSet<Integer> numbers = new TreeSet<>();
        Arrays.stream(usual).forEach(numbers::add);
        numbers.add(current);
        return numbers.stream().mapToInt(Integer::intValue);
    }

    private static Link pause(PageQuery query) {
        if (query.refreshSeconds() > 0) {
            return new Link("Pause", query.withRefresh(0).url());
        }
        int usual = query.defaults().refreshSeconds();
        return new Link(
                "Resume", query.withRefresh(usual > 0 ? usual : RESUME_SECONDS).url());
    }

    private static Form form(PageQuery query) {
        return new Form(kept(query), Expression.print(query.terms()), "", "", "");
    }

    private static Form form(PageQuery query, String typed, ExpressionException error) {
        int column = Math.min(error.offset(), typed.length());
        int from = Math.max(0, column - CONTEXT_CHARS);
        int to = Math.min(typed.length(), column + CONTEXT_CHARS);
        int indent = Shown.of(typed.substring(from, column)).length();
        return new Form(
                kept(query),
                typed,
                Shown.of(String.valueOf(error.getMessage())),
                Shown.of(typed.substring(from, to)),
                " ".repeat(indent) + "^");
    }

    private static List<Field> kept(PageQuery query) {
        List<Field> kept = new ArrayList<>();
        for (Map.Entry<String, String> parameter :
                query.withRaw(false).parameters().entrySet()) {
            kept.add(new Field(parameter.getKey(), parameter.getValue()));
        }
        return kept;
    }
}
