package logtail.frontend.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.time.Window;

/**
 * What a URL leaves out, and what it may choose from.
 *
 * @param schema what conditions can be about
 * @param n rows
 * @param nMax most rows that can be asked for
 * @param refreshSeconds 0 for never
 * @param regexBytesMax longest regular expression
 * @param groups the dimensions that can be ranked, in the order of the drill-down (FR-6.3); the first is the default
 * @param params the filters, in the order of URLs
 */
public record PageDefaults(
        Schema schema,
        int n,
        int nMax,
        int refreshSeconds,
        int regexBytesMax,
        List<Dimension> groups,
        List<FilterParam> params) {
    /** Longest time between two refreshes; a day. */
    public static final int REFRESH_SECONDS_MAX = 86_400;

    /** For a schema: everything but flags is ranked (FR-5.3). */
    public static PageDefaults of(Schema schema, int n, int nMax, int refreshSeconds, int regexBytesMax) {
        List<Dimension> groups = schema.dimensions().stream()
                .filter(dimension -> dimension.kind() != ColumnKind.FLAG)
                .toList();
        return new PageDefaults(schema, n, nMax, refreshSeconds, regexBytesMax, groups, FilterParam.of(schema));
    }

    public Window window() {
        return Window.W5M;
    }

    Optional<Dimension> group(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }

    Optional<FilterParam> param(String name) {
        return params.stream().filter(param -> param.name().equals(name)).findFirst();
    }

    /**
     * The parameter that carries a condition, if one can.
     *
     * @throws InvalidQueryException when no node would take it
     */
    Optional<FilterParam> paramFor(Term term) {
        if (term.op().isRegex() && term.operand().getBytes(StandardCharsets.UTF_8).length > regexBytesMax) {
            throw new InvalidQueryException(
                    term.dimension().name() + ": the pattern is longer than " + regexBytesMax + " bytes");
        }
        return params.stream().filter(param -> param.carries(term)).findFirst();
    }

    String windowNames() {
        return Arrays.stream(Window.values()).map(Window::text).collect(Collectors.joining(" "));
    }

    String groupNames() {
        return groups.stream().map(Dimension::name).collect(Collectors.joining(" "));
    }
}
