package logtail.frontend;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import logtail.core.schema.Schema;
import logtail.frontend.backend.Gatherer;
import logtail.frontend.backend.GrpcBackend;
import logtail.frontend.page.Page;
import logtail.frontend.query.PageDefaults;
import logtail.frontend.query.PageQuery;
import logtail.runtime.client.LogtailClient;
import logtail.runtime.config.Config;
import logtail.runtime.config.FrontendConfig;
import logtail.runtime.config.HostPort;
import logtail.runtime.config.Program;
import logtail.runtime.report.Announce;
import logtail.runtime.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/** The dashboard as a main verticle; its configuration is the program's {@code frontend}. */
public final class FrontendVerticle extends VerticleBase {
    private static final String NAME = Program.FRONTEND.id();
    private static final HostPort DEFAULT_TARGET = new HostPort("localhost", 9091);

    private final @Nullable FrontendConfig given;
    private @Nullable LogtailClient client;
    private @Nullable FrontendServer server;
    private @Nullable Telemetry telemetry;
    private int port;

    /** Configured by what it is deployed with; refuses to start with nothing (D35). */
    public FrontendVerticle() {
        this.given = null;
    }

    /** Configured by whoever deploys it. */
    public FrontendVerticle(FrontendConfig config) {
        this.given = config;
    }

    /** The bound port, once it is deployed. */
    public int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        // Reading the configuration and the templates takes longer than an event loop may.
        return vertx.executeBlocking(this::settings)
                .compose(config -> vertx.executeBlocking(() -> files(config))
                        .compose(files -> listen(config, files))
                        .compose(bound -> metrics(config)))
                .onSuccess(up -> {
                    if (given == null) {
                        Announce.ready();
                    }
                });
    }

    private Files files(FrontendConfig config) {
        Files files = Files.read(vertx);
        // Nobody sees this page: it loads what pages need, and a template that does not fit fails now.
        Page first = Page.of(PageQuery.start(defaults(config)), address(config), List.of());
        files.templates().fill("page", Map.of("page", first));
        return files;
    }

    private FrontendConfig settings() {
        return given != null
                ? given
                : Config.ofVerticle(Program.FRONTEND, config()).frontend();
    }

    private Future<Integer> listen(FrontendConfig config, Files files) {
        LogtailClient newClient = new LogtailClient(vertx, config.limits().messageBytes());
        Gatherer gatherer = new Gatherer(new GrpcBackend(newClient), address(config), HttpLimits.DEADLINE_MS);
        FrontendServer newServer = new FrontendServer(vertx, defaults(config), gatherer, files);
        client = newClient;
        server = newServer;
        String host = config.listen().bindHost();
        return newServer.listen(host, config.listen().port()).onSuccess(bound -> {
            port = bound;
            Announce.listening(Announce.Kind.HTTP, host, bound, NAME);
        });
    }

    private Future<?> metrics(FrontendConfig config) {
        if (config.promListen().isEmpty()) {
            return Future.succeededFuture();
        }
        HostPort address = config.promListen().get();
        return Telemetry.create(vertx).compose(created -> {
            telemetry = created;
            created.health().started();
            return created.listen(address.bindHost(), address.port())
                    .onSuccess(bound -> Announce.listening(Announce.Kind.PROMETHEUS, address.bindHost(), bound, NAME));
        });
    }

    @Override
    public Future<?> stop() {
        Future<Void> closed = server == null ? Future.succeededFuture() : server.close();
        if (telemetry != null) {
            telemetry.close();
        }
        LogtailClient open = client;
        return open == null ? closed : closed.eventually(open::close);
    }

    private static String address(FrontendConfig config) {
        HostPort target = config.target().orElse(DEFAULT_TARGET);
        return new HostPort(target.connectHost(), target.port()).toString();
    }

    private static PageDefaults defaults(FrontendConfig config) {
        int nMax = config.limits().n();
        int refreshSeconds = (int)
                Math.min(PageDefaults.REFRESH_SECONDS_MAX, config.refresh().toSeconds());
        return PageDefaults.of(
                Schema.LOGTAIL,
                Math.min(config.n(), nMax),
                nMax,
                refreshSeconds,
                config.limits().regexBytes());
    }
}
