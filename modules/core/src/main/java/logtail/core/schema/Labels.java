package logtail.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of dimensions as text, the same everywhere: answers, snapshots, pages.
 *
 * <p>A folded value reads {@code (other)}. A client may really send that text; it reads {@code \(other)}, and one that
 * already has backslashes in front gets one more (D11).
 */
public final class Labels {
    public static final String OTHER = "(other)";

    private static final byte[] OTHER_BYTES = OTHER.getBytes(StandardCharsets.UTF_8);

    private Labels() {}

    /** Label of a dictionary value: UTF-8 text, or an encoded {@link Prefix}. */
    public static String ofBytes(ColumnKind kind, byte[] value) {
        if (kind == ColumnKind.PREFIX) {
            return Prefix.text(value);
        }
        String text = new String(value, StandardCharsets.UTF_8);
        return looksFolded(value, 0, value.length) ? "\\" + text : text;
    }

    /** Label of a number; an ASN is unsigned. */
    public static String ofNumber(int value) {
        return Integer.toUnsignedString(value);
    }

    /**
     * The dictionary value that a label names.
     *
     * @return null when the label is no prefix, or is {@code (other)}
     */
    public static byte @Nullable [] toBytes(ColumnKind kind, String label) {
        if (kind == ColumnKind.PREFIX) {
            return Prefix.parse(label);
        }
        if (label.equals(OTHER)) {
            return null;
        }
        byte[] value = label.getBytes(StandardCharsets.UTF_8);
        return looksFolded(value, 0, value.length) ? label.substring(1).getBytes(StandardCharsets.UTF_8) : value;
    }

    /** Whether the label of a text has one more backslash in front: the text is {@code (other)}, escaped or not. */
    public static boolean looksFolded(byte[] value, int from, int length) {
        int slashes = length - OTHER_BYTES.length;
        if (slashes < 0 || value[from] != '(' && value[from] != '\\') {
            return false;
        }
        for (int i = 0; i < slashes; i++) {
            if (value[from + i] != '\\') {
                return false;
            }
        }
        return Arrays.equals(value, from + slashes, from + length, OTHER_BYTES, 0, OTHER_BYTES.length);
    }
}
