package logtail.frontend.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Overview;
import logtail.core.query.Overview.Detail;
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
 * @param versus whether there is something to compare with
 * @param details whether rows have shares and pictures
 * @param sparkWidth of the pictures
 * @param rest what is not listed; null for nothing
 */
public record Ranking(
        String caption,
        String column,
        String next,
        boolean rates,
        boolean bounds,
        boolean versus,
        boolean details,
        int sparkWidth,
        List<Row> rows,
        @Nullable Rest rest) {

    /** Three more links per row would make a page of long values three times as long. */
    private static final int WAYS_CHARS = 256;

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
     * @param versus against the time before
     * @param classes its shares by class of status, in percent; none when not known
     * @param spark itself over time
     * @param ways beside the value: with it, without it, it alone
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
            String width,
            Versus versus,
            List<ClassShare.Cell> classes,
            Spark spark,
            List<Link> ways) {}

    /** What the rows leave out. */
    public record Rest(String count, String rate, String share) {}

    static Ranking of(PageQuery query, TopNAnswer answer, Optional<Span> span, @Nullable Overview overview) {
        List<Row> rows = new ArrayList<>(answer.rows().size());
        long listed = 0;
        for (TopNAnswer.Row row : answer.rows()) {
            rows.add(row(query, rows.size() + 1, row, answer.total(), span, overview));
            listed += row.count();
        }
        String name = name(query.by());
        return new Ranking(
                name + " by requests, last " + query.window().text(),
                name,
                name(query.nextBy()),
                span.isPresent(),
                rows.stream().anyMatch(row -> !row.atMost.isEmpty()),
                overview != null && overview.before().seconds() > 0,
                overview != null,
                overview == null ? 0 : Spark.width(overview.trend().size()),
                rows,
                rest(answer.total() - listed, answer.total(), span));
    }

    /** How a dimension is called on the page. */
    static String name(Dimension dimension) {
        return dimension.name().replace('_', ' ');
    }

    private static Row row(
            PageQuery query,
            int rank,
            TopNAnswer.Row row,
            long total,
            Optional<Span> span,
            @Nullable Overview overview) {
        Detail detail = overview == null || rank > overview.details().size()
                ? null
                : overview.details().get(rank - 1);
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
                Numbers.width(row.count(), total),
                overview == null || detail == null
                        ? Versus.UNKNOWN
                        : Versus.of(overview, detail.now().total(), detail.earlier()),
                detail == null ? List.of() : ClassShare.cells(detail.now()),
                overview == null || detail == null
                        ? Spark.NONE
                        : Spark.of(detail.points(), overview.window().bucketSeconds()),
                folded ? List.of() : ways(query, value));
    }

    /** What else can be done with a value (FR-6.3 is a click on the value itself). */
    private static List<Link> ways(PageQuery query, String value) {
        if (value.length() > WAYS_CHARS) {
            return List.of();
        }
        try {
            Term is = Term.of(query.by(), FilterOp.EQ, value);
            Term isNot = Term.of(query.by(), FilterOp.NE, value);
            List<Link> ways = new ArrayList<>();
            ways.add(new Link("+", query.with(is).url()));
            ways.add(new Link("−", query.withTerms(query.filter().and(isNot)).url()));
            if (!query.terms().isEmpty()) {
                ways.add(new Link("only", query.withoutTerms().drillDown(is).url()));
            }
            return ways;
        } catch (InvalidQueryException e) {
            return List.of();
        }
    }

    static String label(Dimension by, String value, boolean folded) {
        if (value.isEmpty()) {
            return "(empty)";
        }
        return by.kind() == ColumnKind.ASN && !folded ? "AS" + Shown.label(value) : Shown.label(value);
    }

    static String note(Dimension by, String value) {
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
}
