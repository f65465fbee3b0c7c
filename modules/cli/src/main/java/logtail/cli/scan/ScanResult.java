package logtail.cli.scan;

import java.util.ArrayList;
import java.util.List;
import logtail.core.line.InputStats;
import logtail.core.line.RejectReason;
import logtail.core.store.View;

/**
 * What was found in the files.
 *
 * @param view every request that counts
 * @param stats of each thread
 * @param outside lines that were skipped because of their time
 * @param failures files that could not be read to their end, one line each
 */
public record ScanResult(View view, List<InputStats> stats, long outside, List<String> failures) {
    public ScanResult {
        stats = List.copyOf(stats);
        failures = List.copyOf(failures);
    }

    /** Lines that count. */
    public long parsed() {
        return stats.stream().mapToLong(InputStats::acceptedLines).sum();
    }

    /** Lines that were refused for that reason. */
    public long rejected(RejectReason reason) {
        return stats.stream().mapToLong(one -> one.rejected(reason)).sum();
    }

    /** Lines that were refused. */
    public long rejected() {
        long all = 0;
        for (RejectReason reason : RejectReason.values()) {
            all += rejected(reason);
        }
        return all;
    }

    /** All lines but empty ones. */
    public long lines() {
        return parsed() + rejected() + outside;
    }

    /** Some of the lines that were refused. */
    public List<InputStats.Reject> rejects() {
        List<InputStats.Reject> some = new ArrayList<>();
        stats.forEach(one -> some.addAll(one.rejects()));
        return some;
    }
}
