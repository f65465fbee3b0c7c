package logtail.core.query;

/** Text that somebody sent, inside an error message: one line, and not a long one. */
final class Quoted {
    private static final int CHARS_MAX = 80;

    private Quoted() {}

    /** In quotes. */
    static String of(String text) {
        return '"' + bare(text) + '"';
    }

    /** Control and format characters as their numbers; what is beyond 80 characters is left out. */
    static String bare(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(CHARS_MAX).forEach(c -> {
            if (printable(c)) {
                out.appendCodePoint(c);
            } else {
                out.append("\\x{").append(Integer.toHexString(c)).append('}');
            }
        });
        return text.codePointCount(0, text.length()) > CHARS_MAX ? out + "..." : out.toString();
    }

    private static boolean printable(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
