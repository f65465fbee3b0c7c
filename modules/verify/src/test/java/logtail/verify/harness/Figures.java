package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Figures of one run of a benchmark: printed, and with {@code -Dlogtail.docs.write=true} put in place of the last ones
 * of its name in {@code docs/benchmarks.md}, with the machine, the Java and the commit they are from.
 */
public final class Figures {
    private final String name;
    private final List<String> rows = new ArrayList<>();

    /**
     * @param name the mark in the page: {@code <!-- NAME -->} and {@code <!-- /NAME -->}
     */
    public Figures(String name) {
        this.name = name;
    }

    /** Adds a row. */
    public void add(String what, String format, Object... values) {
        String figure = String.format(Locale.ROOT, format, values);
        rows.add("| " + what + " | " + figure + " |");
        System.out.println(what + ": " + figure);
    }

    /** The one in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Puts the rows into the page, if that is asked for. */
    public void write() {
        if (!Boolean.getBoolean("logtail.docs.write")) {
            return;
        }
        Path file = Jar.root().resolve("docs/benchmarks.md");
        String begin = "<!-- " + name + " -->\n";
        try {
            String page = Files.readString(file);
            int from = page.indexOf(begin) + begin.length();
            int to = page.indexOf("<!-- /" + name + " -->");
            if (from < begin.length() || to < from) {
                throw new AssertionError(file + " has no place marked " + name);
            }
            String table = "| what | measured |\n|---|---|\n" + String.join("\n", rows) + "\n\n" + where() + "\n";
            Files.writeString(file, page.substring(0, from) + table + page.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String where() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown CPU");
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        String commit = Tools.run(List.of("git", "-C", Jar.root().toString(), "rev-parse", "--short", "HEAD"))
                .stdout()
                .trim();
        return "Measured with Java " + System.getProperty("java.version") + " on "
                + Runtime.getRuntime().availableProcessors() + " CPUs (" + cpu + ", load " + load + "), commit "
                + commit
                + ".";
    }
}
