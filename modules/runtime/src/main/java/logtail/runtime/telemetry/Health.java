package logtail.runtime.telemetry;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Whether a service is ready, and if not, why. Threadsafe.
 *
 * <p>A condition is a named question that answers with what is missing, or with nothing. It is asked by whoever wants
 * to know, on that thread, so it must neither block nor change anything.
 */
public final class Health {
    /** Stands for what has not been said yet. */
    private static final String START = "start";

    private final Map<String, Supplier<Optional<String>>> conditions = new ConcurrentHashMap<>();
    private final Meters meters;
    private volatile boolean started;

    Health(Meters meters) {
        this.meters = meters;
        meters.gauge(Metric.READY, () -> started ? 1 : 0, START);
    }

    /**
     * Adds a condition.
     *
     * @param name a word, for {@code /readyz} and {@code logtail_ready}
     * @throws IllegalArgumentException when there is one of that name
     */
    public void require(String name, Supplier<Optional<String>> missing) {
        meters.gauge(Metric.READY, () -> missing.get().isEmpty() ? 1 : 0, name);
        conditions.put(name, missing);
    }

    /** Says that all conditions are there and that whatever has to be started has been. Until then nothing is ready. */
    public void started() {
        started = true;
    }

    /** What is missing, by condition in alphabetical order; empty when ready. */
    public Map<String, String> missing() {
        if (!started) {
            return Map.of(START, "not everything is started yet");
        }
        Map<String, String> missing = new TreeMap<>();
        conditions.forEach((name, condition) -> condition.get().ifPresent(why -> missing.put(name, why)));
        return Collections.unmodifiableMap(missing);
    }

    public boolean ready() {
        return missing().isEmpty();
    }
}
