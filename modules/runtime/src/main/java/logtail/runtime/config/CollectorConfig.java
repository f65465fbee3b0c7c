package logtail.runtime.config;

import static logtail.runtime.config.Section.COLLECTOR;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import logtail.core.format.LogFormat;
import logtail.core.line.DecoderOptions;
import logtail.core.store.LiveTable.Overflow;

/**
 * Everything a collector is started with.
 *
 * @param listen gRPC
 * @param promListen Prometheus metrics; empty for none
 * @param source name in answers and snapshots
 * @param files what to follow, with the entries of {@code logsFile} behind those of {@code logs}
 * @param decoder how lines of files are read; for datagrams with a syslog header allowed
 * @param clients files that say something of clients
 * @param rings the history kept
 * @param liveInterval shortest time between partial snapshots; zero for none
 * @param promSeries label sets of the request counter
 * @param limits what its gRPC service answers at most
 */
public record CollectorConfig(
        HostPort listen,
        Optional<HostPort> promListen,
        String source,
        Files files,
        Udp udp,
        DecoderOptions decoder,
        Clients clients,
        Channel channel,
        Store store,
        Rings rings,
        Duration liveInterval,
        int promSeries,
        QueryLimits limits) {
    /**
     * The files to follow.
     *
     * @param logs globs, each with the format of its lines
     * @param scanInterval between two looks for new files
     */
    public record Files(List<FollowedLog> logs, Duration scanInterval, Tail tail) {}

    /**
     * How files are followed (D26).
     *
     * @param poll between two reads of a quiet file
     * @param linger quiet time after which a renamed or deleted file is closed
     * @param state directory for positions; empty keeps none
     */
    public record Tail(Duration poll, Duration linger, Optional<Path> state) {}

    /**
     * Log lines in datagrams.
     *
     * @param port 0 is off
     * @param bind host name or address
     * @param format of the lines
     */
    public record Udp(int port, String bind, LogFormat format) {
        public boolean isOn() {
            return port != 0;
        }
    }

    /**
     * What is known of clients where the format does not tell; empty for nothing.
     *
     * @param asnDb their autonomous systems
     * @param torList exits of the Tor network
     */
    public record Clients(Optional<Path> asnDb, Optional<Path> torList) {}

    /**
     * What may be on its way from the inputs to the store (D24).
     *
     * @param records requests
     * @param bytes of their lines
     */
    public record Channel(int records, int bytes) {}

    /**
     * Bounds of the bucket now filling (D9).
     *
     * @param keys rows, folded ones included
     * @param keyBytes text of the rows
     * @param overflow what happens to a request without a row
     */
    public record Store(int keys, int keyBytes, Overflow overflow) {}

    /** The same for other files. */
    public CollectorConfig withLogs(List<FollowedLog> logs) {
        return new CollectorConfig(
                listen,
                promListen,
                source,
                new Files(logs, files.scanInterval(), files.tail()),
                udp,
                decoder,
                clients,
                channel,
                store,
                rings,
                liveInterval,
                promSeries,
                limits);
    }

    /** Reads the files that {@code logsFile} and {@code nginxConf} name. */
    static CollectorConfig of(Settings settings) {
        Setting<Optional<Path>> nginxConf = settings.setting(COLLECTOR, ConfigKeys.NGINX_CONF);
        LogFormats formats = new LogFormats(nginxConf.value(), nginxConf.place());
        return new CollectorConfig(
                settings.get(COLLECTOR, ConfigKeys.LISTEN),
                settings.get(COLLECTOR, ConfigKeys.PROM_LISTEN),
                settings.get(COLLECTOR, ConfigKeys.SOURCE),
                files(settings, formats),
                new Udp(
                        settings.get(COLLECTOR, ConfigKeys.LOGTAIL_PORT),
                        settings.get(COLLECTOR, ConfigKeys.LOGTAIL_BIND),
                        formats.of(
                                settings.setting(COLLECTOR, ConfigKeys.LOG_FORMAT)
                                        .place(),
                                settings.get(COLLECTOR, ConfigKeys.LOG_FORMAT))),
                new DecoderOptions(
                        settings.get(COLLECTOR, ConfigKeys.V4PREFIX),
                        settings.get(COLLECTOR, ConfigKeys.V6PREFIX),
                        settings.get(COLLECTOR, ConfigKeys.LIMITS_LINE_BYTES),
                        settings.get(COLLECTOR, ConfigKeys.LIMITS_FIELD_BYTES),
                        false),
                new Clients(settings.get(COLLECTOR, ConfigKeys.ASN_DB), settings.get(COLLECTOR, ConfigKeys.TOR_LIST)),
                new Channel(
                        settings.get(COLLECTOR, ConfigKeys.CHANNEL_RECORDS),
                        settings.get(COLLECTOR, ConfigKeys.CHANNEL_BYTES)),
                new Store(
                        settings.get(COLLECTOR, ConfigKeys.STORE_KEYS),
                        settings.get(COLLECTOR, ConfigKeys.STORE_KEY_BYTES),
                        settings.get(COLLECTOR, ConfigKeys.STORE_OVERFLOW)),
                Rings.of(settings, COLLECTOR),
                settings.get(COLLECTOR, ConfigKeys.LIVE_INTERVAL),
                settings.get(COLLECTOR, ConfigKeys.PROM_SERIES),
                QueryLimits.of(settings, COLLECTOR));
    }

    private static Files files(Settings settings, LogFormats formats) {
        return new Files(
                LogsFile.inputs(settings, formats),
                settings.get(COLLECTOR, ConfigKeys.SCAN_INTERVAL),
                new Tail(
                        settings.get(COLLECTOR, ConfigKeys.TAIL_POLL),
                        settings.get(COLLECTOR, ConfigKeys.TAIL_LINGER),
                        settings.get(COLLECTOR, ConfigKeys.TAIL_STATE)));
    }
}
