package logtail.collector;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import logtail.sources.Sources;
import logtail.sources.UdpInput;

/** Whether the inputs are open: the socket is bound, and the tailer runs. Any thread may ask. */
final class InputsPulse {
    /** The tailer looks at its files every ten seconds at least. */
    static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final Sources sources;
    private final LongSupplier monotonicNs;

    /**
     * @param monotonicNs the monotonic clock
     */
    InputsPulse(Sources sources, LongSupplier monotonicNs) {
        this.sources = sources;
        this.monotonicNs = monotonicNs;
    }

    /** What is wrong with them. */
    Optional<String> missing() {
        if (sources.udp().map(UdpInput::address).isEmpty() && sources.udp().isPresent()) {
            return Optional.of("the UDP socket is closed");
        }
        OptionalLong tailedNs = sources.tailedNs();
        if (tailedNs.isEmpty()) {
            return sources.files().isEmpty() ? Optional.empty() : Optional.of("log files are not followed");
        }
        long silentNs = monotonicNs.getAsLong() - tailedNs.getAsLong();
        return silentNs <= SILENCE_NS
                ? Optional.empty()
                : Optional.of(
                        "log files have not been looked at for " + TimeUnit.NANOSECONDS.toSeconds(silentNs) + " s");
    }
}
