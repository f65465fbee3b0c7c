package logtail.core.traffic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import logtail.core.line.Utf8;
import logtail.core.schema.KeyHash;

/** Request methods: the registered ones, and the first few others (nginx logs any token). Not threadsafe. */
final class Methods {
    /** The IANA registry of HTTP methods; the most frequent one first. */
    private static final List<String> REGISTERED = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "OPTIONS",
            "PATCH",
            "CONNECT",
            "TRACE",
            "QUERY",
            "ACL",
            "BASELINE-CONTROL",
            "BIND",
            "CHECKIN",
            "CHECKOUT",
            "COPY",
            "LABEL",
            "LINK",
            "LOCK",
            "MERGE",
            "MKACTIVITY",
            "MKCALENDAR",
            "MKCOL",
            "MKREDIRECTREF",
            "MKWORKSPACE",
            "MOVE",
            "ORDERPATCH",
            "PRI",
            "PROPFIND",
            "PROPPATCH",
            "REBIND",
            "REPORT",
            "SEARCH",
            "UNBIND",
            "UNCHECKOUT",
            "UNLINK",
            "UNLOCK",
            "UPDATE",
            "UPDATEREDIRECTREF",
            "VERSION-CONTROL");

    private static final int GET = 1;

    /** Longer ones are {@code (other)}. */
    private static final int BYTES_MAX = 64;

    private final Names names;
    private final byte[] text = new byte[BYTES_MAX * Utf8.GROWTH_MAX + Long.BYTES];

    Methods(KeyHash hash, int others) {
        names = new Names(hash, REGISTERED.size() + others, text.length);
        for (String method : REGISTERED) {
            byte[] bytes = method.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, text, 0, bytes.length);
            names.idOf(text, 0, bytes.length);
        }
    }

    /** Number of the method at [from, from + length), which is made valid UTF-8 for it (D6). */
    int idOf(byte[] raw, int from, int length) {
        if (length == 3 && raw[from] == 'G' && raw[from + 1] == 'E' && raw[from + 2] == 'T') {
            return GET;
        }
        if (length > BYTES_MAX) {
            return Names.OTHER;
        }
        return names.idOf(text, 0, Utf8.copy(raw, from, from + length, text, 0));
    }

    byte[][] copy() {
        return names.copy();
    }
}
