package logtail.runtime.report;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of a service: one line per record on standard output (NFR-5), such as
 * {@code 2026-11-20T10:00:00.123Z INFO collector: opened /var/log/nginx/access.log}.
 *
 * <p>Everything goes through {@code java.util.logging}, which Vert.x and Netty use too. Loggers are named like packages,
 * {@code logtail.collector}; the part behind {@code logtail.} is printed.
 */
public final class Logging {
    private static final String MANAGER_PROPERTY = "java.util.logging.manager";
    private static final String OPERATORS_PROPERTY = "java.util.logging.config.file";

    private Logging() {}

    /**
     * Keeps the libraries silent until {@link #install}. To be called first of all: the manager is chosen once, by
     * whichever class asks for a logger first. Does nothing where the operator brought a configuration of their own with
     * {@code -Djava.util.logging.config.file}.
     */
    public static void quiet() {
        if (!isConfiguredByOperator() && System.getProperty(MANAGER_PROPERTY) == null) {
            System.setProperty(MANAGER_PROPERTY, Manager.class.getName());
        }
    }

    /** Sends the records of this process to standard output, unless the operator decided otherwise. */
    public static void install() {
        quiet();
        if (!isConfiguredByOperator()) {
            Loggers.send(System.out);
        }
    }

    private static boolean isConfiguredByOperator() {
        return System.getProperty(OPERATORS_PROPERTY) != null;
    }

    /** Touched only once the manager is chosen: the first logger makes it. */
    private static final class Loggers {
        private static final Logger ROOT = at("", Level.WARNING);

        // Kept because the manager holds loggers weakly, and a level is lost with its logger.
        private static final List<Logger> LEVELS =
                List.of(at("logtail", Level.INFO), at("io.vertx", Level.WARNING), at("io.netty", Level.WARNING));

        static void send(PrintStream out) {
            for (Handler handler : ROOT.getHandlers()) {
                ROOT.removeHandler(handler);
            }
            ROOT.addHandler(new Lines(out));
            LEVELS.forEach(logger -> logger.setUseParentHandlers(true));
        }

        private static Logger at(String name, Level level) {
            Logger logger = Logger.getLogger(name);
            logger.setLevel(level);
            return logger;
        }
    }

    /** Writes and flushes line by line; never closes the stream, which is the process's. */
    private static final class Lines extends Handler {
        private final PrintStream out;

        Lines(PrintStream out) {
            this.out = out;
            setFormatter(new LogLine());
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                out.print(getFormatter().format(record));
                out.flush();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {}
    }

    /**
     * Has no handlers of its own, and keeps ours while the process stops: the usual manager drops them in a shutdown
     * hook, which runs beside those that stop the service. Made by the JDK through its name.
     */
    public static final class Manager extends LogManager {
        @Override
        public void reset() {}

        @Override
        public void readConfiguration() {}

        @Override
        public void readConfiguration(InputStream configuration) {}
    }
}
