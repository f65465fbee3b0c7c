package logtail.core.line;

/** Copies text so that it is valid UTF-8 without NUL, whatever was sent (D6). */
public final class Utf8 {
    /** A replaced byte becomes so many. */
    public static final int GROWTH_MAX = 3;

    private Utf8() {}

    /**
     * Copies [from, to); NUL and every maximal ill-formed subpart (Unicode 3.9, as Java's decoder does it) become
     * U+FFFD.
     *
     * @param out with room for {@value #GROWTH_MAX} times the input
     * @return bytes written at {@code at}
     */
    public static int copy(byte[] in, int from, int to, byte[] out, int at) {
        int i = from;
        int o = at;
        while (i < to) {
            byte b = in[i];
            if (b > 0) {
                out[o++] = b;
                i++;
                continue;
            }
            int good = sequence(in, i, to);
            if (good > 0) {
                for (int k = 0; k < good; k++) {
                    out[o++] = in[i++];
                }
            } else {
                out[o] = (byte) 0xef;
                out[o + 1] = (byte) 0xbf;
                out[o + 2] = (byte) 0xbd;
                o += GROWTH_MAX;
                i -= good;
            }
        }
        return o - at;
    }

    /** Length of the well-formed sequence at {@code i}, or minus the length of the ill-formed subpart there. */
    private static int sequence(byte[] in, int i, int to) {
        int lead = in[i] & 0xff;
        int length;
        int low = 0x80;
        int high = 0xbf;
        if (lead >= 0xc2 && lead <= 0xdf) {
            length = 2;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            length = 3;
            low = lead == 0xe0 ? 0xa0 : low;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            length = 4;
            low = lead == 0xf0 ? 0x90 : low;
            high = lead == 0xf4 ? 0x8f : high;
        } else {
            return -1;
        }
        for (int k = 1; k < length; k++) {
            int c = i + k < to ? in[i + k] & 0xff : 0;
            if (c < low || c > high) {
                return -k;
            }
            low = 0x80;
            high = 0xbf;
        }
        // A surrogate; Unicode would replace each of its bytes, Java replaces it as a whole.
        return lead == 0xed && in[i + 1] >= (byte) 0xa0 ? -length : length;
    }

    /** The longest whole-character beginning of valid UTF-8 that has at most {@code max} bytes. */
    static int cut(byte[] text, int from, int length, int max) {
        if (length <= max) {
            return length;
        }
        int end = max;
        while (end > 0 && (text[from + end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }
}
