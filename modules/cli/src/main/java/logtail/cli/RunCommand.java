package logtail.cli;

import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import logtail.runtime.config.Config;
import logtail.runtime.config.ConfigException;
import logtail.runtime.config.ConfigFile;
import logtail.runtime.config.Program;
import logtail.runtime.config.Sources;
import logtail.runtime.report.Logging;
import org.jspecify.annotations.Nullable;

/**
 * {@code run VERTICLE -conf FILE [...]}: a verticle under Vert.x's own launcher and its options (D35). Stops with 143 on
 * SIGTERM, as that launcher does.
 */
final class RunCommand {
    private static final String USAGE = "run VERTICLE -conf FILE [options of Vert.x]";

    private RunCommand() {}

    static int run(Shell shell, List<String> args) {
        if (args.isEmpty() || (args.get(0).startsWith("-") && !isHelp(args.get(0)))) {
            shell.err().println("run: name the verticle first: " + USAGE);
            return ExitCode.USAGE;
        }
        Optional<Program> program = Verticles.program(args.get(0));
        List<String> forVertx = new ArrayList<>(args);
        program.ifPresent(known -> forVertx.set(0, Verticles.className(known)));
        if (!isHelp(args.get(0))) {
            try {
                check(program, args, shell);
            } catch (ConfigException e) {
                shell.err().println(e.getMessage());
                return ExitCode.USAGE;
            }
        }
        Logging.install();
        return new Launch(forVertx, new Hooks(args.get(0), shell)).untilStopped();
    }

    private static boolean isHelp(String arg) {
        return arg.matches("--?help");
    }

    /** What the launcher would only warn of, and then start without. */
    private static void check(Optional<Program> program, List<String> args, Shell shell) {
        String conf = conf(args);
        if (conf == null) {
            throw new ConfigException("run: -conf FILE is missing: " + USAGE);
        }
        ConfigFile file = ConfigFile.read(conf);
        program.ifPresent(p -> Config.load(p, new Sources(Map.of(), shell.environment(), file, shell.hostName())));
        if (args.stream().anyMatch(arg -> arg.matches("(?i)-c|--?cluster(=.*)?")) && !canCluster()) {
            throw new ConfigException("run: -cluster: no cluster manager in this jar");
        }
    }

    private static @Nullable String conf(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.matches("(?i)--?conf") && i + 1 < args.size()) {
                return args.get(i + 1);
            }
            if (arg.matches("(?is)--?conf=.*")) {
                return arg.substring(arg.indexOf('=') + 1);
            }
        }
        return null;
    }

    private static boolean canCluster() {
        for (VertxServiceProvider provider : ServiceLoader.load(VertxServiceProvider.class)) {
            if (provider instanceof ClusterManager) {
                return true;
            }
        }
        return false;
    }

    /** The launcher, told not to end the process itself. */
    private static final class Launch extends VertxApplication {
        private final Hooks hooks;

        Launch(List<String> args, Hooks hooks) {
            super(args.toArray(String[]::new), hooks, true, false);
            this.hooks = hooks;
        }

        int untilStopped() {
            int code = launch();
            return code == ExitCode.OK ? hooks.untilStopped() : hooks.failed(code);
        }
    }

    /** Says in one line what the launcher would say in a page. */
    private static final class Hooks implements VertxApplicationHooks {
        private final String name;
        private final Shell shell;
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch stopped = new CountDownLatch(1);
        private volatile @Nullable Throwable failure;

        Hooks(String name, Shell shell) {
            this.name = name;
            this.shell = shell;
        }

        @Override
        public JsonObject afterConfigParsed(@Nullable JsonObject config) {
            if (config == null) {
                throw fail(new ConfigException("run: -conf FILE could be read once, but not again"));
            }
            return config;
        }

        @Override
        public void afterVerticleDeployed(HookContext context) {
            started.countDown();
        }

        @Override
        public void afterFailureToStartVertx(@Nullable HookContext context, Throwable thrown) {
            throw fail(thrown);
        }

        @Override
        public void afterFailureToDeployVerticle(@Nullable HookContext context, Throwable thrown) {
            throw fail(thrown);
        }

        /** Called on the thread of the shutdown: a verticle that is not yet deployed would not be stopped. */
        @Override
        public void beforeStoppingVertx(HookContext context) {
            await(started);
        }

        @Override
        public void afterVertxStopped(HookContext context) {
            stopped.countDown();
        }

        /** Thrown out of a hook, it keeps the launcher from logging a stack trace. */
        private RuntimeException fail(Throwable thrown) {
            failure = thrown;
            started.countDown();
            shell.err().println(Failure.line(name, thrown));
            return new IllegalStateException("said already", thrown);
        }

        int failed(int launcherCode) {
            started.countDown();
            Throwable reason = failure;
            if (reason != null) {
                return Failure.exitCode(reason);
            }
            return launcherCode == ExitCode.USAGE ? ExitCode.USAGE : ExitCode.FAILURE;
        }

        int untilStopped() {
            if (started.getCount() == 0) {
                await(stopped);
            }
            return ExitCode.OK;
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
