package logtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Start, stop and exit codes, in processes of their own because they are about signals and ends. */
@Timeout(60)
class ServiceProcessTest {
    private static final String SAMPLE = SampleVerticle.class.getName();

    private final Path err;
    private final List<Process> started = new ArrayList<>();

    ServiceProcessTest(@TempDir Path dir) {
        this.err = dir.resolve("err");
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void service_announcesItselfAndStopsInOrderWithZero() throws Exception {
        Process process = start(SampleService.class, SAMPLE, "{\"stopMs\":50}");
        BufferedReader out = out(process);
        assertThat(out.readLine()).isEqualTo("listening grpc 127.0.0.1:9090 sample");
        assertThat(out.readLine()).isEqualTo("ready");

        terminate(process);

        assertThat(out.readLine()).matches("20[0-9T:.-]+Z INFO sample: stopping");
        assertThat(out.readLine()).endsWith("INFO sample: stopped");
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(err)).isEmpty();
    }

    @Test
    void service_thatDoesNotStopIsGivenUp() throws Exception {
        Process process = start(SampleService.class, SAMPLE, "{\"stopMs\":60000}");
        BufferedReader out = out(process);
        while (!"ready".equals(out.readLine())) {
            assertThat(process.isAlive()).isTrue();
        }
        long before = System.nanoTime();
        terminate(process);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before)).isLessThan(5_500);
        assertThat(Files.readString(err)).isEqualTo("sample: did not stop within 5 s, given up\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "logtail.cli.SampleVerticle|{\"start\":\"bind\"}|1|sample: cannot bind 127.0.0.1:9090: in use",
                "logtail.cli.SampleVerticle|{\"start\":\"conf\"}|2|sample configuration: bad",
                "logtail.cli.NoVerticle|{}|1|sample: java.lang.ClassNotFoundException: logtail.cli.NoVerticle",
            })
    void service_thatCannotStartSaysWhyInOneLine(String verticle, String config, int code, String line)
            throws Exception {
        Process process = start(SampleService.class, verticle, config);
        assertThat(process.waitFor()).isEqualTo(code);
        assertThat(Files.readString(err)).isEqualTo(line + "\n");
        assertThat(out(process).lines()).doesNotContain("ready");
    }

    @Test
    void run_startsAVerticleUnderTheLauncherAndStopsInOrder() throws Exception {
        Process process = start(Main.class, "run", SAMPLE, "-conf", "{\"stopMs\":50}", "-instances", "1");
        BufferedReader out = out(process);
        assertThat(out.readLine()).isEqualTo("listening grpc 127.0.0.1:9090 sample");
        assertThat(out.readLine()).isEqualTo("ready");

        terminate(process);

        assertThat(out.readLine()).endsWith("INFO sample: stopping");
        assertThat(out.readLine()).endsWith("INFO sample: stopped");
        assertThat(process.waitFor()).isEqualTo(143);
        assertThat(Files.readString(err)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"start\":\"bind\"}|1|logtail.cli.SampleVerticle: cannot bind 127.0.0.1:9090: in use",
                "{\"start\":\"conf\"}|2|sample configuration: bad",
            })
    void run_saysInOneLineWhyItCannotStart(String config, int code, String line) throws Exception {
        Process process = start(Main.class, "run", SAMPLE, "-conf", config);
        assertThat(process.waitFor()).isEqualTo(code);
        assertThat(Files.readString(err)).isEqualTo(line + "\n");
    }

    @Test
    void run_leavesItsOptionsToVertx() throws Exception {
        Process process = start(Main.class, "run", SAMPLE, "-conf", "{\"a\":1}", "-worker", "-virtual-thread");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(out(process).lines()).singleElement().asString().contains("Cannot choose the threading model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "run|run: name the verticle first: run VERTICLE -conf FILE [options of Vert.x]",
                "run -conf f|run: name the verticle first: run VERTICLE -conf FILE [options of Vert.x]",
                "run collector|run: -conf FILE is missing: run VERTICLE -conf FILE [options of Vert.x]",
                "run collector -conf /no/such.json|/no/such.json: no such file",
                "run collector -CONF={\"listne\":5}|-conf: unknown key \"listne\", did you mean \"listen\"?",
                "run logtail.frontend.FrontendVerticle --conf {\"n\":0}|-conf: \"n\": 0 is not a whole number from 1 to 50000",
                "run a.B -conf {\"n\":|-conf:1:6: the end comes too early, a } or ] or \" is missing",
                "run frontend -conf {\"n\":1} -cluster|run: -cluster: no cluster manager in this jar",
            })
    void run_stopsWhereTheLauncherWouldOnlyWarn(String words, String line) {
        Cli cli = Cli.run(words.split(" "));
        assertThat(cli.err()).isEqualTo(line + "\n");
        assertThat(cli.code()).isEqualTo(2);
    }

    private Process start(Class<?> main, String... args) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        words.addAll(List.of(args));
        Process process = new ProcessBuilder(words).redirectError(err.toFile()).start();
        started.add(process);
        return process;
    }

    /** SIGTERM; unlike {@code Process.destroy()} it leaves the output readable. */
    private static void terminate(Process process) {
        assertThat(process.toHandle().destroy()).isTrue();
    }

    private static BufferedReader out(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
