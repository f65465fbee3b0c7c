package logtail.frontend.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.frontend.query.PageQuery;
import org.jspecify.annotations.Nullable;

/**
 * The rows.
 *
 * @param caption what is ranked
 * @param column what the labels are
 * @param next what a click on a row ranks next
 * @param rates whether rates are known
 * @param bounds whether some row has one
 * @param rest what is not listed; null for nothing
 */
public record Ranking(
        String caption,
        String column,
        String next,
        boolean rates,
        boolean bounds,
        List<Row> rows,
        @Nullable Rest rest) {

    /**
     * @param label shown in place of the value
     * @param note what it means; may be empty
     * @param href one step down; empty when there is none
     * @param kind how it looks; a class name, or empty
     * @param count requests that surely belong to it
     * @param atMost the most it can be; empty when that is the count
     * @param rate per second; empty when not known
     * @param share of the total
     * @param width of its bar, 0 to 100
     */
    public record Row(
            String rank,
            String label,
            String note,
            String href,
            String kind,
            String count,
            String atMost,
            String rate,
            String share,
            String width) {}

    /** What the rows leave out. */
    public record Rest(String count, String rate, String share) {}

    static Ranking of(PageQuery query, TopNAnswer answer, Optional<Span> span) {
        List<Row> rows = new ArrayList<>(answer.rows().size());
        long listed = 0;
        for (TopNAnswer.Row row : answer.rows()) {
            rows.add(row(query, rows.size() + 1, row, answer.total(), span));
            listed += row.count();
        }
        String name = name(query.by());
        return new Ranking(
                name + " by requests, last " + query.window().text(),
                name,
                name(query.nextBy()),
                span.isPresent(),
                rows.stream().anyMatch(row -> !row.atMost.isEmpty()),
                rows,
                rest(answer.total() - listed, answer.total(), span));
    }

    /** How a dimension is called on the page. */
    static String name(Dimension dimension) {
        return dimension.name().replace('_', ' ');
    }

    private static Row row(PageQuery query, int rank, TopNAnswer.Row row, long total, Optional<Span> span) {
        String value = row.labels().get(0);
        boolean folded = row.folded() != 0;
        Dimension by = query.by();
        return new Row(
                Integer.toString(rank),
                label(by, value, folded),
                folded ? "values that no longer have a row of their own" : note(by, value),
                folded ? "" : href(query, value),
                folded || value.isEmpty() ? "odd" : by.kind() == ColumnKind.STATUS ? StatusNames.kind(value) : "",
                Numbers.count(row.count()),
                row.atMost() > row.count() ? Numbers.count(row.atMost()) : "",
                rate(row.count(), span),
                Numbers.percent(row.count(), total),
                width(row.count(), total));
    }

    private static String label(Dimension by, String value, boolean folded) {
        if (value.isEmpty()) {
            return "(empty)";
        }
        return by.kind() == ColumnKind.ASN && !folded ? "AS" + Shown.label(value) : Shown.label(value);
    }

    private static String note(Dimension by, String value) {
        return switch (by.kind()) {
            case STATUS -> StatusNames.of(value);
            case ASN -> value.equals("0") ? "not known" : "";
            default -> "";
        };
    }

    /** A label that a peer made up may be no value that can be asked for. */
    private static String href(PageQuery query, String value) {
        try {
            return query.drillDown(Term.of(query.by(), FilterOp.EQ, value)).url();
        } catch (InvalidQueryException e) {
            return "";
        }
    }

    private static @Nullable Rest rest(long count, long total, Optional<Span> span) {
        return count <= 0 ? null : new Rest(Numbers.count(count), rate(count, span), Numbers.percent(count, total));
    }

    private static String rate(long count, Optional<Span> span) {
        return span.map(s -> Numbers.rate((double) count / s.seconds())).orElse("");
    }

    private static String width(long count, long total) {
        return total <= 0 ? "0" : String.format(Locale.ROOT, "%.1f", Math.min(100.0, 100.0 * count / total));
    }
}
