package logtail.collector;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lines per second of each input over the last ten seconds or so. One thread samples, any may read. */
final class LineRates {
    private static final int SAMPLES = 11;
    private static final double NANOS = 1e9;

    private final Map<String, Deque<Sample>> samples = new ConcurrentHashMap<>();
    private final Map<String, Double> rates = new ConcurrentHashMap<>();

    private record Sample(long lines, long atNs) {}

    /**
     * @param lines so far
     * @param nowNs the monotonic clock
     */
    void sample(String input, long lines, long nowNs) {
        Deque<Sample> kept = samples.computeIfAbsent(input, name -> new ArrayDeque<>());
        kept.addLast(new Sample(lines, nowNs));
        if (kept.size() > SAMPLES) {
            kept.removeFirst();
        }
        Sample oldest = kept.getFirst();
        double seconds = (nowNs - oldest.atNs) / NANOS;
        rates.put(input, seconds <= 0 ? 0 : (lines - oldest.lines) / seconds);
    }

    /** 0 before the second sample. */
    double perSecond(String input) {
        return rates.getOrDefault(input, 0.0);
    }
}
