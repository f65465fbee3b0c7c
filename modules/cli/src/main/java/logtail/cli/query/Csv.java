package logtail.cli.query;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import logtail.core.text.Visible;

/** Rows as comma-separated values (RFC 4180), with LF; control characters are shown as {@code \xHH}. */
final class Csv {
    private final PrintStream out;

    Csv(PrintStream out) {
        this.out = out;
    }

    void row(List<String> cells) {
        out.print(cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n")));
    }

    private static String cell(String text) {
        String visible = Visible.text(text);
        boolean quoted = visible.indexOf(',') >= 0 || visible.indexOf('"') >= 0;
        return quoted ? '"' + visible.replace("\"", "\"\"") + '"' : visible;
    }
}
