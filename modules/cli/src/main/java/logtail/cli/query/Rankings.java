package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import logtail.core.query.TopNAnswer;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.text.Nearest;
import picocli.CommandLine.Model.OptionSpec;

/** Rankings as tables, JSON and CSV, the same whoever made them. */
final class Rankings {
    private static final Schema SCHEMA = Schema.LOGTAIL;
    private static final String TUPLE = "tuple";

    private Rankings() {}

    /** What can be ranked. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        SCHEMA.dimensions().forEach(dimension -> names.add(dimension.name()));
        names.add(TUPLE);
        return names;
    }

    /** The dimensions of a group-by list. */
    static List<Dimension> groups(Flags flags, OptionSpec groupBy, String list) {
        List<Dimension> groups = new ArrayList<>();
        for (String given : list.split(",", -1)) {
            String name = given.strip();
            if (name.equals(TUPLE)) {
                groups.addAll(SCHEMA.dimensions());
            } else {
                groups.add(SCHEMA.named(name.replace('-', '_'))
                        .orElseThrow(() -> flags.wrong(
                                groupBy,
                                "\"" + name + "\" is not known"
                                        + Nearest.hint(name, names(), known -> "\"" + known + "\""))));
            }
        }
        return groups;
    }

    /**
     * Prints the rows.
     *
     * @param columns of the terminal; empty for none
     * @param bounded whether total and bounds are known
     */
    static void print(PrintStream out, OptionalInt columns, TopNAnswer answer, boolean bounded) {
        Table table = new Table(columns);
        boolean bounds = bounded && !answer.exact();
        for (TopNAnswer.Row row : answer.rows()) {
            List<String> cells = new ArrayList<>(4);
            cells.add(table.number(row.count()));
            if (bounds) {
                cells.add("<=" + table.number(row.atMost()));
            }
            if (bounded) {
                cells.add(percent(row.count(), answer.total()));
            }
            cells.add(Table.fields(row.labels()));
            table.row(cells.toArray(String[]::new));
        }
        table.print(out, bounds ? 3 : 2);
    }

    private static String percent(long count, long total) {
        return total == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * count / total);
    }

    /** Writes {@code "group_by": [...]}. */
    static void writeGroups(JsonGenerator json, List<Dimension> groupBy) throws IOException {
        json.writeArrayFieldStart("group_by");
        for (Dimension dimension : groupBy) {
            json.writeString(dimension.name());
        }
        json.writeEndArray();
    }

    /** Writes {@code "entries": [...]}. */
    static void writeEntries(JsonGenerator json, TopNAnswer answer, boolean bounded) throws IOException {
        json.writeArrayFieldStart("entries");
        for (TopNAnswer.Row row : answer.rows()) {
            json.writeStartObject();
            json.writeStringField("label", String.join("\t", row.labels()));
            json.writeNumberField("count", row.count());
            if (bounded) {
                json.writeNumberField("at_most", row.atMost());
            } else {
                json.writeNullField("at_most");
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The first row of a CSV: what is grouped by, then the numbers. */
    static List<String> csvHeader(List<Dimension> groupBy) {
        List<String> header = new ArrayList<>();
        groupBy.forEach(dimension -> header.add(dimension.name()));
        header.add("count");
        header.add("at_most");
        return header;
    }

    /** A row of a CSV; a bound that nobody knows is empty. */
    static List<String> csvRow(TopNAnswer.Row row, boolean bounded) {
        List<String> cells = new ArrayList<>(row.labels());
        cells.add(Long.toString(row.count()));
        cells.add(bounded ? Long.toString(row.atMost()) : "");
        return cells;
    }
}
