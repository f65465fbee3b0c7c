package logtail.runtime.telemetry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Whether a service is ready, and if not, why. Threadsafe.
 *
 * <p>A condition is a named question that answers with what is missing, or with nothing. Without conditions a service
 * is not ready: nobody has said yet what it takes.
 */
public final class Health {
    private final Map<String, Supplier<Optional<String>>> conditions = new ConcurrentHashMap<>();

    /** Adds or replaces a condition. */
    public void require(String name, Supplier<Optional<String>> missing) {
        conditions.put(name, missing);
    }

    /** What is missing, by condition; empty when ready. */
    public Map<String, String> missing() {
        Map<String, String> missing = new LinkedHashMap<>();
        if (conditions.isEmpty()) {
            missing.put("start", "starting");
        }
        conditions.forEach((name, condition) -> condition.get().ifPresent(why -> missing.put(name, why)));
        return missing;
    }

    public boolean ready() {
        return missing().isEmpty();
    }
}
