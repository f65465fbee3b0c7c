package logtail.core.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Formats that need no text: what nginx, its packages and its best-known relatives write. */
public final class KnownFormats {
    private static final String COMBINED_TEXT = "$remote_addr - $remote_user [$time_local] \"$request\" $status"
            + " $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    /** v1, for explanations; {@link LogFormat#LOGTAIL} is what reads it. */
    public static final LogFormat V1 = FormatText.format(
            "logtail v1",
            Escape.DEFAULT,
            "v1\t$host\t$remote_addr\t$request_method\t$request_uri\t$status\t$body_bytes_sent\t$request_time\t$is_tor"
                    + "\t$asn\t$ipng_source_tag\t$server_addr\t$scheme");

    /** v2, for explanations. */
    public static final LogFormat V2 = FormatText.format(
            "logtail v2",
            Escape.DEFAULT,
            "v2\t$host\t$remote_addr\t$request_method\t$request_uri\t$status\t$bytes_sent\t$request_length"
                    + "\t$request_time\t$upstream_response_time\t$upstream_status\t$is_tor\t$asn\t$ipng_source_tag"
                    + "\t$server_addr\t$scheme");

    public static final LogFormat COMBINED = FormatText.format("combined", Escape.DEFAULT, COMBINED_TEXT);

    private static final Map<String, LogFormat> BY_NAME = new LinkedHashMap<>();

    static {
        add(LogFormat.LOGTAIL);
        add(COMBINED);
        // nginx.org's packages and the Docker image call it main.
        add("main", COMBINED_TEXT + " \"$http_x_forwarded_for\"");
        // Apache's name for combined without the two headers, and for combined behind a host.
        add("common", "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent");
        add("vhost_combined", "$host " + COMBINED_TEXT);
        add("combined_time", COMBINED_TEXT + " $request_time");
        add("combined_upstream_time", COMBINED_TEXT + " $request_time $upstream_response_time");
        // The default of the ingress controller for Kubernetes.
        add(
                "upstreaminfo",
                COMBINED_TEXT + " $request_length $request_time [$proxy_upstream_name]"
                        + " [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length"
                        + " $upstream_response_time $upstream_status $req_id");
    }

    private KnownFormats() {}

    private static void add(String name, String text) {
        add(FormatText.format(name, Escape.DEFAULT, text));
    }

    private static void add(LogFormat format) {
        BY_NAME.put(format.name(), format);
    }

    /** The format of that name. */
    public static Optional<LogFormat> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All of them, the likeliest first. */
    public static List<LogFormat> all() {
        return List.copyOf(BY_NAME.values());
    }

    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }
}
