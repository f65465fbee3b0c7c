package logtail.core.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which nginx variables feed what is counted; in each row the best one first. */
public final class Variables {
    /** The request line: method, URI and protocol in one. */
    public static final String REQUEST = "request";

    /** What a variable can be counted as, under the names of dimensions and measures, {@code method} and {@code time}. */
    private static final Map<String, List<String>> FEEDS = new LinkedHashMap<>();

    static {
        FEEDS.put("website", List.of("host", "http_host", "server_name", "ssl_server_name"));
        FEEDS.put("prefix", List.of("remote_addr", "proxy_protocol_addr", "http_x_real_ip", "http_cf_connecting_ip"));
        FEEDS.put("uri", List.of("request_uri", REQUEST, "uri", "document_uri"));
        FEEDS.put("status", List.of("status"));
        FEEDS.put("is_tor", List.of("is_tor", "tor"));
        FEEDS.put("asn", List.of("asn", "geoip2_asn", "geoip_asn", "remote_asn", "client_asn"));
        FEEDS.put("source_tag", List.of("ipng_source_tag", "source_tag"));
        FEEDS.put("method", List.of("request_method", REQUEST));
        FEEDS.put("bytes_sent", List.of("bytes_sent", "body_bytes_sent"));
        FEEDS.put("request_length", List.of("request_length"));
        FEEDS.put("request_time", List.of("request_time"));
        FEEDS.put("upstream_response_time", List.of("upstream_response_time"));
        FEEDS.put("upstream_status", List.of("upstream_status"));
        FEEDS.put("time", List.of("msec", "time_iso8601", "time_local"));
    }

    private Variables() {}

    /** What is counted, by name, and the variable of the format that feeds it; what nothing feeds is left out. */
    public static Map<String, String> fed(LogFormat format) {
        List<String> variables = format.variables();
        Map<String, String> fed = new LinkedHashMap<>();
        FEEDS.forEach((what, best) ->
                best.stream().filter(variables::contains).findFirst().ifPresent(v -> fed.put(what, v)));
        return fed;
    }

    /** The variable of the format that feeds something; empty when it has none. */
    public static Optional<String> of(LogFormat format, String what) {
        return Optional.ofNullable(fed(format).get(what));
    }

    /** What a variable is counted as in that format, by name; empty when its value is skipped. */
    public static List<String> countedAs(LogFormat format, String variable) {
        List<String> names = new ArrayList<>();
        fed(format).forEach((what, by) -> {
            if (by.equals(variable)) {
                names.add(what);
            }
        });
        return names;
    }

    /** Every variable that can be counted. */
    public static List<String> known() {
        return FEEDS.values().stream().flatMap(List::stream).distinct().toList();
    }
}
