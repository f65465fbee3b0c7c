package logtail.runtime.config;

import java.nio.charset.StandardCharsets;
import logtail.core.schema.IpAddress;

/**
 * An address as written: {@code :port}, {@code host:port} or {@code [v6]:port}.
 *
 * @param host name or IP address without brackets; empty for every interface when listening, for this host when
 *     connecting
 * @param port 0 to 65535; 0 lets the system pick one when listening
 */
public record HostPort(String host, int port) {
    public static final int PORT_MAX = 65_535;

    private static final int HOST_CHARS_MAX = 253;

    /**
     * Reads an address; never looks a name up.
     *
     * @throws IllegalArgumentException with one line that says what is wrong with it
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw Invalid.isNot(text, "an address such as :9090, host:9090 or [::1]:9090 (the port is missing)");
        }
        return new HostPort(host(text, text.substring(0, colon)), port(text, text.substring(colon + 1)));
    }

    private static String host(String text, String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            String inner = host.substring(1, host.length() - 1);
            byte[] bytes = inner.getBytes(StandardCharsets.UTF_8);
            if (IpAddress.parse(bytes, 0, bytes.length, new byte[16]) == 0 || inner.indexOf(':') < 0) {
                throw Invalid.isNot(text, "an address: no IPv6 address between the brackets");
            }
            return inner;
        }
        if (host.indexOf(':') >= 0) {
            throw Invalid.isNot(text, "an address: an IPv6 address is written in brackets, [::1]:9090");
        }
        if (!host.matches("[A-Za-z0-9._-]*") || host.length() > HOST_CHARS_MAX) {
            throw Invalid.isNot(text, "an address such as :9090, host:9090 or [::1]:9090");
        }
        return host;
    }

    private static int port(String text, String port) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX) {
            throw Invalid.isNot(text, "an address: the port is a number from 0 to " + PORT_MAX);
        }
        return Integer.parseInt(port);
    }

    /** What to bind: the host, or the wildcard address. */
    public String bindHost() {
        return host.isEmpty() ? "0.0.0.0" : host;
    }

    /** What to connect to: the host, or this one. */
    public String connectHost() {
        return host.isEmpty() ? "localhost" : host;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
