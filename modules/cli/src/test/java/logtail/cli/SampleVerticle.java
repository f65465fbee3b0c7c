package logtail.cli;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.net.BindException;
import java.util.logging.Logger;
import logtail.runtime.config.ConfigException;
import logtail.runtime.report.Announce;

/** Stands for a service; its configuration says how it behaves. Deployed by name in processes of their own. */
public final class SampleVerticle extends VerticleBase {
    private static final Logger LOG = Logger.getLogger("logtail.sample");

    @Override
    public Future<?> start() {
        Announce.listening(Announce.Kind.GRPC, "127.0.0.1", 9090, "sample");
        return switch (config().getString("start", "ok")) {
            case "bind" ->
                Future.failedFuture(
                        new IllegalStateException("cannot bind 127.0.0.1:9090: in use", new BindException("in use")));
            case "conf" -> Future.failedFuture(new ConfigException("sample configuration: bad"));
            default -> Future.succeededFuture().onSuccess(up -> Announce.ready());
        };
    }

    @Override
    public Future<?> stop() {
        LOG.info("stopping");
        int delayMs = config().getInteger("stopMs", 20);
        return vertx.timer(delayMs).onSuccess(fired -> LOG.info("stopped"));
    }
}
