package logtail.runtime.config;

import static logtail.runtime.config.Section.FRONTEND;

import java.time.Duration;
import java.util.Optional;

/**
 * Everything a frontend is started with.
 *
 * @param listen HTTP
 * @param promListen Prometheus metrics; empty for none
 * @param target what the pages ask; empty only in standalone and demo, for the collector of the same process
 * @param n rows of a page that does not say how many
 * @param refresh time after which a page loads itself again; zero for never
 */
public record FrontendConfig(
        HostPort listen,
        Optional<HostPort> promListen,
        Optional<HostPort> target,
        int n,
        Duration refresh,
        Limits limits) {
    /**
     * What a page may ask for (D28, D29).
     *
     * @param messageBytes longest answer received
     * @param n rows
     * @param regexBytes longest regular expression
     */
    public record Limits(int messageBytes, int n, int regexBytes) {}

    /** The same with a target: where the collector of the same process really listens. */
    public FrontendConfig withTarget(HostPort address) {
        return new FrontendConfig(listen, promListen, Optional.of(address), n, refresh, limits);
    }

    static FrontendConfig of(Settings settings) {
        return new FrontendConfig(
                settings.get(FRONTEND, ConfigKeys.LISTEN),
                settings.get(FRONTEND, ConfigKeys.PROM_LISTEN),
                settings.get(FRONTEND, ConfigKeys.TARGET),
                settings.get(FRONTEND, ConfigKeys.N),
                settings.get(FRONTEND, ConfigKeys.REFRESH),
                new Limits(
                        settings.get(FRONTEND, ConfigKeys.LIMITS_MESSAGE_BYTES),
                        settings.get(FRONTEND, ConfigKeys.LIMITS_N),
                        settings.get(FRONTEND, ConfigKeys.LIMITS_REGEX_BYTES)));
    }
}
