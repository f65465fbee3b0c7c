package logtail.core.line;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a format makes of one line.
 *
 * @param format its name; that of the version for logtail's own
 * @param fields what was understood, in the order of the line
 * @param rejection why the line is rejected; null when it is accepted
 */
public record Explanation(String format, List<Field> fields, @Nullable Rejection rejection) {
    public Explanation {
        fields = List.copyOf(fields);
    }

    public boolean isAccepted() {
        return rejection == null;
    }

    /**
     * The value of one variable.
     *
     * @param column byte in the line, from 0
     * @param variable without the dollar sign
     * @param value as logged
     * @param countedAs dimensions and measures it feeds; empty when it is skipped
     * @param note what is wrong with it, though the request counts (D3); empty when nothing is
     */
    public record Field(int column, String variable, String value, List<String> countedAs, String note) {
        public Field {
            countedAs = List.copyOf(countedAs);
        }
    }

    /**
     * Where a line stops being of its format.
     *
     * @param column byte in the line, from 0
     * @param what what was expected there, and what was found
     * @param advice what the line seems to be instead; empty when nobody knows
     */
    public record Rejection(RejectReason reason, int column, String what, String advice) {}
}
