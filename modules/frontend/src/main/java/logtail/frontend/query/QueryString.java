package logtail.frontend.query;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The part of a URL behind the question mark. */
final class QueryString {
    /** Left as they are, so that prefixes and paths stay readable; the rest is percent-encoded. */
    private static final String READABLE = "-._~/:,*";

    private static final String HEX = "0123456789ABCDEF";

    /** One parameter, decoded. */
    record Parameter(String name, String value) {}

    private QueryString() {}

    /** The parameters in their order. What is no valid escape stands for itself; bad UTF-8 becomes U+FFFD. */
    static List<Parameter> decode(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters.add(new Parameter(text(name), text(value)));
            }
        }
        return parameters;
    }

    private static String text(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int value = raw[i] == '%' && i + 2 < raw.length ? hex(raw[i + 1]) << 4 | hex(raw[i + 2]) : -1;
            if (value >= 0) {
                bytes.write(value);
                i += 2;
            } else {
                bytes.write(raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    /** Adds {@code name=value}; the name needs no encoding. */
    static void append(StringBuilder query, String name, String value) {
        query.append(query.length() == 0 ? "" : "&").append(name).append('=');
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (isLetterOrDigit(b) || READABLE.indexOf(b) >= 0) {
                query.append((char) b);
            } else {
                query.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }
}
