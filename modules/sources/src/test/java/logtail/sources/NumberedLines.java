package logtail.sources;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.LineDecoder;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/** The oracle of every test here: lines with a number each, and how often each number was counted. */
public final class NumberedLines {
    private static final Pattern NUMBER = Pattern.compile("\t/n/(\\d+)\t");

    private final Map<Integer, Integer> seen = new HashMap<>();
    private long records;

    /** A valid line, without its end. */
    public static String line(int number) {
        return "v2\twww.example.org\t192.0.2.1\tGET\t/n/" + number
                + "\t200\t1234\t567\t0.001\t-\t-\t0\t64496\tdirect\t192.0.2.80\thttps";
    }

    /** Valid lines [from, to), each with its LF. */
    public static String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int n = from; n < to; n++) {
            text.append(line(n)).append('\n');
        }
        return text.toString();
    }

    public static Supplier<LineDecoder> decoder(DecoderOptions options) {
        return () -> new LogtailDecoder(new TupleLayout(Schema.LOGTAIL), new KeyHash(1, 2), options);
    }

    /** Counts what is in a batch, as a store would. */
    public synchronized void count(Batch batch) {
        records += batch.records();
        Matcher numbers = NUMBER.matcher(new String(batch.raw(), 0, batch.rawLength(), ISO_8859_1));
        while (numbers.find()) {
            seen.merge(Integer.parseInt(numbers.group(1)), 1, Integer::sum);
        }
    }

    /** Records counted. */
    public synchronized long records() {
        return records;
    }

    /** The numbers that were counted, with how often. */
    public synchronized Map<Integer, Integer> counts() {
        return new TreeMap<>(seen);
    }

    /** What is wrong, if every number in [from, to) was to be counted once and nothing else. */
    public synchronized List<String> wrong(int from, int to) {
        List<String> wrong = new ArrayList<>();
        for (int n = from; n < to; n++) {
            int times = seen.getOrDefault(n, 0);
            if (times != 1) {
                wrong.add(n + " counted " + times + " times");
            }
        }
        seen.keySet().stream().filter(n -> n < from || n >= to).forEach(n -> wrong.add(n + " was never written"));
        if (wrong.isEmpty() && records != to - from) {
            wrong.add(records + " records instead of " + (to - from));
        }
        return wrong.size() <= 20 ? wrong : wrong.subList(0, 20);
    }

    /** Numbers in [from, to) that were not counted at all. */
    public synchronized List<Integer> missing(int from, int to) {
        List<Integer> missing = new ArrayList<>();
        for (int n = from; n < to; n++) {
            if (!seen.containsKey(n)) {
                missing.add(n);
            }
        }
        return missing;
    }
}
