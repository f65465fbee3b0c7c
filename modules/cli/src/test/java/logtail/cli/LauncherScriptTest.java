package logtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script against a Java that prints what it is called with. */
class LauncherScriptTest {
    private static final String COMMON = "-XX:+UseSerialGC -Xss512k -Dfile.encoding=UTF-8 -XX:+ExitOnOutOfMemoryError";

    private final Path dir;

    LauncherScriptTest(@TempDir Path dir) throws IOException {
        this.dir = dir.toRealPath();
    }

    @BeforeEach
    void installTheScript() throws IOException {
        Path root = Path.of(System.getProperty("logtail.root", "../.."));
        Path script = dir.resolve("opt/bin/logtail");
        Files.createDirectories(script.getParent());
        Files.copy(root.resolve("modules/cli/src/main/scripts/logtail"), script);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createFile(dir.resolve("opt/logtail.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector", "frontend", "standalone", "demo", "run"})
    void service_hasABoundedHeap(String command) throws Exception {
        assertThat(run(java("17.0.15"), Map.of(), command, "-conf", "a b.json").out())
                .isEqualTo(COMMON + " -Xmx512m -jar " + dir + "/opt/logtail.jar " + command + " -conf a b.json\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topn", "trend", "stream", "targets", "check", "dump", "version", "--help"})
    void query_skipsTheSecondCompiler(String command) throws Exception {
        assertThat(run(java("17.0.15"), Map.of(), command).out())
                .isEqualTo(COMMON + " -XX:TieredStopAtLevel=1 -jar " + dir + "/opt/logtail.jar " + command + "\n");
    }

    @Test
    void scan_hasBothCompilersAndRoom() throws Exception {
        assertThat(run(java("17.0.15"), Map.of(), "scan", "x.log").out())
                .isEqualTo(COMMON + " -XX:MaxRAMPercentage=50 -jar " + dir + "/opt/logtail.jar scan x.log\n");
    }

    @Test
    void archiveOfClasses_isMadeOnceAndThenUsed() throws Exception {
        Path java = java("17.0.15");
        // Stands for a Java that writes its archive.
        Files.writeString(
                java.resolve("bin/java"),
                """
                #!/bin/sh
                for option; do
                  case $option in -XX:ArchiveClassesAtExit=*) echo made >"${option#*=}" ;; esac
                done
                echo "$@"
                """);
        assertThat(run(java, Map.of(), "topn").out()).doesNotContain("SharedArchiveFile");
        Path cache = dir.resolve("cache");
        for (int i = 0; i < 1000 && archives(cache).isEmpty(); i++) {
            LockSupport.parkNanos(10_000_000);
        }
        assertThat(archives(cache)).hasSize(1);
        assertThat(run(java, Map.of(), "topn").out())
                .contains(" -XX:SharedArchiveFile=" + archives(cache).get(0) + " -Xshare:auto ");
        assertThat(run(java, Map.of(), "collector").out()).doesNotContain("SharedArchiveFile");
        assertThat(run(java, Map.of("LOGTAIL_CACHE", ""), "topn").out()).doesNotContain("SharedArchiveFile");
    }

    private static List<Path> archives(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (var files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "21.0.1|",
                "22|--enable-native-access=ALL-UNNAMED",
                "24.0.2|--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow",
                "25-ea|--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow",
            })
    void newerJava_getsTheOptionsItKnows(String version, String options) throws Exception {
        String expected = options == null ? "" : options + " ";
        assertThat(run(java(version), Map.of(), "collector").out()).contains(" -Xmx512m " + expected + "-jar ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.2", "1.8.0_402"})
    void olderJava_isRefused(String version) throws Exception {
        Path java = java(version);
        Cli cli = run(java, Map.of(), "collector");
        assertThat(cli.err())
                .isEqualTo("logtail: Java 17 or newer is needed, " + java + "/bin/java is " + version + "\n");
        assertThat(cli.code()).isEqualTo(1);
    }

    @Test
    void ownOptions_comeLast() throws Exception {
        assertThat(run(java("17.0.15"), Map.of("LOGTAIL_JAVA_OPTS", "-Xmx1g -Da=b"), "collector")
                        .out())
                .contains(" -Xmx512m -Xmx1g -Da=b -jar ");
    }

    @Test
    void script_findsItsJarThroughLinks() throws Exception {
        Files.createDirectories(dir.resolve("usr/bin"));
        Files.createSymbolicLink(dir.resolve("usr/bin/lt"), Path.of("../../link"));
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("opt/bin/logtail"));
        Cli cli =
                start(dir.resolve("usr/bin/lt"), Map.of("JAVA_HOME", java("17").toString()), "version");
        assertThat(cli.out()).contains("-jar " + dir + "/opt/logtail.jar version");
    }

    @Test
    void withoutReleaseFile_javaItselfIsAsked() throws Exception {
        Path java = java("17.0.15");
        Files.delete(java.resolve("release"));
        assertThat(run(java, Map.of(), "version").out()).contains("-jar ");
    }

    @Test
    void javaOnThePath_isFoundThroughLinks() throws Exception {
        Path java = java("24");
        Files.createDirectories(dir.resolve("path"));
        Files.createSymbolicLink(dir.resolve("path/java"), java.resolve("bin/java"));
        String path = dir.resolve("path") + ":" + System.getenv("PATH");
        assertThat(start(dir.resolve("opt/bin/logtail"), Map.of("PATH", path), "version")
                        .out())
                .contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void missingJavaOrJar_isOneLine() throws Exception {
        assertThat(run(dir.resolve("nowhere"), Map.of(), "version").err())
                .isEqualTo("logtail: JAVA_HOME has no bin/java: " + dir + "/nowhere\n");
        Files.delete(dir.resolve("opt/logtail.jar"));
        assertThat(run(java("17"), Map.of(), "version").err())
                .isEqualTo("logtail: no such file: " + dir + "/opt/logtail.jar\n");
    }

    private Path java(String version) throws IOException {
        Path home = dir.resolve("jdk-" + version);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = home.resolve("bin/java");
        Files.writeString(
                java,
                "#!/bin/sh\n[ \"$1\" != -version ] || { echo 'openjdk version \"" + version + "\" x' >&2; exit; }\n"
                        + "echo \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    private Cli run(Path javaHome, Map<String, String> environment, String... args) throws Exception {
        var variables = new java.util.HashMap<>(environment);
        variables.put("JAVA_HOME", javaHome.toString());
        return start(dir.resolve("opt/bin/logtail"), variables, args);
    }

    private Cli start(Path script, Map<String, String> environment, String... args) throws Exception {
        var words = new java.util.ArrayList<>(List.of(script.toString()));
        words.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("LOGTAIL_JAVA_OPTS");
        builder.environment().put("LOGTAIL_CACHE", dir.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectError(dir.resolve("err").toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Cli(process.waitFor(), out, Files.readString(dir.resolve("err")));
    }
}
