package logtail.runtime.time;

import java.util.function.LongSupplier;

/** The two clocks that travel with batches and ticks (D14, D15). Threadsafe. */
public interface Clock {
    /** Those of this machine. */
    Clock SYSTEM = of(System::currentTimeMillis, System::nanoTime);

    /** Clocks of somebody's making. */
    static Clock of(LongSupplier wallMs, LongSupplier monotonicNs) {
        return new Clock() {
            @Override
            public long wallMs() {
                return wallMs.getAsLong();
            }

            @Override
            public long monotonicNs() {
                return monotonicNs.getAsLong();
            }
        };
    }

    /** Unix milliseconds; may be set forward and back. */
    long wallMs();

    /** Nanoseconds since an arbitrary moment; only ever runs forward. */
    long monotonicNs();
}
