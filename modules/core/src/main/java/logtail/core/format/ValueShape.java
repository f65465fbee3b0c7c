package logtail.core.format;

import java.util.Set;

/** What is known of the values of an nginx variable, so that their end is found where the format is ambiguous. */
public enum ValueShape {
    /** No blank and no quote in it. */
    WORD,
    /** A word that begins with a slash, but for requests that are odd. */
    PATH,
    /** Entries of upstream attempts: {@code a, b : c} (D5). */
    LIST,
    /** {@code 20/Nov/2026:08:59:41 +0000}: a blank at a known place. */
    LOCAL_TIME,
    /** Anything. */
    TEXT;

    /** Length of {@link #LOCAL_TIME}. */
    public static final int LOCAL_TIME_BYTES = 26;

    private static final Set<String> WORDS = Set.of(
            "remote_addr",
            "realip_remote_addr",
            "proxy_protocol_addr",
            "remote_port",
            "server_addr",
            "server_port",
            "server_name",
            "host",
            "hostname",
            "request_method",
            "server_protocol",
            "scheme",
            "https",
            "status",
            "bytes_sent",
            "body_bytes_sent",
            "bytes_received",
            "request_length",
            "request_time",
            "session_time",
            "msec",
            "time_iso8601",
            "connection",
            "connection_requests",
            "connection_time",
            "connections_active",
            "pid",
            "pipe",
            "protocol",
            "gzip_ratio",
            "request_id",
            "content_length",
            "limit_rate",
            "tcpinfo_rtt",
            "ssl_protocol",
            "ssl_cipher",
            "ssl_session_reused",
            "ssl_server_name",
            "is_tor",
            "tor",
            "asn",
            "ipng_source_tag",
            "source_tag");
    private static final Set<String> PATHS = Set.of("request_uri", "uri", "document_uri");

    /** The shape of a variable's values. */
    public static ValueShape of(String variable) {
        if (WORDS.contains(variable)) {
            return WORD;
        }
        if (PATHS.contains(variable)) {
            return PATH;
        }
        if (variable.equals("time_local")) {
            return LOCAL_TIME;
        }
        boolean text = variable.startsWith("upstream_http_")
                || variable.startsWith("upstream_trailer_")
                || variable.startsWith("upstream_cookie_");
        boolean list = variable.startsWith("upstream_") && !text
                || variable.equals("http_x_forwarded_for")
                || variable.equals("proxy_add_x_forwarded_for");
        return list ? LIST : TEXT;
    }

    boolean isPath() {
        return this == PATH;
    }
}
