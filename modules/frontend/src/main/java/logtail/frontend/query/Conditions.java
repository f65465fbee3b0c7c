package logtail.frontend.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;

/**
 * The conditions of a page. Immutable.
 *
 * @param own those that have a parameter of their own, in the order of the parameters
 * @param others the rest, which share one parameter, in the order they were given
 */
record Conditions(Map<FilterParam, Term> own, List<Term> others) {
    static final Conditions NONE = new Conditions(Map.of(), List.of());

    List<Term> all() {
        return Stream.concat(own.values().stream(), others.stream()).toList();
    }

    /**
     * With one more condition, beside those there are.
     *
     * @throws InvalidQueryException when it is too long
     */
    Conditions and(Term term, PageDefaults defaults) {
        if (all().contains(term)) {
            return this;
        }
        Optional<FilterParam> param = defaults.paramFor(term);
        return param.isPresent() && !own.containsKey(param.get())
                ? with(param.get(), term, defaults)
                : new Conditions(
                        own, Stream.concat(others.stream(), Stream.of(term)).toList());
    }

    /**
     * With a condition in the place of the one that the same parameter carries.
     *
     * @throws InvalidQueryException when it is too long
     */
    Conditions with(Term term, PageDefaults defaults) {
        Optional<FilterParam> param = defaults.paramFor(term);
        return param.isPresent() ? with(param.get(), term, defaults) : and(term, defaults);
    }

    private Conditions with(FilterParam param, Term term, PageDefaults defaults) {
        Map<FilterParam, Term> more = new LinkedHashMap<>();
        for (FilterParam each : defaults.params()) {
            Term kept = each.equals(param) ? term : own.get(each);
            if (kept != null) {
                more.put(each, kept);
            }
        }
        return new Conditions(more, others);
    }

    /** Without one; what had no parameter because that one had it may get it now. */
    Conditions without(Term term, PageDefaults defaults) {
        List<Term> left = new ArrayList<>(all());
        left.remove(term);
        return of(left, defaults);
    }

    /**
     * @throws InvalidQueryException when one is too long
     */
    static Conditions of(List<Term> terms, PageDefaults defaults) {
        Conditions conditions = NONE;
        for (Term term : terms) {
            conditions = conditions.and(term, defaults);
        }
        return conditions;
    }
}
