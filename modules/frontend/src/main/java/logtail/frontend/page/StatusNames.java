package logtail.frontend.page;

import java.util.Map;

/** What a status means: those of RFC 9110 that servers send, and nginx's own. */
final class StatusNames {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("0", "no valid status"),
            Map.entry("101", "Switching Protocols"),
            Map.entry("200", "OK"),
            Map.entry("201", "Created"),
            Map.entry("202", "Accepted"),
            Map.entry("204", "No Content"),
            Map.entry("206", "Partial Content"),
            Map.entry("301", "Moved Permanently"),
            Map.entry("302", "Found"),
            Map.entry("303", "See Other"),
            Map.entry("304", "Not Modified"),
            Map.entry("307", "Temporary Redirect"),
            Map.entry("308", "Permanent Redirect"),
            Map.entry("400", "Bad Request"),
            Map.entry("401", "Unauthorized"),
            Map.entry("403", "Forbidden"),
            Map.entry("404", "Not Found"),
            Map.entry("405", "Method Not Allowed"),
            Map.entry("408", "Request Timeout"),
            Map.entry("410", "Gone"),
            Map.entry("413", "Content Too Large"),
            Map.entry("414", "URI Too Long"),
            Map.entry("416", "Range Not Satisfiable"),
            Map.entry("421", "Misdirected Request"),
            Map.entry("422", "Unprocessable Content"),
            Map.entry("429", "Too Many Requests"),
            Map.entry("444", "nginx: closed without an answer"),
            Map.entry("494", "nginx: request header too large"),
            Map.entry("497", "nginx: HTTP sent to the HTTPS port"),
            Map.entry("499", "nginx: client closed the request"),
            Map.entry("500", "Internal Server Error"),
            Map.entry("501", "Not Implemented"),
            Map.entry("502", "Bad Gateway"),
            Map.entry("503", "Service Unavailable"),
            Map.entry("504", "Gateway Timeout"));

    private StatusNames() {}

    /** Empty for one without a name. */
    static String of(String status) {
        return NAMES.getOrDefault(status, "");
    }

    /** {@code s2} to {@code s5}; empty for the others (D3). */
    static String kind(String status) {
        char first = status.length() == 3 ? status.charAt(0) : '0';
        return first >= '2' && first <= '5' ? "s" + first : "";
    }
}
