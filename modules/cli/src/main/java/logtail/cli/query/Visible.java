package logtail.cli.query;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Text from the outside on a terminal: what could move the cursor or reorder a line is shown as bytes (D6). */
final class Visible {
    private Visible() {}

    /** The text with control and format characters as {@code \xHH}, one for each of their UTF-8 bytes. */
    static String text(String text) {
        if (text.codePoints().noneMatch(Visible::isHidden)) {
            return text;
        }
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(visible, c));
        return visible.toString();
    }

    /** The fields of one label, with tabs between them. */
    static String fields(List<String> labels) {
        return labels.stream().map(Visible::text).collect(Collectors.joining("\t"));
    }

    private static void append(StringBuilder visible, int c) {
        if (!isHidden(c)) {
            visible.appendCodePoint(c);
            return;
        }
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            visible.append("\\x").append(Character.forDigit(b >> 4 & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
        }
    }

    private static boolean isHidden(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE:
                return true;
            default:
                return false;
        }
    }
}
