package logtail.core.traffic;

import java.nio.charset.StandardCharsets;
import java.util.List;
import logtail.core.line.Utf8;
import logtail.core.schema.KeyHash;

/** Request methods: the registered ones, and the first few others (nginx logs any token). Not threadsafe. */
final class Methods {
    /** The IANA registry of HTTP methods. */
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

    /** Longer methods are cut: nobody's tools use them. */
    private static final int BYTES_MAX = 64;

    private final Names names;
    private final byte[] text = new byte[BYTES_MAX * 3 + Long.BYTES];

    Methods(KeyHash hash, int others) {
        names = new Names(hash, REGISTERED.size() + others);
        for (String method : REGISTERED) {
            byte[] bytes = method.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, text, 0, bytes.length);
            names.idOf(text, 0, bytes.length);
        }
    }

    /** Number of the method at [from, from + length); it is made valid UTF-8. */
    int idOf(byte[] raw, int from, int length) {
        if (length == 3 && raw[from] == 'G' && raw[from + 1] == 'E' && raw[from + 2] == 'T') {
            return 1;
        }
        int bytes = Utf8.copy(raw, from, from + Math.min(length, BYTES_MAX), text, 0);
        return names.idOf(text, 0, bytes);
    }

    List<byte[]> copy() {
        return names.copy();
    }
}
