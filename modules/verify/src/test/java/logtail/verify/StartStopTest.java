package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Launch;
import logtail.verify.harness.Listening;
import logtail.verify.harness.LogtailProcess;
import logtail.verify.harness.NeedsJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How programs start, by each way there is, and how they end. */
@NeedsJar
class StartStopTest {
    private static final int BY_SIGTERM = 143;

    private final Path folder;

    StartStopTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void collectorWithoutInputIsAUsageError() {
        Launch.Finished finished = Launch.of("collector", "--listen", "127.0.0.1:0", "--prom-listen", "")
                .run();

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.stderr()).hasSize(1);
        assertThat(finished.stderr().get(0)).contains("logs").contains("logtail");
    }

    @Test
    void aggregatorWithoutCollectorsIsAUsageError() {
        Launch.Finished finished =
                Launch.of("aggregator", "--listen", "127.0.0.1:0").run();

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.stderr()).hasSize(1);
    }

    @Test
    void portInUseIsOneLineAndExitCodeOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            Launch.Finished finished = Collector.launch("--logs", folder + "/*.log", "--listen", address)
                    .run();

            assertThat(finished.exitCode()).isEqualTo(1);
            assertThat(finished.stderr()).hasSize(1);
            assertThat(finished.stderr().get(0)).contains(address);
            assertThat(finished.stdout()).doesNotContain("ready");
        }
    }

    @Test
    void everyAddressIsSaidAndThenReady() {
        try (Collector collector = Collector.start("--logs", folder + "/*.log")) {
            List<String> said = collector.process().stdout();

            assertThat(collector.process().listening())
                    .extracting(Listening::kind, Listening::host, Listening::program)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("grpc", "127.0.0.1", "collector"),
                            org.assertj.core.groups.Tuple.tuple("prometheus", "127.0.0.1", "collector"));
            int ready = said.indexOf("ready");
            assertThat(said.subList(ready, said.size())).noneMatch(line -> line.startsWith("listening "));
        }
    }

    @Test
    void sigtermEndsItInOrderWithinFiveSeconds() {
        try (Collector collector = Collector.start("--logs", folder + "/*.log")) {
            assertThat(terminated(collector.process())).isZero();
        }
    }

    private static int terminated(LogtailProcess process) {
        long start = System.nanoTime();
        process.terminate();
        int exitCode = process.awaitExit(Duration.ofSeconds(20)).exitCode();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
        return exitCode;
    }

    /** FR-8.1. */
    @Test
    void emptyPromListenOpensNoSocket() throws IOException {
        try (Collector collector = Collector.start("--logs", folder + "/*.log", "--prom-listen", "")) {
            assertThat(collector.process().listening())
                    .extracting(Listening::kind)
                    .containsExactly("grpc");
            assertThat(listeningSockets(collector.process())).hasSize(1);
        }
    }

    /** The listening TCP sockets that a process holds. */
    private static List<String> listeningSockets(LogtailProcess process) throws IOException {
        List<String> open = process.openFiles();
        Stream<String> sockets = Stream.empty();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                sockets = Stream.concat(sockets, Files.readAllLines(Path.of(table)).stream());
            }
        }
        return sockets.map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields[3].equals("0A"))
                .map(fields -> fields[9])
                .filter(inode -> open.contains("socket:[" + inode + "]"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector", "logtail.collector.CollectorVerticle"})
    void runDeploysTheVerticle(String verticle) throws IOException {
        Path conf = collectorConf();
        try (LogtailProcess process =
                Launch.of("run", verticle, "-conf", conf.toString()).start()) {
            assertThat(process.port("grpc", "collector")).isPositive();
            assertThat(terminated(process)).isEqualTo(BY_SIGTERM);
        }
    }

    @Test
    void stockLauncherDeploysTheVerticle() throws IOException {
        Path conf = collectorConf();
        try (LogtailProcess process = Launch.byStockLauncher(
                        "logtail.collector.CollectorVerticle", "-conf", conf.toString())
                .start()) {
            assertThat(process.port("grpc", "collector")).isPositive();
            assertThat(terminated(process)).isEqualTo(BY_SIGTERM);
        }
    }

    /** D35: the stock launcher goes on without its file; the verticle must not. */
    @Test
    void verticleWithoutConfigurationRefusesToStart() {
        Launch.Finished none =
                Launch.byStockLauncher("logtail.collector.CollectorVerticle").run();
        assertThat(none.exitCode()).isNotZero();
        assertThat(none.stdout()).doesNotContain("ready");
        assertThat(none.everything()).contains("-conf");

        Launch.Finished missing = Launch.byStockLauncher(
                        "logtail.collector.CollectorVerticle", "-conf", folder + "/no-such-file.json")
                .run();
        assertThat(missing.exitCode()).isNotZero();
        assertThat(missing.stdout()).doesNotContain("ready");
    }

    private Path collectorConf() throws IOException {
        return Files.writeString(
                folder.resolve("collector.json"),
                """
                {"listen": "127.0.0.1:0", "promListen": "127.0.0.1:0", "logs": ["%s/*.log"],
                 "rings": {"fine": {"bucket": "1s"}}}
                """
                        .formatted(folder));
    }

    @Test
    void versionAndHelpAreNoFailures() {
        for (String command : List.of("version", "--version", "--help")) {
            Launch.Finished finished = Launch.of(command).run();
            assertThat(finished.exitCode()).as(command).isZero();
            assertThat(finished.stdout()).as(command).isNotEmpty();
            assertThat(finished.stderr()).as(command).isEmpty();
        }
    }

    @Test
    void noOrAnUnknownCommandIsAUsageError() {
        assertThat(Launch.of().run().exitCode()).isEqualTo(2);
        Launch.Finished unknown = Launch.of("colector").run();
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.everything()).contains("collector");
    }
}
