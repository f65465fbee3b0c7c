package logtail.frontend.page;

import logtail.core.query.Overview;
import logtail.core.query.Overview.Stretch;

/**
 * A number against the one before, in a sign and a word, so that colour is never needed.
 *
 * @param sign {@code ▲}, {@code ▼} or {@code ▬}; empty when there is nothing to compare with
 * @param text {@code +12 %}, {@code ×38}, {@code new}, {@code gone}; empty for about the same
 * @param kind how it looks: {@code up}, {@code down} or empty
 */
public record Versus(String sign, String text, String kind) {
    static final Versus UNKNOWN = new Versus("", "", "");

    private static final Versus SAME = new Versus("▬", "", "");

    /** Up to this part of a rate it is the same. */
    private static final double SAME_PART = 0.05;

    /** Numbers of requests differ by chance: up to so many standard deviations nothing is said. */
    private static final double CHANCE = 3;

    /** Points of a share up to which it is the same. */
    private static final double SAME_POINTS = 0.5;

    /** From here on a factor says more than a percentage. */
    private static final double FACTOR = 2;

    /** What fell below this part of what it was is told by a factor too. */
    private static final double FEW = 10;

    /** Requests of the window against those of the time before, by their rates. */
    static Versus of(Overview overview, long now, long earlier) {
        return of(now, overview.window(), earlier, overview.before());
    }

    static Versus of(long now, Stretch window, long earlier, Stretch before) {
        if (before.seconds() <= 0 || window.seconds() <= 0) {
            return UNKNOWN;
        }
        double expected = (double) Math.max(0, earlier) / before.seconds() * window.seconds();
        double spread = Math.sqrt(now + expected * window.seconds() / before.seconds());
        if (Math.abs(now - expected) <= CHANCE * spread) {
            return SAME;
        }
        if (expected == 0) {
            return new Versus("▲", "new", "up");
        }
        if (now <= 0) {
            return new Versus("▼", "gone", "down");
        }
        double ratio = now / expected;
        if (Math.abs(ratio - 1) < SAME_PART) {
            return SAME;
        }
        if (ratio >= FACTOR) {
            return new Versus("▲", "×" + factor(ratio), "up");
        }
        if (ratio <= 1 / FEW) {
            return new Versus("▼", "÷" + factor(1 / ratio), "down");
        }
        String percent = Math.round(100 * Math.abs(ratio - 1)) + "" + Numbers.SPACE + "%";
        return ratio > 1 ? new Versus("▲", "+" + percent, "up") : new Versus("▼", "−" + percent, "down");
    }

    /** A share of all requests against the share before, in percentage points. */
    static Versus share(long now, long nowTotal, long earlier, long earlierTotal) {
        if (nowTotal <= 0 || earlierTotal <= 0) {
            return UNKNOWN;
        }
        double points = 100.0 * now / nowTotal - 100.0 * earlier / earlierTotal;
        if (Math.abs(points) < SAME_POINTS) {
            return SAME;
        }
        String text = Math.max(1, Math.round(Math.abs(points))) + "" + Numbers.SPACE + "pt";
        return points > 0 ? new Versus("▲", "+" + text, "up") : new Versus("▼", "−" + text, "down");
    }

    private static String factor(double ratio) {
        return ratio < 10 ? Numbers.rate(ratio) : Numbers.count(Math.round(ratio));
    }

    /** Both, never broken over two lines. */
    public String shown() {
        return text.isEmpty() ? sign : sign + Numbers.SPACE + text;
    }
}
