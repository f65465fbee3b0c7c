package logtail.collector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import logtail.core.format.LogFormat;
import logtail.core.line.DecoderOptions;
import logtail.core.line.Explanation;
import logtail.core.line.InputStats;
import logtail.core.line.LineExplainer;
import logtail.core.line.RejectReason;
import logtail.runtime.report.Throttle;

/**
 * Says which input has lines that are not of its format, and what they seem to be: within a second, and then at most
 * once a minute. Metrics count them; this is for those who look at the log first. Not threadsafe.
 */
final class RejectReport {
    /** What is said of an input. */
    record Line(Level level, String text) {}

    private static final class Input {
        final InputStats stats;
        final LineExplainer explainer;
        final Throttle throttle = new Throttle();
        long rejectedBefore;
        long acceptedBefore;

        Input(InputStats stats, LineExplainer explainer) {
            this.stats = stats;
            this.explainer = explainer;
        }

        long rejected() {
            return Arrays.stream(RejectReason.values())
                    .mapToLong(stats::rejected)
                    .sum();
        }
    }

    private final List<Input> inputs = new ArrayList<>();
    private final Consumer<Line> log;

    RejectReport(Consumer<Line> log) {
        this.log = log;
    }

    /** Watches an input from now on. */
    void watch(InputStats stats, LogFormat format, DecoderOptions options) {
        inputs.add(new Input(stats, new LineExplainer(format, options)));
    }

    /**
     * Says what is new.
     *
     * @param nowNs the monotonic clock
     */
    void look(long nowNs) {
        for (Input input : inputs) {
            if (input.rejected() > input.rejectedBefore && input.throttle.permits(nowNs)) {
                say(input);
            }
        }
    }

    private void say(Input input) {
        long rejected = input.rejected() - input.rejectedBefore;
        long accepted = input.stats.acceptedLines() - input.acceptedBefore;
        input.rejectedBefore += rejected;
        input.acceptedBefore += accepted;
        List<InputStats.Reject> kept = new ArrayList<>(input.stats.rejects());
        if (kept.isEmpty()) {
            return;
        }
        InputStats.Reject last = kept.get(kept.size() - 1);
        // Nothing accepted beside them: it is the format that is wrong, not a line here or there.
        Level level = accepted == 0 ? Level.WARNING : Level.INFO;
        log.accept(new Line(
                level,
                input.stats.input() + ": " + rejected + (rejected == 1 ? " line" : " lines") + " rejected, " + accepted
                        + " accepted; the last one " + sentence(input.explainer, last)));
    }

    /** What {@code explain} says of the line, of which only the beginning is kept. */
    private static String sentence(LineExplainer explainer, InputStats.Reject reject) {
        String place = "(" + reject.reason().label() + ", column " + (reject.column() + 1) + "): ";
        boolean whole = reject.text().length == reject.lengthBytes();
        if (!whole && (reject.reason() == RejectReason.TOO_LONG || reject.column() >= reject.text().length)) {
            return place + "it has " + reject.lengthBytes() + " bytes";
        }
        Explanation explained = explainer.explain(reject.text());
        Explanation.Rejection why = explained.rejection();
        if (why == null) {
            return place + "it has " + reject.lengthBytes() + " bytes";
        }
        String advice = whole ? why.advice() : explainer.adviceOnBeginning(reject.text());
        return place + why.what() + (advice.isEmpty() ? "" : "; " + advice);
    }
}
