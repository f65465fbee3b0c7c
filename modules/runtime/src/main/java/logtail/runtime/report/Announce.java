package logtail.runtime.report;

import java.util.Locale;
import java.util.logging.Logger;

/**
 * The lines on standard output that scripts and tests wait for: one for each bound address, then {@code ready} once
 * all are up. Without prefix, flushed at once.
 */
public final class Announce {
    /** What is served on a bound address. */
    public enum Kind {
        GRPC,
        HTTP,
        PROMETHEUS,
        UDP
    }

    private static final Logger LOG = Logger.getLogger("logtail.listen");

    private Announce() {}

    /**
     * Prints {@code listening KIND ADDR:PORT PROGRAM}; logs one warning when others than this host can read along (D34).
     *
     * @param host the bound address, IPv6 without brackets
     * @param port the bound port, never 0
     * @param program such as {@code collector}
     */
    public static void listening(Kind kind, String host, int port, String program) {
        String address = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String what = kind.name().toLowerCase(Locale.ROOT);
        print("listening " + what + " " + address + ":" + port + " " + program);
        if (kind != Kind.UDP && !isLoopback(host)) {
            LOG.warning(() -> program + ": " + what + " on " + address + ":" + port
                    + " is cleartext and open to whoever reaches it");
        }
    }

    /** By its text alone: a look-up is nothing to wait for here. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** Prints {@code ready}; once per process, by the main verticle, whatever launcher started it. */
    public static void ready() {
        print("ready");
    }

    @SuppressWarnings("SystemOut") // standard output is the interface here
    private static void print(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
