package logtail.verify.harness;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines of one website that can be told apart: line i asks for {@code /n/<i / perPath>}. Remembers what it gave out, so
 * that a lost line and a line counted twice both show as a wrong count of their path.
 */
public final class Numbered {
    private final String website;
    private final int perPath;
    private final Map<String, Long> given = new TreeMap<>();
    private long next;

    /** One path per line. */
    public Numbered(String website) {
        this(website, 1);
    }

    /**
     * @param perPath lines per path; more than one keeps big tests below the number of rows that are never folded
     */
    public Numbered(String website, int perPath) {
        this.website = website;
        this.perPath = perPath;
    }

    /** What every line carries as host. */
    public String website() {
        return website;
    }

    /** The text of the next lines, each with its LF. */
    public synchronized String next(int lines) {
        StringBuilder text = new StringBuilder(lines * 110);
        for (int i = 0; i < lines; i++) {
            String path = String.format("/n/%06d", next++ / perPath);
            text.append(v2(website, path)).append('\n');
            given.merge(path, 1L, Long::sum);
        }
        return text.toString();
    }

    /** A v2 line without its LF: status 200, no upstream. */
    public static String v2(String website, String path) {
        return v2(website, "192.0.2.10", path, 200);
    }

    /** A v2 line without its LF. */
    public static String v2(String website, String address, String path, int status) {
        return "v2\t" + website + "\t" + address + "\tGET\t" + path + "\t" + status
                + "\t512\t77\t0.012\t-\t-\t0\t64496\tdirect\t198.51.100.1\thttps";
    }

    /** How many bytes a line has, LF included; all are equally long. */
    public int lineBytes() {
        return (v2(website, "/n/000000") + "\n").getBytes(StandardCharsets.UTF_8).length;
    }

    /** How often each path was given out. */
    public synchronized Map<String, Long> expected() {
        return new TreeMap<>(given);
    }

    /** How many lines were given out. */
    public synchronized long total() {
        return next;
    }
}
