package logtail.core.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Plain text to be looked for in texts. */
final class Needle {
    private final byte[] bytes;
    private final boolean atStart;
    private final boolean atEnd;

    Needle(RegexShape.Literal literal) {
        bytes = literal.text().getBytes(StandardCharsets.UTF_8);
        atStart = literal.atStart();
        atEnd = literal.atEnd();
    }

    boolean in(byte[] text) {
        int last = text.length - bytes.length;
        if (last < 0 || atStart && atEnd && last > 0) {
            return false;
        }
        return atStart ? isAt(text, 0) : atEnd ? isAt(text, last) : isAnywhere(text, last);
    }

    private boolean isAnywhere(byte[] text, int last) {
        if (bytes.length == 0) {
            return true;
        }
        byte first = bytes[0];
        for (int i = 0; i <= last; i++) {
            if (text[i] == first && isAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(byte[] text, int at) {
        return Arrays.equals(text, at, at + bytes.length, bytes, 0, bytes.length);
    }
}
