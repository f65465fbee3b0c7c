package logtail.core.line;

/** Text between the quotes of a JSON string, as {@code escape=json} writes it. */
final class JsonText {
    private static final int REPLACEMENT = 0xfffd;

    private JsonText() {}

    /**
     * Resolves backslashes; what is no escape stays as it is.
     *
     * @param out with room for as many bytes as the text has
     * @return bytes written from the start of {@code out}
     */
    static int unescape(byte[] text, int from, int to, byte[] out) {
        int o = 0;
        int i = from;
        while (i < to) {
            byte b = text[i];
            if (b != '\\' || i + 1 == to) {
                out[o++] = b;
                i++;
                continue;
            }
            int plain = plain(text[i + 1]);
            if (plain >= 0) {
                out[o++] = (byte) plain;
                i += 2;
                continue;
            }
            int unit = text[i + 1] == 'u' ? unit(text, i + 2, to) : -1;
            if (unit < 0) {
                out[o++] = b;
                i++;
                continue;
            }
            i += 6;
            int low = isHigh(unit) && i + 1 < to && text[i] == '\\' && text[i + 1] == 'u' ? unit(text, i + 2, to) : -1;
            boolean pair = low >= 0xdc00 && low <= 0xdfff;
            i += pair ? 6 : 0;
            o = write(pair ? Character.toCodePoint((char) unit, (char) low) : unit, out, o);
        }
        return o;
    }

    private static int plain(byte c) {
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> -1;
        };
    }

    private static boolean isHigh(int unit) {
        return unit >= 0xd800 && unit <= 0xdbff;
    }

    /** Four hexadecimal digits, or -1. */
    private static int unit(byte[] text, int from, int to) {
        if (from + 4 > to) {
            return -1;
        }
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static int write(int codePoint, byte[] out, int at) {
        int c = codePoint >= 0xd800 && codePoint <= 0xdfff ? REPLACEMENT : codePoint;
        int o = at;
        if (c < 0x80) {
            out[o++] = (byte) c;
        } else if (c < 0x800) {
            out[o++] = (byte) (0xc0 | c >> 6);
            out[o++] = (byte) (0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            out[o++] = (byte) (0xe0 | c >> 12);
            out[o++] = (byte) (0x80 | c >> 6 & 0x3f);
            out[o++] = (byte) (0x80 | c & 0x3f);
        } else {
            out[o++] = (byte) (0xf0 | c >> 18);
            out[o++] = (byte) (0x80 | c >> 12 & 0x3f);
            out[o++] = (byte) (0x80 | c >> 6 & 0x3f);
            out[o++] = (byte) (0x80 | c & 0x3f);
        }
        return o;
    }
}
