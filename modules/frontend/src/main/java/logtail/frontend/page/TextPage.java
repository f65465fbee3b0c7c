package logtail.frontend.page;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import logtail.frontend.query.PageQuery;
import org.jspecify.annotations.Nullable;

/** The page as text of 80 columns, for {@code curl} and for mail (B.7); nothing in it can steer a terminal. */
public final class TextPage {
    private static final int COLUMNS = 80;

    /** What is left for labels beside the numbers. */
    private static final int LABEL_COLUMNS = 29;

    private final StringBuilder text = new StringBuilder(4_096);

    private TextPage() {}

    /** The same as the HTML page, without its links. */
    public static Buffer of(PageQuery query, Page page) {
        TextPage made = new TextPage();
        made.head(query, page);
        Results results = page.results();
        for (String problem : page.problems()) {
            made.line("This address makes no sense: " + problem);
        }
        if (results != null) {
            made.results(results);
        }
        if (!page.command().isEmpty()) {
            made.line("");
            made.line("$ " + page.command());
        }
        return Buffer.buffer(made.text.toString());
    }

    private void head(PageQuery query, Page page) {
        StringBuilder head = new StringBuilder("logtail  ").append(page.nodes().name());
        if (!page.nodes().freshness().isEmpty()) {
            head.append(" (").append(page.nodes().freshness()).append(')');
        }
        line(head + "  last " + query.window().text() + ", by " + Ranking.name(query.by()));
        for (Choice node : page.nodes().choices()) {
            if (!node.kind().isEmpty()) {
                line("! " + node.text() + " is " + node.note());
            }
        }
        page.controls().crumbs().forEach(crumb -> line("filter  " + crumb.text()));
        String error = page.controls().form().error();
        if (!error.isEmpty()) {
            line("");
            line("filter: " + error);
            line(page.controls().form().context());
            line(page.controls().form().caret());
        }
    }

    private void results(Results results) {
        Notice notice = results.notice();
        Summary summary = results.summary();
        if (summary != null) {
            summary(summary, results.chart());
        }
        if (!results.changes().isEmpty()) {
            changes(results.changes());
        }
        if (notice != null) {
            line("");
            line(notice.title());
            if (!notice.text().isEmpty()) {
                sentence(notice.text());
            }
        }
        Ranking ranking = results.ranking();
        if (ranking != null) {
            rows(ranking);
        }
        if (!results.missing().isEmpty()) {
            sentence("missing: " + results.missing());
        }
    }

    private void summary(Summary summary, @Nullable Chart chart) {
        line("");
        String rate = summary.rate().isEmpty()
                ? ""
                : ", " + summary.rate() + "/s " + summary.versus().shown();
        line(summary.total() + " requests" + rate);
        if (!summary.classes().isEmpty()) {
            StringBuilder classes = new StringBuilder();
            for (ClassShare share : summary.classes()) {
                classes.append(share.name()).append(' ').append(share.share()).append(' ');
                classes.append(share.versus().shown()).append("   ");
            }
            line(classes.toString().stripTrailing());
        }
        if (!summary.span().isEmpty()) {
            line(summary.span());
        }
        sentence(summary.trust());
        summary.notes().forEach(this::sentence);
        if (chart != null) {
            line("");
            line(chart.blocks());
            line(chart.from() + " to " + chart.to() + ", peak " + chart.peak() + ", last " + chart.last());
        }
    }

    private void changes(List<Mover> changes) {
        line("");
        line("What changed");
        for (Mover mover : changes) {
            line("  " + padded(mover.versus().shown(), 9) + padded(mover.dimension(), 11) + padded(mover.label(), 40)
                    + " " + mover.difference());
        }
    }

    private void rows(Ranking ranking) {
        line("");
        line(ranking.caption());
        line(padded("   #  " + ranking.column(), LABEL_COLUMNS)
                + columns("requests", "/s", "share", ranking.versus() ? "change" : "")
                + (ranking.details() ? " 2xx 3xx 4xx 5xx" : ""));
        for (Ranking.Row row : ranking.rows()) {
            StringBuilder line = new StringBuilder();
            line.append(" ".repeat(Math.max(0, 4 - row.rank().length())))
                    .append(row.rank())
                    .append("  ");
            line.append(padded(row.label(), LABEL_COLUMNS - 6));
            line.append(
                    columns(row.count(), row.rate(), row.share(), row.versus().shown()));
            row.classes().forEach(cell -> line.append(right(cell.text().isEmpty() ? "0" : cell.text(), 4)));
            line(line.toString() + (row.atMost().isEmpty() ? "" : " <=" + row.atMost()));
        }
        Ranking.Rest rest = ranking.rest();
        if (rest != null) {
            line(padded("      not listed", LABEL_COLUMNS) + columns(rest.count(), rest.rate(), rest.share(), ""));
        }
    }

    private static String columns(String count, String rate, String share, String versus) {
        return right(count, 11) + right(rate, 7) + right(share, 8) + right(versus, 9);
    }

    private static String right(String text, int width) {
        int length = text.codePointCount(0, text.length());
        return length >= width ? " " + text : " ".repeat(width - length) + text;
    }

    /** A longer one loses its middle. */
    private static String padded(String text, int width) {
        int length = text.codePointCount(0, text.length());
        if (length < width) {
            return text + " ".repeat(width - length);
        }
        int tail = width / 3;
        int head = width - tail - 2;
        return text.substring(0, text.offsetByCodePoints(0, head)) + "…"
                + text.substring(text.offsetByCodePoints(text.length(), -tail)) + " ";
    }

    /** Over as many lines as it takes. */
    private void sentence(String sentence) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > COLUMNS) {
                line(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        line(line.toString());
    }

    private void line(String line) {
        text.append(line.replace(Numbers.SPACE, ' ').stripTrailing()).append('\n');
    }
}
