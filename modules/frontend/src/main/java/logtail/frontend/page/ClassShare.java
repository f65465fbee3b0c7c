package logtail.frontend.page;

import java.util.ArrayList;
import java.util.List;
import logtail.core.query.Overview;
import logtail.core.query.StatusCounts;
import logtail.core.traffic.StatusClass;

/**
 * The part of the requests with a status of one class.
 *
 * @param name {@code 4xx}
 * @param kind how it looks; a class name
 * @param share of all requests
 * @param left where it begins beside the others, 0 to 100
 * @param width the same as a number, 0 to 100
 * @param versus against the time before
 */
public record ClassShare(String name, String kind, String share, String left, String width, Versus versus) {
    private static final List<StatusClass> SHOWN =
            List.of(StatusClass.C2XX, StatusClass.C3XX, StatusClass.C4XX, StatusClass.C5XX);

    static List<ClassShare> of(Overview overview) {
        List<ClassShare> shares = new ArrayList<>();
        StatusCounts now = overview.now();
        StatusCounts earlier = overview.earlier();
        long before = 0;
        for (StatusClass each : SHOWN) {
            shares.add(new ClassShare(
                    each.label(),
                    "s" + each.label().charAt(0),
                    Numbers.percent(now.of(each), now.total()),
                    Numbers.width(before, now.total()),
                    Numbers.width(now.of(each), now.total()),
                    Versus.share(now.of(each), now.total(), earlier.of(each), earlier.total())));
            before += now.of(each);
        }
        return shares;
    }

    /** Of one row, in the same order: the number alone, {@code 62}; nothing for a class that it does not have. */
    static List<Cell> cells(StatusCounts counts) {
        List<Cell> cells = new ArrayList<>();
        for (StatusClass each : SHOWN) {
            long count = counts.of(each);
            double percent = counts.total() <= 0 ? 0 : 100.0 * count / counts.total();
            String text = count == 0 ? "" : percent < 0.5 ? "<1" : Long.toString(Math.round(percent));
            cells.add(new Cell(text, count == 0 ? "" : "s" + each.label().charAt(0)));
        }
        return cells;
    }

    /** One number of a row; the kind is empty when there is nothing to see. */
    public record Cell(String text, String kind) {}
}
