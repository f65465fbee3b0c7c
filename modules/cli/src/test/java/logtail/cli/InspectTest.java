package logtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InspectTest {
    private static final Path ROOT = Path.of(System.getProperty("logtail.root", "../.."));
    private static final boolean WRITE = Boolean.getBoolean("logtail.docs.write");

    static Stream<Path> shippedFiles() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("conf"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    /** A file is named for its program, and what it shows behind a dash; one of sections needs no name. */
    private static String[] args(String command, Path file, String... more) {
        String program = file.getFileName().toString().replaceFirst("(-[a-z]+)?\\.json", "");
        List<String> named = program.equals("standalone") ? List.of(command) : List.of(command, program);
        return Stream.of(named, List.of("-conf", file.toString()), List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("shippedFiles")
    void shippedFile_isValid(Path file) {
        Cli cli = Cli.run(args("check", file));
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).isEqualTo(file + ": ok\n");
        assertThat(cli.code()).isZero();
    }

    @ParameterizedTest
    @MethodSource("shippedFiles")
    void shippedFile_hasTheEffectiveConfigurationThatWasReviewed(Path file) throws IOException {
        Cli cli = Cli.run(args("dump", file, "--json"));
        assertThat(cli.err()).isEmpty();
        String dump = cli.out().replace(file.toString(), "conf/" + file.getFileName());
        Path golden = ROOT.resolve("modules/cli/src/test/resources/logtail/cli").resolve("dump-" + file.getFileName());
        if (WRITE) {
            Files.writeString(golden, dump);
        }
        assertThat(dump)
                .as("rewrite %s with -Dlogtail.docs.write=true", golden.getFileName())
                .isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "check frontend|{\"listne\":\":1\"}|-conf: unknown key \"listne\", did you mean \"listen\"?",
                "check collector|{\"listen\":\":1\"}|-conf: nothing to read, give log files",
                "check|{\"logs\":[\"/a\"]}|check: name the program: check PROGRAM -conf FILE, -conf has no sections",
                "check colector|{\"logs\":[\"/a\"]}|check: unknown program \"colector\", did you mean \"collector\"?",
                "check collector frontend|{}|check: unexpected argument \"frontend\"",
                "dump|{}|dump: name the program: dump PROGRAM -conf FILE, -conf has no sections",
                "check collector|{\"n\":1|-conf:1:7: the end comes too early",
                "check collector|nosuchfile|nosuchfile: no such file",
            })
    void badConfiguration_isOneLineAndExitCodeTwo(String words, String conf, String line) {
        String[] args = Stream.concat(Stream.of(words.split(" ")), Stream.of("-conf", conf))
                .toArray(String[]::new);
        Cli cli = Cli.run(args);
        assertThat(cli.err()).startsWith(line).hasLineCount(1);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.code()).isEqualTo(2);
    }

    @Test
    void check_needsAFile() {
        assertThat(Cli.run("check", "collector").err()).isEqualTo("check: -conf FILE is missing\n");
        assertThat(Cli.run("check").err()).isEqualTo("check: name the program: check PROGRAM -conf FILE\n");
    }

    @Test
    void check_seesFlagsAndEnvironmentLikeTheProgram() {
        assertThat(Cli.run("check", "-conf", "{}", "collector", "--logs", "/a").out())
                .isEqualTo("-conf: ok\n");
        assertThat(Cli.run(Map.of("COLLECTOR_LOGS", "/a"), "check", "collector", "-conf={}")
                        .code())
                .isZero();
        assertThat(Cli.run(Map.of("COLLECTOR_N", "/a"), "check", "frontend", "--conf", "{}")
                        .code())
                .isZero();
    }

    @Test
    void check_takesAFileOfSectionsWithoutAProgram() {
        String sections = "{\"collector\":{\"logs\":\"/a\"},\"frontend\":{\"n\":5}}";
        assertThat(Cli.run("check", "-conf", sections).out()).isEqualTo("-conf: ok\n");
        assertThat(Cli.run("check", "demo", "-conf", sections).out()).isEqualTo("-conf: ok\n");
        assertThat(Cli.run("check", "collector", "-conf", sections).err()).hasLineCount(1);
    }

    @Test
    void dump_namesTheOriginOfEveryValue() {
        Cli cli = Cli.run(
                Map.of("COLLECTOR_LISTEN", ":2", "COLLECTOR_SERVICE_HOST", "10.0.0.1", "HOME", "/"),
                "dump",
                "collector",
                "-conf",
                "{\"v4prefix\":16,\"promListen\":\"\"}",
                "-source=s");
        assertThat(cli.code()).isZero();
        assertThat(cli.out().lines())
                .contains("ignored: environment COLLECTOR_SERVICE_HOST")
                .anyMatch(line -> line.matches("listen +:2 +environment COLLECTOR_LISTEN"))
                .anyMatch(line -> line.matches("v4prefix +16 +-conf"))
                .anyMatch(line -> line.matches("promListen +\"\" +-conf"))
                .anyMatch(line -> line.matches("source +s +flag --source"))
                .anyMatch(line -> line.matches("v6prefix +48 +default"))
                .noneMatch(line -> line.contains("HOME"));
        List<Integer> valueColumns = cli.out()
                .lines()
                .filter(line -> line.endsWith("default"))
                .map(line -> line.indexOf("default"))
                .distinct()
                .toList();
        assertThat(valueColumns).hasSize(1);
    }

    @Test
    void dump_isJsonToo() {
        Cli cli = Cli.run(Map.of("FRONTEND_X", "1"), "dump", "frontend", "--json", "-n=7");
        JsonObject json = new JsonObject(cli.out());
        assertThat(json.getString("program")).isEqualTo("frontend");
        assertThat(json.getJsonObject("settings").getJsonObject("n"))
                .isEqualTo(new JsonObject().put("value", 7).put("origin", "flag --n"));
        assertThat(json.getJsonArray("ignored_environment")).containsExactly("FRONTEND_X");
        assertThat(Cli.run("dump", "--json", "frontend").code()).isZero();
    }

    @Test
    void dump_worksBeforeThereIsAnythingToRead() {
        assertThat(Cli.run("dump", "collector").code()).isZero();
    }

    @Test
    void unreadableFile_isOneLine(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("c.json"), "{}");
        assumeThat(file.toFile().setReadable(false)).isTrue();
        assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
        assertThat(Cli.run("check", "frontend", "-conf", file.toString()).err())
                .isEqualTo(file + ": permission denied\n");
    }
}
