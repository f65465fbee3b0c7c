package logtail.cli.query;

import java.util.List;
import java.util.Optional;
import logtail.core.query.TopNAnswer;
import picocli.CommandLine.Model.OptionSpec;

/** The flag {@code --fail-if} of a command, and whether an answer met it. */
final class FailIfFlag {
    /** What rankings can be asked about. */
    static final List<String> RANKING = List.of("count", "at_most", "total", "unknown");

    private final Flags flags;
    private final OptionSpec option;
    private final List<String> fields;
    private Optional<FailIf> condition = Optional.empty();
    private boolean met;

    FailIfFlag(Flags flags, List<String> fields) {
        this.flags = flags;
        this.fields = fields;
        this.option = flags.value(
                "--fail-if",
                "CONDITION",
                "Exit with 4 when it holds for any row, such as count>10000; of " + String.join(", ", fields) + ".");
    }

    /** Reads the flag. */
    void prepare() {
        if (!Flags.isGiven(option)) {
            return;
        }
        String text = Flags.text(option, "");
        condition = FailIf.of(text, fields);
        if (condition.isEmpty()) {
            throw flags.wrong(
                    option,
                    "\"" + text + "\" is not a condition such as count>10000, on one of " + String.join(", ", fields));
        }
    }

    void see(String field, long value) {
        met |= condition.isPresent() && condition.get().isMet(field, value);
    }

    void see(TopNAnswer answer) {
        see("total", answer.total());
        see("unknown", answer.unknown());
        for (TopNAnswer.Row row : answer.rows()) {
            see("count", row.count());
            see("at_most", row.atMost());
        }
    }

    /** Whether anything seen so far met the condition. */
    boolean isMet() {
        return met;
    }
}
