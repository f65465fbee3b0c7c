package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import logtail.verify.bench.OneCore;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Figures;
import logtail.verify.harness.Jar;
import logtail.verify.harness.Measured;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Shared;
import logtail.verify.harness.Tools;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a line costs, in CPU seconds of whole processes over 20 million lines, beside programs that do the same or less.
 * Each figure is the median of rounds in which everyone runs once, on the same core.
 */
@NeedsJar
@Tag("bench")
class IngestBenchTest {
    private static final int LINES = 5_000_000;
    private static final int PASSES = 4;
    private static final int ROUNDS = 3;
    private static final String ONE = "1";
    private static final String TWO = "0,1";

    private static Path folder;
    private static Path real;
    private static Path flood;
    private static Path realFourTimes;
    private static Path tailgo;

    @BeforeAll
    static void build(@TempDir Path temporary) throws IOException {
        Tools.require("gcc", "go", "mawk", "taskset");
        Path memory = Path.of("/dev/shm");
        folder = Files.isWritable(memory) ? Files.createTempDirectory(memory, "ingest") : temporary;
        folder.toFile().deleteOnExit();
        Path gen = temporary.resolve("gen");
        Tools.run(List.of(
                        "gcc",
                        "-O2",
                        "-o",
                        gen.toString(),
                        Shared.file("bench/gen.c").toString(),
                        "-lm"))
                .ok();
        real = generated(gen, "real");
        flood = generated(gen, "adv");
        realFourTimes = folder.resolve("real-4");
        try (OutputStream out = Files.newOutputStream(realFourTimes)) {
            for (int i = 0; i < PASSES; i++) {
                try (InputStream in = Files.newInputStream(real)) {
                    in.transferTo(out);
                }
            }
        }
        tailgo = temporary.resolve("tailgo");
        Tools.run(
                        List.of(
                                "go",
                                "build",
                                "-o",
                                tailgo.toString(),
                                Shared.file("bench/tail.go").toString()),
                        Map.of(
                                "GO111MODULE",
                                "off",
                                "GOCACHE",
                                temporary.resolve("go").toString()))
                .ok();
    }

    private static Path generated(Path gen, String kind) {
        Path file = folder.resolve(kind);
        Tools.run(List.of(gen.toString(), kind, Integer.toString(LINES), file.toString()))
                .ok();
        file.toFile().deleteOnExit();
        return file;
    }

    private static Measured oneCore(Path file) {
        return Measured.run(
                ONE,
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        Jar.path() + ":" + Path.of("target/test-classes").toAbsolutePath(),
                        OneCore.class.getName(),
                        file.toString(),
                        Integer.toString(PASSES)));
    }

    @Test
    void oneCoreDoesEverything() {
        long lines = (long) LINES * PASSES;
        String mawkSum = Tools.run(List.of("mawk", "-F", "\t", "{s+=$7} END{printf \"%.0f\", s}", real.toString()))
                .ok()
                .stdout();
        double[] ours = new double[ROUNDS];
        double[] ourFlood = new double[ROUNDS];
        double[] go = new double[ROUNDS];
        double[] mawk = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Measured measured = oneCore(real);
            assertThat(measured.value("lines")).isEqualTo(Long.toString(lines));
            assertThat(Long.parseLong(measured.value("bytes"))).isEqualTo(PASSES * Long.parseLong(mawkSum));
            ours[round] = measured.cpuSeconds();
            ourFlood[round] = oneCore(flood).cpuSeconds();
            go[round] = Measured.run(ONE, List.of(tailgo.toString(), realFourTimes.toString(), "one"))
                    .cpuSeconds();
            mawk[round] = Measured.run(
                            ONE,
                            List.of(
                                    "mawk",
                                    "-F",
                                    "\t",
                                    "-f",
                                    Shared.file("bench/top_tuple.awk").toString(),
                                    realFourTimes.toString()))
                    .cpuSeconds();
        }
        double own = Figures.median(ours);
        Figures figures = new Figures("ingest-one");
        figures.add("one core, everything", "%.0f ns of CPU per line", own / lines * 1e9);
        figures.add("the stand-in in Go on the same core", "%.2f times ours", Figures.median(go) / own);
        figures.add("mawk, tuples only", "%.2f times ours", Figures.median(mawk) / own);
        figures.add("attack, every URI and prefix unique", "%.2f times normal traffic", Figures.median(ourFlood) / own);
        figures.write();
    }

    @Test
    void twoCoresThroughTheChannel() throws IOException {
        long lines = (long) LINES * PASSES;
        double[] ours = new double[ROUNDS];
        double[] one = new double[ROUNDS];
        double[] go = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = throughTheCollector(round, lines);
            one[round] = oneCore(real).wallSeconds();
            go[round] = Measured.run(TWO, List.of(tailgo.toString(), realFourTimes.toString(), "chan"))
                    .wallSeconds();
        }
        double own = Figures.median(ours);
        Figures figures = new Figures("ingest-two");
        figures.add("two cores, a collector that finds the file", "%.2f million lines/s", lines / own / 1e6);
        figures.add("our one core", "%.2f times as long", Figures.median(one) / own);
        figures.add("the stand-in in Go on two cores", "%.2f times as long", Figures.median(go) / own);
        figures.write();
    }

    /** Seconds from when a running collector can see the file to when all of it is counted. */
    private static double throughTheCollector(int round, long lines) throws IOException {
        Path watched = Files.createDirectory(folder.resolve("watched-" + round));
        try (Collector collector = Collector.start("--logs", watched + "/*.log", "--rings-fine-bucket", "60s")) {
            int port = collector.process().port("prometheus", "collector");
            Path log = Files.move(realFourTimes, watched.resolve("access.log"));
            long start = System.nanoTime();
            Await.until(
                    lines + " lines",
                    Duration.ofMinutes(5),
                    () -> Metrics.scrape(port).count("logtail_lines_total"),
                    now -> now == lines);
            double seconds = (System.nanoTime() - start) / 1e9;
            Files.move(log, realFourTimes);
            return seconds;
        }
    }
}
