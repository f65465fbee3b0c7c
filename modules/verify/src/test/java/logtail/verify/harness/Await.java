package logtail.verify.harness;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting for a condition instead of for a time. */
public final class Await {
    /** Slow machines need it; a test that passes hardly ever waits as long. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long STEP_MS = 50;

    private Await() {}

    /**
     * Waits until a condition holds. An {@link UncheckedIOException} (nobody listens yet) counts as not yet.
     *
     * @param what finishes the sentence "waited for ..."
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, condition::getAsBoolean, Boolean.TRUE::equals);
    }

    /** Waits until a value is good enough, and returns it. */
    public static <T> T until(String what, Supplier<T> value, Predicate<T> enough) {
        return until(what, PATIENCE, value, enough);
    }

    /** Waits until a value is good enough, and returns it. */
    public static <T> T until(String what, Duration patience, Supplier<T> value, Predicate<T> enough) {
        long deadline = System.nanoTime() + patience.toNanos();
        Object last = "nothing";
        do {
            try {
                T now = value.get();
                if (enough.test(now)) {
                    return now;
                }
                last = now;
            } catch (UncheckedIOException notYet) {
                last = notYet;
            }
            pause(STEP_MS);
        } while (System.nanoTime() < deadline);
        throw new AssertionError(
                "waited " + patience.toSeconds() + " s for " + what + "; last seen: " + shortened(last));
    }

    /** Fails if a condition stops holding within a time. For what must not happen, and for silences that are the case. */
    public static void holds(String what, Duration time, BooleanSupplier condition) {
        long deadline = System.nanoTime() + time.toNanos();
        do {
            if (!condition.getAsBoolean()) {
                throw new AssertionError("no longer: " + what);
            }
            pause(STEP_MS);
        } while (System.nanoTime() < deadline);
    }

    private static void pause(long timeMs) {
        try {
            Thread.sleep(timeMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String shortened(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 2000 ? text : text.substring(0, 2000) + " ...";
    }
}
