package logtail.verify.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expected answers that other programs (awk, sort, uniq) computed from the shared logs. */
public final class Answers {
    private final String folder;

    /**
     * @param folder in the shared test data, such as {@code data/access/expected_v2}
     */
    public Answers(String folder) {
        this.folder = folder;
    }

    /** A ranking: count by label, best first; a label of several fields keeps its TABs. */
    public Map<String, Long> ranking(String file) {
        Map<String, Long> ranking = new LinkedHashMap<>();
        for (String line : Shared.lines(folder + "/" + file + ".tsv")) {
            int tab = line.indexOf('\t');
            ranking.put(line.substring(tab + 1), Long.parseLong(line.substring(0, tab)));
        }
        return ranking;
    }

    /** A table, row by row. */
    public List<List<String>> table(String file) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Shared.lines(folder + "/" + file + ".tsv")) {
            rows.add(List.of(line.split("\t", -1)));
        }
        return rows;
    }

    /** A number, such as {@code accepted_count}. */
    public long number(String file) {
        return Shared.number(folder + "/" + file + ".txt");
    }
}
