package logtail.frontend.page;

import logtail.core.text.Visible;

/** Text that strangers wrote, made fit to be looked at (D6). Escaping for HTML is the template's. */
final class Shown {
    /** Longer labels lose their middle; links and JSON keep it. */
    static final int LABEL_CHARS = 96;

    private static final int SENTENCE_CHARS = 400;

    private Shown() {}

    /**
     * What cannot be seen, or turns the direction of what follows, is shown as the bytes it is made of,
     * {@code \xHH}, the way nginx writes them.
     */
    static String of(String text) {
        return Visible.text(text);
    }

    /** The same; a text of more than {@value #LABEL_CHARS} characters loses its middle. */
    static String label(String text) {
        return shortened(text, LABEL_CHARS);
    }

    /** The same for what a node says about a failure. */
    static String sentence(String text) {
        return shortened(text, SENTENCE_CHARS);
    }

    /** Cuts first: what is shown as bytes gets longer, and must not be cut in between. */
    private static String shortened(String text, int most) {
        int characters = text.codePointCount(0, text.length());
        if (characters <= most) {
            return of(text);
        }
        int headEnd = text.offsetByCodePoints(0, most - most / 3);
        int tailStart = text.offsetByCodePoints(text.length(), -(most / 3));
        return of(text.substring(0, headEnd)) + "…" + of(text.substring(tailStart));
    }
}
