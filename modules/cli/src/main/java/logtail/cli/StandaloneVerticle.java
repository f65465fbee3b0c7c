package logtail.cli;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import logtail.cli.demo.DemoTraffic;
import logtail.cli.demo.TrafficGenerator;
import logtail.collector.CollectorVerticle;
import logtail.frontend.FrontendVerticle;
import logtail.runtime.config.CollectorConfig;
import logtail.runtime.config.Config;
import logtail.runtime.config.FollowedLog;
import logtail.runtime.config.FrontendConfig;
import logtail.runtime.config.HostPort;
import logtail.runtime.config.Program;
import logtail.runtime.report.Announce;

/** Collector and frontend in one process; as the demo on traffic of its own. */
public final class StandaloneVerticle extends VerticleBase {
    private static final Logger LOG = Logger.getLogger("logtail.standalone");

    /** The demo is the same for everybody. */
    private static final long DEMO_SEED = 1;

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(() -> Config.ofVerticle(Program.STANDALONE, config()))
                .compose(this::services)
                .onSuccess(up -> Announce.ready());
    }

    private Future<Void> services(Config config) {
        return config.program() == Program.DEMO
                ? demo(config)
                : standalone(config.collector(), config).mapEmpty();
    }

    private Future<Void> demo(Config config) {
        return vertx.executeBlocking(() -> new DemoTraffic(new TrafficGenerator(DEMO_SEED)))
                .compose(traffic -> standalone(following(traffic.file(), config.collector()), config)
                        .compose(page -> vertx.deployVerticle(traffic, DemoTraffic.options())
                                .onSuccess(up -> LOG.info("open http://localhost:" + page.port()
                                        + "/ in a browser; the attack begins in a few seconds; Ctrl-C ends it"))))
                .mapEmpty();
    }

    private static CollectorConfig following(Path file, CollectorConfig config) {
        return config.withLogs(List.of(FollowedLog.ofLogtail(file.toString())));
    }

    private Future<FrontendVerticle> standalone(CollectorConfig collectorConfig, Config config) {
        CollectorVerticle collector = new CollectorVerticle(collectorConfig);
        return vertx.deployVerticle(collector).compose(up -> {
            FrontendConfig frontendConfig = config.frontend();
            HostPort target = frontendConfig.target().orElse(collector.grpc());
            FrontendVerticle frontend = new FrontendVerticle(frontendConfig.withTarget(target));
            return vertx.deployVerticle(frontend).map(frontend);
        });
    }
}
