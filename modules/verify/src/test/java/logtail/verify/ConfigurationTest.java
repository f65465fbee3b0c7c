package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import logtail.verify.harness.Jar;
import logtail.verify.harness.Launch;
import logtail.verify.harness.NeedsJar;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuration as an operator meets it: the shipped files, and what is said about a wrong one. */
@NeedsJar
class ConfigurationTest {
    private static final List<String> SECTIONS = List.of("collector", "frontend", "aggregator");

    private final Path folder;

    ConfigurationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @TestFactory
    Stream<DynamicTest> everyShippedFileIsValid() throws IOException {
        List<Path> files;
        try (Stream<Path> conf = Files.list(Jar.root().resolve("conf"))) {
            files = conf.filter(file -> file.toString().endsWith(".json")).toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Launch.Finished finished = Launch.of(check(file)).run();
                    assertThat(finished.exitCode()).as(finished.everything()).isZero();
                }));
    }

    /** The program is needed unless the file has program sections; then its name begins with it. */
    private static List<String> check(Path file) {
        List<String> command = new ArrayList<>(List.of("check"));
        if (!hasSections(file)) {
            command.add(file.getFileName().toString().split("[-.]")[0]);
        }
        command.addAll(List.of("-conf", file.toString()));
        return command;
    }

    private static boolean hasSections(Path file) {
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            return SECTIONS.stream().anyMatch(name -> json.getValue(name) instanceof JsonObject);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void misspeltKeyNamesFileKeyAndSuggestion() throws IOException {
        Path conf = Files.writeString(
                folder.resolve("typo.json"), "{\"promListn\": \":9100\", \"logs\": [\"/var/log/nginx/*.log\"]}");

        for (List<String> command : List.of(
                List.of("check", "collector", "-conf", conf.toString()),
                List.of("collector", "-conf", conf.toString()))) {
            Launch.Finished finished = Launch.of(command).run();

            assertThat(finished.exitCode()).isEqualTo(2);
            assertThat(finished.stderr()).hasSize(1);
            assertThat(finished.stderr().get(0))
                    .contains(conf.toString())
                    .contains("promListn")
                    .contains("promListen");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--prom-listn, :9100, --prom-listen",
        "--rings-fine-bucket, 1parsec, --rings-fine-bucket",
        "--rings-fine-bucket, 500ms, --rings-fine-bucket",
        "--rings-fine-bucket, 2h, --rings-fine-bucket",
        "--v4prefix, 33, --v4prefix",
        "--store-overflow, explode, --store-overflow",
        "--listen, 127.0.0.1:99999, --listen",
        "--logtail-port, -1, --logtail-port"
    })
    void badFlagIsOneLineThatNamesIt(String flag, String value, String named) {
        Launch.Finished finished =
                Launch.of("collector", "--logs", folder + "/*.log", flag, value).run();

        assertThat(finished.exitCode()).as(finished.everything()).isEqualTo(2);
        assertThat(finished.stderr()).hasSize(1);
        assertThat(finished.stderr().get(0)).contains(named);
    }

    @Test
    void badVariableIsOneLineThatNamesIt() {
        Launch.Finished finished = Launch.of("collector", "--logs", folder + "/*.log")
                .environment("COLLECTOR_PROM_LISTEN", "nowhere")
                .run();

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.stderr()).hasSize(1);
        assertThat(finished.stderr().get(0)).contains("COLLECTOR_PROM_LISTEN").contains("nowhere");
    }

    @Test
    void brokenJsonIsOneLineThatNamesTheFile() throws IOException {
        Path conf = Files.writeString(folder.resolve("broken.json"), "{\"logs\": [");

        Launch.Finished finished =
                Launch.of("collector", "-conf", conf.toString()).run();

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.stderr()).hasSize(1);
        assertThat(finished.stderr().get(0)).contains(conf.toString());
    }

    /** Flag before environment before file before default; a variable nobody knows is ignored and named. */
    @Test
    void dumpSaysEachValueAndWhereItCameFrom() throws IOException {
        Path conf = Files.writeString(
                folder.resolve("collector.json"),
                """
                {"logs": ["/srv/www/*.log"], "source": "from-file", "v4prefix": 20, "listen": "127.0.0.1:7001"}
                """);

        Launch.Finished finished = Launch.of(
                        "dump", "collector", "-conf", conf.toString(), "--listen", "127.0.0.1:7003")
                .environment("COLLECTOR_SOURCE", "from-environment")
                .environment("COLLECTOR_LISTEN", "127.0.0.1:7002")
                .environment("COLLECTOR_SERVICE_HOST", "10.0.0.1")
                .run();

        assertThat(finished.exitCode()).as(finished.everything()).isZero();
        assertThat(line(finished, "listen")).contains("127.0.0.1:7003").contains("--listen");
        assertThat(line(finished, "source")).contains("from-environment").contains("COLLECTOR_SOURCE");
        assertThat(line(finished, "v4prefix")).contains("20").contains(conf.toString());
        assertThat(line(finished, "v6prefix")).contains("48").contains("default");
        assertThat(finished.everything()).contains("COLLECTOR_SERVICE_HOST");
    }

    private static String line(Launch.Finished finished, String key) {
        return finished.stdout().stream()
                .filter(line -> line.matches("\\W*" + key + "\\W.*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of " + key + " in\n" + finished.everything()));
    }
}
