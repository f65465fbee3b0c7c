package logtail.runtime.config;

import static logtail.runtime.config.Section.COLLECTOR;
import static logtail.runtime.config.Section.FRONTEND;
import static logtail.runtime.config.ValueTypes.address;
import static logtail.runtime.config.ValueTypes.addressOrNone;
import static logtail.runtime.config.ValueTypes.bucketLength;
import static logtail.runtime.config.ValueTypes.choice;
import static logtail.runtime.config.ValueTypes.duration;
import static logtail.runtime.config.ValueTypes.durationOrOff;
import static logtail.runtime.config.ValueTypes.host;
import static logtail.runtime.config.ValueTypes.logFormat;
import static logtail.runtime.config.ValueTypes.path;
import static logtail.runtime.config.ValueTypes.size;
import static logtail.runtime.config.ValueTypes.target;
import static logtail.runtime.config.ValueTypes.text;
import static logtail.runtime.config.ValueTypes.whole;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logtail.core.store.LiveTable.Overflow;

/**
 * The table of keys. Flags, environment variables, files, {@code --help}, {@code dump} and the documentation are all
 * made from it, and every limit of the system is named here with what happens beyond it.
 */
public final class ConfigKeys {
    /** Stands in the table for the name of the host the program runs on. */
    public static final String HOST_NAME = "host name";

    /** Raw lines of one batch, the unit that travels from the inputs to the store. */
    static final int BATCH_BYTES = 1 << 20;

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ValueType<String> FORMAT = logFormat();

    public static final ConfigKey<HostPort> LISTEN = ConfigKey.of(
                    "listen",
                    address(),
                    "Address of the service itself, gRPC or the dashboard's HTTP; port 0 picks a free port.")
            .in(COLLECTOR, ":9090")
            .in(FRONTEND, ":8080");

    public static final ConfigKey<Optional<HostPort>> PROM_LISTEN = ConfigKey.of(
                    "promListen", addressOrNone(), "Address of the Prometheus metrics page; empty means there is none.")
            .in(COLLECTOR, ":9100")
            .in(FRONTEND, "");

    public static final ConfigKey<String> SOURCE = ConfigKey.of(
                    "source", text(255), "Name under which answers and snapshots say where they come from.")
            .in(COLLECTOR, HOST_NAME);

    public static final ConfigKey<List<LogInput>> LOGS = ConfigKey.of(
                    "logs",
                    new GlobsType(FORMAT),
                    "Log files to follow, as paths or globs; in JSON an entry may also be"
                            + " {\"glob\":..., \"format\":..., \"website\":...}.")
            .in(COLLECTOR, "");

    public static final ConfigKey<Optional<Path>> LOGS_FILE = ConfigKey.of(
                    "logsFile",
                    path("FILE"),
                    "File with one more path or glob per line; empty lines and lines that begin with # are skipped.")
            .in(COLLECTOR, "");

    public static final ConfigKey<String> LOG_FORMAT = ConfigKey.of(
                    "logFormat",
                    FORMAT,
                    "Format of the lines of files and datagrams: logtail (v1 and v2), combined, another known name, the"
                            + " text of a log_format, or a name in nginxConf.")
            .in(COLLECTOR, "logtail");

    public static final ConfigKey<Optional<Path>> NGINX_CONF = ConfigKey.of(
                    "nginxConf",
                    path("FILE"),
                    "Main file of an nginx configuration, in which names of formats are looked up; its includes are"
                            + " followed.")
            .in(COLLECTOR, "");

    public static final ConfigKey<Optional<Path>> ASN_DB = ConfigKey.of(
                    "asnDb",
                    path("FILE"),
                    "Database in MaxMind's format with the autonomous systems of clients, for formats that do not log"
                            + " them; read again when it changes.")
            .in(COLLECTOR, "");

    public static final ConfigKey<Optional<Path>> TOR_LIST = ConfigKey.of(
                    "torList",
                    path("FILE"),
                    "List of exit addresses of the Tor network, for formats that do not log is_tor; read again when it"
                            + " changes.")
            .in(COLLECTOR, "");

    public static final ConfigKey<Duration> SCAN_INTERVAL = ConfigKey.of(
                    "scanInterval",
                    duration(Duration.ofMillis(100), HOUR),
                    "Time between two looks for files that newly match a glob.")
            .in(COLLECTOR, "10s");

    public static final ConfigKey<Duration> TAIL_POLL = ConfigKey.of(
                    "tail.poll",
                    duration(MILLISECOND, Duration.ofSeconds(10)),
                    "Time between two reads of a quiet file; under load it is read more often.")
            .in(COLLECTOR, "20ms");

    public static final ConfigKey<Duration> TAIL_LINGER = ConfigKey.of(
                    "tail.linger",
                    duration(MILLISECOND, HOUR),
                    "How long a renamed or deleted file must not have grown before it is closed.")
            .in(COLLECTOR, "10s");

    public static final ConfigKey<Optional<Path>> TAIL_STATE = ConfigKey.of(
                    "tail.state",
                    path("DIR"),
                    "Directory that keeps file positions over a restart; without one, lines written meanwhile are"
                            + " not read.")
            .in(COLLECTOR, "");

    public static final ConfigKey<Integer> LOGTAIL_PORT = ConfigKey.of(
                    "logtailPort", whole(0, HostPort.PORT_MAX), "UDP port for log lines; 0 is off, not any port.")
            .in(COLLECTOR, "0");

    public static final ConfigKey<String> LOGTAIL_BIND = ConfigKey.of(
                    "logtailBind", host(), "Address the UDP port is bound to; only this host can send by default.")
            .in(COLLECTOR, "127.0.0.1");

    public static final ConfigKey<Integer> V4PREFIX = ConfigKey.of(
                    "v4prefix",
                    whole(0, 32),
                    "Bits of an IPv4 client that are kept, the rest is dropped where the line is read.")
            .in(COLLECTOR, "24");

    public static final ConfigKey<Integer> V6PREFIX = ConfigKey.of(
                    "v6prefix",
                    whole(0, 128),
                    "Bits of an IPv6 client that are kept, the rest is dropped where the line is read.")
            .in(COLLECTOR, "48");

    public static final ConfigKey<Integer> CHANNEL_RECORDS = ConfigKey.of(
                    "channel.records",
                    whole(1000, 100_000_000),
                    "Requests on their way from the inputs to the store; beyond, files wait and datagrams are dropped"
                            + " and counted.")
            .in(COLLECTOR, "200000");

    public static final ConfigKey<Integer> CHANNEL_BYTES = ConfigKey.of(
                    "channel.bytes",
                    size(BATCH_BYTES, GIB),
                    "Bytes of the lines on their way, at least one batch of 1MiB; beyond, as for channel.records.")
            .in(COLLECTOR, "64MiB");

    public static final ConfigKey<Integer> STORE_KEYS = ConfigKey.of(
                    "store.keys",
                    whole(16, 10_000_000),
                    "Rows of the bucket now filling; requests beyond are folded or dropped, see store.overflow.")
            .in(COLLECTOR, "100000");

    public static final ConfigKey<Integer> STORE_KEY_BYTES = ConfigKey.of(
                    "store.keyBytes",
                    size(4 * KIB, GIB),
                    "Text of the rows of the bucket now filling; requests beyond are folded or dropped.")
            .in(COLLECTOR, "32MiB");

    public static final ConfigKey<Overflow> STORE_OVERFLOW = ConfigKey.of(
                    "store.overflow",
                    choice(Overflow.class),
                    "Requests without a row of their own: fold counts them in a row that reads (other), drop loses"
                            + " and counts them.")
            .in(COLLECTOR, "fold");

    public static final ConfigKey<Duration> RINGS_FINE_BUCKET = ConfigKey.of(
                    "rings.fine.bucket",
                    bucketLength(),
                    "Length of a fine bucket, whole seconds from 1s to 1h; the windows 1m to 60m are 1 to 60 of them,"
                            + " and a coarse bucket is five.")
            .in(COLLECTOR, "60s");

    public static final ConfigKey<Integer> RINGS_FINE_BUCKETS = ConfigKey.of(
                    "rings.fine.buckets",
                    whole(5, 1440),
                    "Fine buckets kept; the windows up to 60m reach back no further.")
            .in(COLLECTOR, "60");

    public static final ConfigKey<Integer> RINGS_FINE_TOP = ConfigKey.of(
                    "rings.fine.top", whole(1, 1_000_000), "Rows kept of a fine bucket; smaller ones are folded.")
            .in(COLLECTOR, "50000");

    public static final ConfigKey<Integer> RINGS_FINE_KEY_BYTES = ConfigKey.of(
                    "rings.fine.keyBytes", size(4 * KIB, GIB), "Text kept of a fine bucket; rows beyond are folded.")
            .in(COLLECTOR, "6MiB");

    public static final ConfigKey<Integer> RINGS_COARSE_BUCKETS = ConfigKey.of(
                    "rings.coarse.buckets",
                    whole(1, 8928),
                    "Coarse buckets kept; the windows 6h and 24h reach back no further.")
            .in(COLLECTOR, "288");

    public static final ConfigKey<Integer> RINGS_COARSE_TOP = ConfigKey.of(
                    "rings.coarse.top", whole(1, 1_000_000), "Rows kept of a coarse bucket; smaller ones are folded.")
            .in(COLLECTOR, "5000");

    public static final ConfigKey<Integer> RINGS_COARSE_KEY_BYTES = ConfigKey.of(
                    "rings.coarse.keyBytes",
                    size(4 * KIB, GIB),
                    "Text kept of a coarse bucket; rows beyond are folded.")
            .in(COLLECTOR, "1MiB");

    public static final ConfigKey<Duration> LIVE_INTERVAL = ConfigKey.of(
                    "live.interval",
                    durationOrOff(Duration.ofMillis(100), HOUR),
                    "Shortest time between two partial snapshots of the bucket now filling; 0 sends none.")
            .in(COLLECTOR, "5s");

    public static final ConfigKey<Integer> PROM_SERIES = ConfigKey.of(
                    "prom.series",
                    whole(1, 10_000_000),
                    "Label sets of nginx_http_requests_total; new ones beyond are dropped and counted.")
            .in(COLLECTOR, "250000");

    public static final ConfigKey<Optional<HostPort>> TARGET = ConfigKey.of(
                    "target",
                    target(),
                    "Collector or aggregator that the pages ask; in standalone and demo, empty is the collector of"
                            + " the same process.")
            .in(FRONTEND, "localhost:9091");

    public static final ConfigKey<Integer> N = ConfigKey.of(
                    "n", whole(1, 50_000), "Rows of a page that does not say how many; at most limits.n.")
            .in(FRONTEND, "25");

    public static final ConfigKey<Duration> REFRESH = ConfigKey.of(
                    "refresh",
                    durationOrOff(SECOND, Duration.ofHours(24)),
                    "Time after which a page loads itself again; 0 is never.")
            .in(FRONTEND, "30s");

    public static final ConfigKey<Integer> LIMITS_LINE_BYTES = ConfigKey.of(
                    "limits.lineBytes",
                    size(256, BATCH_BYTES / 2),
                    "Longest line; a longer one is rejected and counted as too_long.")
            .in(COLLECTOR, "64KiB");

    public static final ConfigKey<Integer> LIMITS_FIELD_BYTES = ConfigKey.of(
                    "limits.fieldBytes",
                    size(16, 32_767),
                    "Longest website, URI or source tag; a longer one is cut at a character boundary.")
            .in(COLLECTOR, "8192");

    public static final ConfigKey<Integer> LIMITS_MESSAGE_BYTES = ConfigKey.of(
                    "limits.messageBytes",
                    size(MIB, GIB),
                    "Longest gRPC answer or snapshot, sent and received; a longer one fails the call.")
            .in(COLLECTOR, "64MiB")
            .in(FRONTEND, "64MiB");

    public static final ConfigKey<Integer> LIMITS_REQUEST_BYTES = ConfigKey.of(
                    "limits.requestBytes",
                    size(4 * KIB, 64 * MIB),
                    "Longest gRPC request received; a longer one is refused with RESOURCE_EXHAUSTED.")
            .in(COLLECTOR, "1MiB");

    public static final ConfigKey<Integer> LIMITS_QUERY_WORKERS = ConfigKey.of(
                    "limits.queryWorkers", whole(1, 256), "Queries computed at the same time; more wait in the queue.")
            .in(COLLECTOR, "2");

    public static final ConfigKey<Integer> LIMITS_QUERY_QUEUE = ConfigKey.of(
                    "limits.queryQueue",
                    whole(1, 100_000),
                    "Queries that wait for a worker; more are refused with RESOURCE_EXHAUSTED.")
            .in(COLLECTOR, "64");

    public static final ConfigKey<Integer> LIMITS_SUBSCRIBER_BUFFER = ConfigKey.of(
                    "limits.subscriberBuffer",
                    whole(1, 1000),
                    "Snapshots held for a subscriber that reads slowly; more are dropped and counted.")
            .in(COLLECTOR, "8");

    public static final ConfigKey<Integer> LIMITS_N = ConfigKey.of(
                    "limits.n", whole(1, 50_000), "Rows of one answer; who asks for more gets this many.")
            .in(COLLECTOR, "50000")
            .in(FRONTEND, "50000");

    public static final ConfigKey<Integer> LIMITS_REGEX_BYTES = ConfigKey.of(
                    "limits.regexBytes",
                    size(16, 4 * KIB),
                    "Longest regular expression of a filter; a longer one is refused with INVALID_ARGUMENT.")
            .in(COLLECTOR, "1024")
            .in(FRONTEND, "1024");

    /** Every key, in the order of help and documentation. */
    public static final List<ConfigKey<?>> ALL = List.of(
            LISTEN,
            PROM_LISTEN,
            SOURCE,
            LOGS,
            LOGS_FILE,
            LOG_FORMAT,
            NGINX_CONF,
            ASN_DB,
            TOR_LIST,
            SCAN_INTERVAL,
            TAIL_POLL,
            TAIL_LINGER,
            TAIL_STATE,
            LOGTAIL_PORT,
            LOGTAIL_BIND,
            V4PREFIX,
            V6PREFIX,
            CHANNEL_RECORDS,
            CHANNEL_BYTES,
            STORE_KEYS,
            STORE_KEY_BYTES,
            STORE_OVERFLOW,
            RINGS_FINE_BUCKET,
            RINGS_FINE_BUCKETS,
            RINGS_FINE_TOP,
            RINGS_FINE_KEY_BYTES,
            RINGS_COARSE_BUCKETS,
            RINGS_COARSE_TOP,
            RINGS_COARSE_KEY_BYTES,
            LIVE_INTERVAL,
            PROM_SERIES,
            TARGET,
            N,
            REFRESH,
            LIMITS_LINE_BYTES,
            LIMITS_FIELD_BYTES,
            LIMITS_MESSAGE_BYTES,
            LIMITS_REQUEST_BYTES,
            LIMITS_QUERY_WORKERS,
            LIMITS_QUERY_QUEUE,
            LIMITS_SUBSCRIBER_BUFFER,
            LIMITS_N,
            LIMITS_REGEX_BYTES);

    /** A demo shows in seconds what otherwise takes minutes. */
    private static final Map<ConfigKey<?>, String> DEMO_DEFAULTS = Map.of(
            SOURCE, "demo",
            RINGS_FINE_BUCKET, "1s",
            LIVE_INTERVAL, "1s",
            REFRESH, "5s");

    private ConfigKeys() {}

    /** The keys of a service, in the order of the table. */
    public static List<ConfigKey<?>> of(Section section) {
        return ALL.stream().filter(key -> key.sections().contains(section)).toList();
    }

    static String defaultText(Program program, Section section, ConfigKey<?> key) {
        if (key == TARGET && program.isSectioned()) {
            return "";
        }
        String usual = key.defaultText(section);
        return program == Program.DEMO ? DEMO_DEFAULTS.getOrDefault(key, usual) : usual;
    }
}
