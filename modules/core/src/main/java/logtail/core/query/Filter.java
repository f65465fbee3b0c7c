package logtail.core.query;

import java.util.ArrayList;
import java.util.List;

/**
 * What requests have to be like to be counted: all of the terms hold (FR-5.2).
 *
 * @param terms in the order they were given; none lets every request through
 */
public record Filter(List<Term> terms) {
    public static final Filter ALL = new Filter(List.of());

    public Filter {
        terms = List.copyOf(terms);
    }

    /** This filter with one more condition. */
    public Filter and(Term term) {
        List<Term> more = new ArrayList<>(terms);
        more.add(term);
        return new Filter(more);
    }
}
