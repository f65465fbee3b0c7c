package logtail.cli.query;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import logtail.core.text.Visible;

/**
 * Rows in columns, cut to the width of a terminal. Without a terminal nothing is cut and numbers have no separators, so
 * that other programs can read them.
 */
final class Table {
    private static final String GAP = "  ";
    private static final String CUT = "\u2026";

    private final OptionalInt columns;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * @param columns of the terminal; empty for none
     */
    Table(OptionalInt columns) {
        this.columns = columns;
    }

    /** Adds a row; every row has as many cells. Cells are visible text already. */
    Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** The fields of one label, visible, with tabs between them. */
    static String fields(List<String> labels) {
        return labels.stream().map(Visible::text).collect(Collectors.joining("\t"));
    }

    /** A number; on a terminal with blanks between thousands. */
    String number(long number) {
        return columns.isEmpty()
                ? Long.toString(number)
                : String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /**
     * Prints the rows.
     *
     * @param right how many columns, from the left, are aligned to the right
     */
    void print(PrintStream out, int right) {
        if (rows.isEmpty()) {
            return;
        }
        int[] widths = widths();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                String padding = " ".repeat(widths[c] - length(row[c]));
                boolean last = c == row.length - 1;
                line.append(c == 0 ? "" : GAP).append(c < right ? padding : "").append(row[c]);
                // What ends a line may end in blanks itself, and gets no more of them.
                line.append(c < right || last ? "" : padding);
            }
            out.println(cut(line.toString()));
        }
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], length(row[c]));
            }
        }
        return widths;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private String cut(String line) {
        if (columns.isEmpty() || length(line) <= columns.getAsInt()) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, columns.getAsInt() - 1)) + CUT;
    }
}
