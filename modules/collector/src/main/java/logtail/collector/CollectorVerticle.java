package logtail.collector;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import logtail.collector.traffic.TrafficCopies;
import logtail.core.line.LineDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.HitStore;
import logtail.core.store.LiveTable;
import logtail.core.store.RingLimits;
import logtail.core.store.Sealer;
import logtail.core.time.BucketClock;
import logtail.core.time.ClockStep;
import logtail.core.traffic.TrafficLimits;
import logtail.core.traffic.TrafficTable;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.config.CollectorConfig;
import logtail.runtime.config.Config;
import logtail.runtime.config.FollowedLog;
import logtail.runtime.config.HostPort;
import logtail.runtime.config.Program;
import logtail.runtime.config.Rings;
import logtail.runtime.report.Announce;
import logtail.runtime.service.LogtailServer;
import logtail.runtime.service.NodeView;
import logtail.runtime.service.ServiceReport;
import logtail.runtime.telemetry.Telemetry;
import logtail.runtime.time.Clock;
import logtail.sources.Sources;
import logtail.sources.channel.ChannelOptions;
import logtail.sources.client.ClientFiles;
import logtail.sources.tail.TailInput;
import logtail.sources.tail.TailOptions;
import logtail.sources.tail.TailVerticle;
import logtail.sources.udp.UdpOptions;
import logtail.sources.udp.UdpVerticle;
import logtail.wire.Target;
import org.jspecify.annotations.Nullable;

/**
 * The collector: the main verticle, and the page that says what it is made of.
 *
 * <p>Parts start in the order below and stop in reverse: whoever receives is there before whoever sends.
 */
public final class CollectorVerticle extends VerticleBase {
    private static final String NAME = Program.COLLECTOR.id();
    /** So soon lines of a wrong format are spoken of. */
    private static final long REJECTS_MS = 1_000;

    /** How often lines per second are worked out. */
    private static final long SAMPLE_MS = 1_000;

    /** So often the files that say something of clients are looked at. */
    private static final long CLIENT_FILES_MS = 5_000;

    private static final Logger LOG = Logger.getLogger("logtail.collector");
    private static final Logger GRPC_LOG = Logger.getLogger("logtail.collector.grpc");

    private final @Nullable CollectorConfig given;
    private final Clock clock = Clock.SYSTEM;
    private @Nullable Telemetry created;
    private HostPort grpc = new HostPort("", 0);

    /** A program of its own, configured by what it is deployed with; refuses to start with nothing (D35). */
    public CollectorVerticle() {
        this.given = null;
    }

    /** A part of another program, which says {@code ready} itself. */
    public CollectorVerticle(CollectorConfig config) {
        this.given = config;
    }

    /** Where its gRPC service listens, once it is deployed. */
    public HostPort grpc() {
        return grpc;
    }

    @Override
    public Future<?> start() {
        if (given != null) {
            return start(given);
        }
        return vertx.executeBlocking(() -> Config.ofVerticle(Program.COLLECTOR, config()))
                .compose(config -> start(config.collector()))
                .onSuccess(up -> Announce.ready());
    }

    private Future<?> start(CollectorConfig config) {
        return vertx.executeBlocking(() -> new ClientFiles(
                        config.clients().asnDb(), config.clients().torList()))
                .compose(clients -> Telemetry.create(vertx).compose(telemetry -> {
                    created = telemetry;
                    return start(config, telemetry, clients);
                }));
    }

    private Future<?> start(CollectorConfig config, Telemetry telemetry, ClientFiles clients) {
        Schema schema = Schema.LOGTAIL;
        TupleLayout layout = new TupleLayout(schema);
        SecureRandom random = new SecureRandom();
        KeyHash hash = new KeyHash(random.nextLong(), random.nextLong());
        Addresses addresses = new Addresses(NAME);
        Rings rings = config.rings();

        Sealer sealer = new Sealer(
                layout,
                hash,
                rings.bucketSeconds(),
                limits(rings.fine(), RingLimits.FINE_ROLLUP_TOP),
                limits(rings.coarse(), RingLimits.COARSE_ROLLUP_TOP));
        CurrentView view = new CurrentView(sealer.view());
        StorePulse pulse = new StorePulse(rings.bucketSeconds(), clock::monotonicNs);
        HitStore store = new HitStore(
                new BucketClock(rings.bucketSeconds()),
                table(layout, hash, config.store()),
                table(layout, hash, config.store()),
                CollectorVerticle::stepped);
        TrafficTable traffic =
                new TrafficTable(layout, hash, TrafficLimits.defaults().withSeries(config.promSeries()));
        Sources sources = new Sources(
                schema,
                new ChannelOptions(config.channel().records(), config.channel().bytes()));
        CollectorStatus status = new CollectorStatus(config, sources, store, view::get, clock.wallMs() / 1000);
        NodeView node = new NodeView(
                config::source,
                view,
                () -> List.of(Target.self(config.source(), view.get(), clock.wallMs() / 1000)),
                status,
                telemetry.health()::ready,
                addresses);
        LogtailServer server = new LogtailServer(
                vertx, Bus.of(vertx), node, config.limits(), new ServiceReport(GRPC_LOG, telemetry.meters()));
        CollectorMeters meters = new CollectorMeters(telemetry.meters());
        meters.store(store);
        telemetry.health().require("store", pulse::missing);
        telemetry.health().require("inputs", new InputsPulse(sources, clock::monotonicNs)::missing);
        Decoders decoders = new Decoders(layout, hash, config.decoder(), config.source(), clients::facts);
        TrafficCopies copies = new TrafficCopies(vertx, addresses, traffic.copy());

        return deploy(new SealVerticle(sealer, view, pulse, addresses), ThreadingModel.WORKER)
                .compose(up ->
                        deploy(new StoreVerticle(store, traffic, pulse, addresses, clock), ThreadingModel.EVENT_LOOP))
                .compose(up -> listen(config, server))
                .compose(up -> tail(config, decoders, sources, addresses))
                .compose(up -> udp(config, decoders, sources, addresses))
                .onSuccess(up -> {
                    meters.sources(sources);
                    reportRejects(config, sources);
                    vertx.setPeriodic(SAMPLE_MS, id -> status.sample(clock.monotonicNs()));
                    watch(clients);
                })
                .compose(up -> telemetry(config, telemetry, copies))
                .onSuccess(up -> telemetry.health().started());
    }

    @Override
    public Future<?> stop() {
        if (created != null) {
            created.close();
        }
        return Future.succeededFuture();
    }

    private Future<?> deploy(Deployable part, ThreadingModel model) {
        return vertx.deployVerticle(part, new DeploymentOptions().setThreadingModel(model));
    }

    private Future<?> listen(CollectorConfig config, LogtailServer server) {
        String host = config.listen().bindHost();
        return server.listen(host, config.listen().port()).onSuccess(port -> {
            grpc = new HostPort(config.listen().host(), port);
            Announce.listening(Announce.Kind.GRPC, host, port, NAME);
        });
    }

    /** Wrong formats are said where people look first. */
    private void reportRejects(CollectorConfig config, Sources sources) {
        RejectReport report = new RejectReport(line -> LOG.log(line.level(), line::text));
        config.files().logs().stream()
                .collect(Collectors.toMap(FollowedLog::glob, FollowedLog::format, (first, again) -> first))
                .forEach((glob, format) -> report.watch(sources.file(glob).stats(), format, config.decoder()));
        sources.udp()
                .ifPresent(input -> report.watch(
                        input.stats(), config.udp().format(), config.decoder().withSyslogHeader(true)));
        vertx.setPeriodic(REJECTS_MS, id -> report.look(clock.monotonicNs()));
    }

    private void watch(ClientFiles clients) {
        if (!clients.isEmpty()) {
            vertx.setPeriodic(CLIENT_FILES_MS, id -> vertx.executeBlocking(clients::look)
                    .onSuccess(lines -> lines.forEach(LOG::info)));
        }
    }

    private Future<?> tail(CollectorConfig config, Decoders decoders, Sources sources, Addresses addresses) {
        List<TailInput> inputs = config.files().logs().stream()
                .map(log -> new TailInput(log.glob(), decoders.files(log)))
                .toList();
        if (inputs.isEmpty()) {
            return Future.succeededFuture();
        }
        CollectorConfig.Tail tail = config.files().tail();
        TailOptions options = new TailOptions(
                tail.poll().toMillis(),
                tail.linger().toMillis(),
                config.files().scanInterval().toMillis(),
                config.rings().bucketSeconds() * 1000L,
                config.decoder().lineBytes(),
                TailOptions.OPEN_FILES,
                tail.state().orElse(null));
        return deploy(new TailVerticle(options, inputs, sources, addresses, clock), ThreadingModel.WORKER);
    }

    private Future<?> udp(CollectorConfig config, Decoders decoders, Sources sources, Addresses addresses) {
        if (!config.udp().isOn()) {
            return Future.succeededFuture();
        }
        UdpOptions options = UdpOptions.of(config.udp().bind(), config.udp().port());
        Supplier<LineDecoder> decoder = () -> decoders.datagrams(config.udp().format());
        return deploy(new UdpVerticle(options, decoder, sources, addresses, clock), ThreadingModel.EVENT_LOOP)
                .onSuccess(up -> sources.udp().ifPresent(input -> {
                    InetSocketAddress bound = input.address();
                    if (bound != null) {
                        Announce.listening(
                                Announce.Kind.UDP, bound.getAddress().getHostAddress(), bound.getPort(), NAME);
                    }
                }));
    }

    private static Future<?> telemetry(CollectorConfig config, Telemetry telemetry, TrafficCopies copies) {
        if (config.promListen().isEmpty()) {
            return Future.succeededFuture();
        }
        HostPort address = config.promListen().get();
        return telemetry
                .listen(address.bindHost(), address.port(), copies)
                .onSuccess(port -> Announce.listening(Announce.Kind.PROMETHEUS, address.bindHost(), port, NAME));
    }

    private static void stepped(ClockStep step) {
        LOG.warning(() -> "the wall clock was set " + (step.byMs() < 0 ? "back" : "forward") + " by "
                + Math.abs(step.byMs()) + " ms; bucket timestamps are now " + step.offsetMs() + " ms ahead of it");
    }

    private static LiveTable table(TupleLayout layout, KeyHash hash, CollectorConfig.Store store) {
        return new LiveTable(layout, hash, store.keys(), store.keyBytes(), store.overflow());
    }

    private static RingLimits limits(Rings.Ring ring, int rollupTop) {
        return new RingLimits(ring.buckets(), ring.top(), ring.keyBytes(), rollupTop);
    }
}
