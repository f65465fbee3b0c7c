package logtail.frontend.page;

/**
 * One of several views.
 *
 * @param note said behind it; may be empty
 * @param kind how it looks; a class name, or empty
 * @param current whether it is the one that is shown
 */
public record Choice(String text, String href, String note, String kind, boolean current) {
    static Choice of(String text, String href, boolean current) {
        return new Choice(text, href, "", "", current);
    }
}
