package logtail.frontend.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.core.schema.Dimension;
import logtail.core.time.Window;
import org.jspecify.annotations.Nullable;

/**
 * The state of a page: all of it stands in the URL (FR-6.2), and equal states have equal URLs. What has its default
 * value is left out. Immutable, threadsafe.
 */
public final class PageQuery {
    private final PageDefaults defaults;
    private final String target;
    private final Window window;
    private final Dimension by;
    private final int n;
    private final boolean raw;
    private final int refreshSeconds;
    private final Conditions conditions;

    /**
     * What is wrong with a parameter.
     *
     * @param name the parameter
     * @param value as it was given
     * @param message what is wrong, without the name
     */
    public record Problem(String name, String value, String message) {}

    /**
     * What a URL says.
     *
     * @param query without the parameters that make no sense
     * @param expression the value of {@code q}, when there is one
     * @param problems empty when every parameter makes sense
     */
    public record Parsed(PageQuery query, Optional<String> expression, List<Problem> problems) {}

    private PageQuery(
            PageDefaults defaults,
            String target,
            Window window,
            Dimension by,
            int n,
            boolean raw,
            int refreshSeconds,
            Conditions conditions) {
        this.defaults = defaults;
        this.target = target;
        this.window = window;
        this.by = by;
        this.n = n;
        this.raw = raw;
        this.refreshSeconds = refreshSeconds;
        this.conditions = conditions;
    }

    /** The page without any parameter. */
    public static PageQuery start(PageDefaults defaults) {
        return new PageQuery(
                defaults,
                "",
                defaults.window(),
                defaults.groups().get(0),
                defaults.n(),
                false,
                defaults.refreshSeconds(),
                Conditions.NONE);
    }

    /**
     * Reads the part of a URL behind the question mark. Unknown parameters are ignored, but for filters: a misspelt
     * filter must not show everything.
     */
    public static Parsed parse(@Nullable String queryString, PageDefaults defaults) {
        Parser parser = new Parser(start(defaults));
        QueryString.decode(queryString == null ? "" : queryString).forEach(parser::parameter);
        parser.rest();
        return new Parsed(parser.query, Optional.ofNullable(parser.expression), List.copyOf(parser.problems));
    }

    /** Address of the node to ask; empty means the configured one. */
    public String target() {
        return target;
    }

    public Window window() {
        return window;
    }

    /** The dimension that is ranked. */
    public Dimension by() {
        return by;
    }

    /** Rows at most. */
    public int n() {
        return n;
    }

    /** Whether the answer is JSON (FR-6.5). */
    public boolean raw() {
        return raw;
    }

    /** 0 for never. */
    public int refreshSeconds() {
        return refreshSeconds;
    }

    /** The conditions: first those that have a parameter of their own, in the order of the parameters. */
    public List<Term> terms() {
        return conditions.all();
    }

    public Filter filter() {
        return new Filter(terms());
    }

    public PageDefaults defaults() {
        return defaults;
    }

    public PageQuery withTarget(String address) {
        return new PageQuery(defaults, address, window, by, n, raw, refreshSeconds, conditions);
    }

    public PageQuery withWindow(Window other) {
        return new PageQuery(defaults, target, other, by, n, raw, refreshSeconds, conditions);
    }

    public PageQuery withBy(Dimension other) {
        return new PageQuery(defaults, target, window, other, n, raw, refreshSeconds, conditions);
    }

    public PageQuery withN(int rows) {
        return new PageQuery(defaults, target, window, by, rows, raw, refreshSeconds, conditions);
    }

    public PageQuery withRaw(boolean json) {
        return new PageQuery(defaults, target, window, by, n, json, refreshSeconds, conditions);
    }

    public PageQuery withRefresh(int seconds) {
        return new PageQuery(defaults, target, window, by, n, raw, seconds, conditions);
    }

    /**
     * With one more condition; it takes the place of the one that the same parameter carried.
     *
     * @throws InvalidQueryException when it is too long
     */
    public PageQuery with(Term term) {
        return with(conditions.with(term, defaults));
    }

    /**
     * With these conditions in place of its own.
     *
     * @throws InvalidQueryException when one is too long
     */
    public PageQuery withTerms(Filter filter) {
        return with(Conditions.of(filter.terms(), defaults));
    }

    private PageQuery with(Conditions others) {
        return new PageQuery(defaults, target, window, by, n, raw, refreshSeconds, others);
    }

    /** Without one of its {@link #terms()}. */
    public PageQuery without(Term term) {
        return with(conditions.without(term, defaults));
    }

    public PageQuery withoutTerms() {
        return with(Conditions.NONE);
    }

    /** One step down (FR-6.3): only this value of the ranked dimension, ranked by the next dimension. */
    public PageQuery drillDown(Term value) {
        return with(value).withBy(nextBy());
    }

    /** The dimension behind the ranked one, in the order of the drill-down. */
    public Dimension nextBy() {
        List<Dimension> groups = defaults.groups();
        return groups.get((groups.indexOf(by) + 1) % groups.size());
    }

    /** The parameters that are not at their defaults, in the one order, decoded. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        PageQuery start = start(defaults);
        if (!target.isEmpty()) {
            parameters.put("target", target);
        }
        if (window != start.window) {
            parameters.put("w", window.text());
        }
        if (!by.equals(start.by)) {
            parameters.put("by", by.name());
        }
        if (n != start.n) {
            parameters.put("n", Integer.toString(n));
        }
        if (raw) {
            parameters.put("raw", "1");
        }
        if (refreshSeconds != start.refreshSeconds) {
            parameters.put("refresh", Integer.toString(refreshSeconds));
        }
        conditions.own().forEach((param, term) -> parameters.put(param.name(), param.value(term)));
        if (!conditions.others().isEmpty()) {
            parameters.put(FilterParam.REST, Expression.print(conditions.others()));
        }
        return parameters;
    }

    /** The URL, from its path on; pure ASCII, and safe in a header. */
    public String url() {
        StringBuilder query = new StringBuilder();
        parameters().forEach((name, value) -> QueryString.append(query, name, value));
        return query.length() == 0 ? "/" : "/?" + query;
    }

    @Override
    public String toString() {
        return url();
    }

    /** Reads one parameter after the other into a page. */
    private static final class Parser {
        private final Set<String> seen = new HashSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private PageQuery query;
        private @Nullable String expression;
        private @Nullable String rest;

        Parser(PageQuery start) {
            query = start;
        }

        void parameter(QueryString.Parameter parameter) {
            String name = parameter.name();
            String value = parameter.value();
            if (name.equals(FilterParam.REST)) {
                if (rest != null) {
                    problem(name, value, "given twice");
                }
                rest = value;
            } else if (FilterParam.looksLike(name)) {
                filter(name, value);
            } else if (name.equals("q")) {
                expression = value;
            } else if (!value.isEmpty()) {
                setting(name, value);
            }
        }

        private void filter(String name, String value) {
            Optional<FilterParam> param = query.defaults.param(name);
            if (param.isEmpty()) {
                problem(name, value, "no such filter");
                return;
            }
            try {
                Optional<Term> term = param.get().term(value);
                if (term.isPresent()) {
                    if (!seen.add(name)) {
                        problem(name, value, "given twice");
                        return;
                    }
                    query = query.with(term.get());
                }
            } catch (InvalidQueryException e) {
                problem(name, value, String.valueOf(e.getMessage()));
            }
        }

        /** The conditions without a parameter, once all others have theirs. */
        void rest() {
            if (rest == null) {
                return;
            }
            try {
                for (Term term : Expression.parse(rest, query.defaults.schema()).terms()) {
                    query = query.with(query.conditions.and(term, query.defaults));
                }
            } catch (ExpressionException e) {
                problem(FilterParam.REST, rest, e.line());
            } catch (InvalidQueryException e) {
                problem(FilterParam.REST, rest, String.valueOf(e.getMessage()));
            }
        }

        private void setting(String name, String value) {
            switch (name) {
                case "target" -> query = query.withTarget(value);
                case "w" ->
                    Window.of(value)
                            .ifPresentOrElse(
                                    window -> query = query.withWindow(window),
                                    () -> problem(name, value, "is none of " + query.defaults.windowNames()));
                case "by" ->
                    query.defaults
                            .group(value)
                            .ifPresentOrElse(
                                    by -> query = query.withBy(by),
                                    () -> problem(name, value, "is none of " + query.defaults.groupNames()));
                case "n" -> number(name, value, 1, query.defaults.nMax()).ifPresent(rows -> query = query.withN(rows));
                case "refresh" ->
                    number(name, value, 0, PageDefaults.REFRESH_SECONDS_MAX)
                            .ifPresent(seconds -> query = query.withRefresh(seconds));
                case "raw" -> query = query.withRaw(value.equals("1"));
                default -> {}
            }
        }

        /** Too much is as much as there can be (D29). */
        private Optional<Integer> number(String name, String value, int least, int most) {
            if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                int number = value.length() <= 9 ? Integer.parseInt(value) : most;
                if (number >= least) {
                    return Optional.of(Math.min(number, most));
                }
            }
            problem(name, value, "is not a number from " + least + " to " + most);
            return Optional.empty();
        }

        private void problem(String name, String value, String message) {
            problems.add(new Problem(name, value, message));
        }
    }
}
