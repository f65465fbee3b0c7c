package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Figures;
import logtail.verify.harness.Jar;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands cost as whole processes: scanning a log on one core, against what people use today; and starting. */
@NeedsJar
@Tag("bench")
class ScanBenchTest {
    private static final int RUNS = 3;
    private static final int LINES = 5_000_000;

    /** The seven fields of a tuple, the query cut off, the client by its prefix; no more than 100 000 of them. */
    private static final String AWK =
            """
            function prefix(a, p,n,i,q) {
              if (index(a, ":") == 0) { split(a, p, "."); return p[1] "." p[2] "." p[3] ".0" }
              i = index(a, "::"); n = split(a, p, ":")
              if (i == 0 || n < 3) return p[1] ":" p[2] ":" p[3] "::"
              q = substr(a, 1, i - 1); n = split(q, p, ":")
              return p[1] ":" (n > 1 ? p[2] : "0") ":" (n > 2 ? p[3] : "0") "::"
            }
            { u = $5; i = index(u, "?"); if (i) u = substr(u, 1, i - 1)
              k = $2 "\\t" prefix($3) "\\t" u "\\t" $6 "\\t" $12 "\\t" $13 "\\t" $14
              if (k in c) c[k]++; else if (m < 100000) { m++; c[k] = 1 } }
            END { for (k in c) print c[k] "\\t" k }
            """;

    private final Path folder;

    ScanBenchTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void scanningOnOneCore() throws IOException {
        Tools.require("mawk", "taskset", "bash");
        Path log = folder.resolve("access.log");
        write(log);
        Path awk = Files.writeString(folder.resolve("tuple.awk"), AWK);
        Figures figures = new Figures("scan");
        for (int times : new int[] {1, 4}) {
            String files = (log + " ").repeat(times);
            double ours = cpuSeconds(launcher() + " scan --keys 100000 --group-by tuple " + files);
            double exact = cpuSeconds(launcher() + " scan --group-by tuple " + files);
            double mawk = cpuSeconds(Tools.path("mawk") + " -F '\\t' -f " + awk + " " + files);
            String lines = times * LINES / 1_000_000 + " million lines by tuple";
            figures.add(lines + ", at most 100 000 rows", "%.1f CPU seconds", ours);
            figures.add(lines + ", exact", "%.1f CPU seconds", exact);
            figures.add(lines + ", mawk", "%.1f CPU seconds, %.1f times as many", mawk, mawk / ours);
        }
        figures.write();
    }

    @Test
    void startingToAnAnswer() throws IOException {
        Path cache = folder.resolve("cache");
        try (Collector collector = Collector.start("--logs", folder + "/access.log")) {
            String topn = launcher() + " topn --target 127.0.0.1:" + collector.grpc();
            wallMs(topn);
            for (int i = 0; i < 600 && archives(cache).isEmpty(); i++) {
                LockSupport.parkNanos(100_000_000);
            }
            assertThat(archives(cache)).hasSize(1);
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                times.add(wallMs(topn));
            }
            Collections.sort(times);
            Figures figures = new Figures("start");
            figures.add(
                    "topn, from the shell to its answer, Java "
                            + Runtime.version().feature(),
                    "%.0f ms",
                    times.get(2));
            figures.write();
        }
    }

    private static List<Path> archives(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private String launcher() {
        return "LOGTAIL_CACHE=" + folder.resolve("cache") + " JAVA_HOME=" + System.getProperty("java.home") + " "
                + Jar.path().resolveSibling("bin").resolve("logtail");
    }

    /** Seven dimensions of traffic as it is: many clients, few of them busy, on some thousand paths. */
    private static void write(Path log) {
        Random random = new Random(7);
        int[] statuses = {200, 200, 200, 200, 304, 301, 404, 500};
        try (BufferedWriter out = Files.newBufferedWriter(log, StandardCharsets.US_ASCII)) {
            for (int i = 0; i < LINES; i++) {
                int client = zipf(random, 20_000);
                int path = zipf(random, 3_000);
                String address = client % 5 == 0
                        ? "2001:db8:" + Integer.toHexString(client) + "::" + Integer.toHexString(random.nextInt(4_000))
                        : 11 + client % 200 + "." + client / 200 + ".7." + random.nextInt(256);
                out.write("v2\twww" + path % 9 + ".example.org\t" + address + "\tGET\t/shop/item-" + path
                        + (path % 3 == 0 ? "?page=" + random.nextInt(50) : "") + '\t'
                        + statuses[(path + client) % statuses.length] + '\t' + (300 + random.nextInt(60_000)) + '\t'
                        + (200 + random.nextInt(900)) + "\t0." + (100 + random.nextInt(900)) + "\t0.0"
                        + (10 + random.nextInt(90)) + "\t200\t" + (client % 97 == 0 ? 1 : 0) + '\t'
                        + (64_496 + client % 700)
                        + "\tdirect\t192.0.2.80\thttps\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Low numbers far more often than high ones. */
    private static int zipf(Random random, int n) {
        return (int) (Math.pow(n, random.nextDouble()) - 1);
    }

    /** The median of three runs on one core, user and system time. */
    private double cpuSeconds(String command) {
        List<Double> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            String timed = "TIMEFORMAT='%U %S'; time taskset -c 0 env " + command + " > /dev/null";
            String[] words = Tools.run(List.of("bash", "-c", "{ " + timed + "; } 2>&1"))
                    .ok()
                    .stdout()
                    .strip()
                    .split("\\s+");
            runs.add(Double.parseDouble(words[words.length - 2]) + Double.parseDouble(words[words.length - 1]));
        }
        Collections.sort(runs);
        return runs.get(RUNS / 2);
    }

    private static double wallMs(String command) {
        long start = System.nanoTime();
        Tools.run(List.of("bash", "-c", command + " > /dev/null")).ok();
        return (System.nanoTime() - start) / 1e6;
    }
}
