package logtail.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.core.line.DecoderOptions;
import logtail.core.store.LiveTable.Overflow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
    private static final Map<String, String> UDP = Map.of("logtail-port", "9514");

    private final Path dir;

    ConfigTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void collector_hasTheDefaultsOfTheTable() {
        CollectorConfig config = load(Program.COLLECTOR, UDP).collector();

        assertThat(config.listen()).isEqualTo(new HostPort("", 9090));
        assertThat(config.promListen()).contains(new HostPort("", 9100));
        assertThat(config.source()).isEqualTo("nginx1");
        assertThat(config.files().logs()).isEmpty();
        assertThat(config.files().scanInterval()).hasSeconds(10);
        assertThat(config.files().tail())
                .isEqualTo(new CollectorConfig.Tail(Duration.ofMillis(20), Duration.ofSeconds(10), Optional.empty()));
        assertThat(config.udp()).isEqualTo(new CollectorConfig.Udp(9514, "127.0.0.1", LogFormat.LOGTAIL));
        assertThat(config.decoder()).isEqualTo(DecoderOptions.defaults());
        assertThat(config.channel()).isEqualTo(new CollectorConfig.Channel(200_000, 64 << 20));
        assertThat(config.store()).isEqualTo(new CollectorConfig.Store(100_000, 32 << 20, Overflow.FOLD));
        assertThat(config.rings())
                .isEqualTo(new Rings(60, new Rings.Ring(60, 50_000, 6 << 20), new Rings.Ring(288, 5_000, 1 << 20)));
        assertThat(config.rings().coarseBucketSeconds()).isEqualTo(300);
        assertThat(config.liveInterval()).hasSeconds(5);
        assertThat(config.promSeries()).isEqualTo(250_000);
        assertThat(config.limits()).isEqualTo(new QueryLimits(64 << 20, 1 << 20, 2, 64, 8, 50_000, 1024));
    }

    @Test
    void frontend_hasTheDefaultsOfTheTable() {
        FrontendConfig config = load(Program.FRONTEND, Map.of()).frontend();

        assertThat(config)
                .isEqualTo(new FrontendConfig(
                        new HostPort("", 8080),
                        Optional.empty(),
                        Optional.of(new HostPort("localhost", 9091)),
                        25,
                        Duration.ofSeconds(30),
                        new FrontendConfig.Limits(64 << 20, 50_000, 1024)));
    }

    @Test
    void program_hasOnlyItsOwnServices() {
        assertThatThrownBy(() -> load(Program.FRONTEND, Map.of()).collector())
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> load(Program.COLLECTOR, UDP).frontend()).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void target_isTheCollectorOfTheSameProcessWhenNotGiven() {
        FrontendConfig unset = load(Program.STANDALONE, UDP).frontend();
        assertThat(unset.target()).isEmpty();
        assertThat(unset.withTarget(new HostPort("localhost", 1)).target()).contains(new HostPort("localhost", 1));
        assertThat(load(Program.STANDALONE, Map.of("logtail-port", "1", "frontend-target", "a:1"))
                        .frontend()
                        .target())
                .contains(new HostPort("a", 1));
        assertThatThrownBy(() -> load(Program.FRONTEND, Map.of("target", "")))
                .hasMessage("--target: is empty, give the address of a collector or an aggregator");
    }

    @ParameterizedTest
    @CsvSource({"COLLECTOR", "STANDALONE"})
    void collector_needsSomethingToRead(Program program) {
        assertThatThrownBy(() -> load(program, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(program.id() + ": nothing to read, give log files");
        assertThatThrownBy(() -> Config.load(program, sources(Map.of("logs", " , "), "{}")))
                .hasMessageStartingWith("-conf: nothing to read");
        load(program, Map.of("logs", "/var/log/nginx/*.log"));
    }

    @Test
    void demo_bringsItsOwnTraffic() {
        assertThat(load(Program.DEMO, Map.of()).collector().files().logs()).isEmpty();
    }

    @Test
    void logsFile_addsItsLinesToTheLogs() throws IOException {
        Path file = Files.writeString(dir.resolve("logs"), "# mine\n /b/*.log \r\n\n/c,d.log\n");
        CollectorConfig config = load(Program.COLLECTOR, Map.of("logs", "/a.log", "logs-file", file.toString()))
                .collector();
        assertThat(config.files().logs())
                .containsExactly(
                        FollowedLog.ofLogtail("/a.log"),
                        FollowedLog.ofLogtail("/b/*.log"),
                        FollowedLog.ofLogtail("/c,d.log"));
    }

    @Test
    void formats_areLookedUpInTheNginxConfigurationAndItsIncludes() throws IOException {
        Files.createDirectories(dir.resolve("conf.d"));
        Files.writeString(dir.resolve("conf.d/b.conf"), "log_format timed '$remote_addr $status $request_time';");
        Files.writeString(dir.resolve("conf.d/a.conf"), "# nothing");
        Path conf = Files.writeString(
                dir.resolve("nginx.conf"),
                "http { include conf.d/*.conf; include none/*.conf; log_format main '$host'; log_format logtail 'v2\\t$host'; }");
        Map<String, String> flags = Map.of("logs", "/a", "nginx-conf", conf.toString());
        LogFormat timed = load(Program.COLLECTOR, with(flags, "log-format", "timed"))
                .collector()
                .files()
                .logs()
                .get(0)
                .format();
        assertThat(timed.text()).isEqualTo("$remote_addr $status $request_time");
        assertThat(load(Program.COLLECTOR, with(flags, "log-format", "main"))
                        .collector()
                        .udp()
                        .format()
                        .text())
                .isEqualTo("$host");
        assertThat(load(Program.COLLECTOR, with(flags, "log-format", "combined"))
                        .collector()
                        .udp()
                        .format())
                .isEqualTo(KnownFormats.COMBINED);
        assertThat(load(Program.COLLECTOR, flags).collector().udp().format()).isEqualTo(LogFormat.LOGTAIL);
        assertThatThrownBy(() -> load(Program.COLLECTOR, with(flags, "log-format", "timd")))
                .hasMessage("--log-format: \"timd\" is no known format and no log_format of nginxConf, did you mean"
                        + " \"timed\"?");
    }

    @Test
    void formatThatNobodyKnows_saysWhatElseThereIs() {
        assertThatThrownBy(() -> load(Program.COLLECTOR, Map.of("logs", "/a", "log-format", "combind")))
                .hasMessage("--log-format: \"combind\" is no known format and there is no nginxConf, did you mean"
                        + " \"combined\"?");
        assertThatThrownBy(() ->
                        load(Program.COLLECTOR, Map.of("logs", "/a", "log-format", "x", "nginx-conf", "/no/such")))
                .hasMessage("--nginx-conf: /no/such: no such file");
    }

    private static Map<String, String> with(Map<String, String> flags, String flag, String value) {
        Map<String, String> more = new HashMap<>(flags);
        more.put(flag, value);
        return more;
    }

    @Test
    void logsFile_errorsNameTheFileAndTheLine() throws IOException {
        assertThatThrownBy(() -> load(Program.COLLECTOR, Map.of("logs-file", "/no/such")))
                .hasMessage("--logs-file: /no/such: no such file");
        Path bad = Files.writeString(dir.resolve("logs"), "/a\n/b[\n");
        assertThatThrownBy(() -> load(Program.COLLECTOR, Map.of("logs-file", bad.toString())))
                .hasMessageStartingWith("--logs-file: " + bad + ":2: \"/b[\" is not a glob");
        Path empty = Files.writeString(dir.resolve("logs"), "# nothing\n");
        assertThatThrownBy(() -> load(Program.COLLECTOR, Map.of("logs-file", empty.toString())))
                .hasMessageContaining("nothing to read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "limits-line-bytes|1KiB|--limits-line-bytes: limits.fieldBytes (8192) must not be above limits.lineBytes (1KiB)",
                "store-key-bytes|16KiB|--store-key-bytes: 4 x limits.fieldBytes (8192) must not be above store.keyBytes (16KiB)",
                "rings-coarse-key-bytes|4KiB"
                        + "|--rings-coarse-key-bytes: 4 x limits.fieldBytes (8192) must not be above rings.coarse.keyBytes (4KiB)",
                "prom-listen|:9090|--prom-listen: \":9090\" is the port of listen too",
                "listen|127.0.0.1:9100|--listen: \"127.0.0.1:9100\" is the port of promListen too",
            })
    void values_mustFitEachOther(String flag, String text, String line) {
        assertThatThrownBy(() -> load(Program.COLLECTOR, Map.of("logtail-port", "9514", flag, text)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(line);
    }

    @Test
    void values_thatFitAreAccepted() {
        load(Program.COLLECTOR, Map.of("logs", "/a", "rings-fine-top", "200000"));
        load(Program.COLLECTOR, Map.of("logs", "/a", "prom-listen", ":0", "listen", ":0"));
        load(Program.COLLECTOR, Map.of("logs", "/a", "prom-listen", "127.0.0.1:1", "listen", "127.0.0.2:1"));
        load(Program.COLLECTOR, Map.of("logs", "/a", "limits-field-bytes", "1KiB", "store-key-bytes", "4KiB"));
    }

    @Test
    void standalone_cannotListenTwiceOnOnePort() {
        assertThatThrownBy(() -> load(Program.STANDALONE, Map.of("logs", "/a", "frontend-listen", ":9090")))
                .hasMessage("--frontend-listen: \":9090\" is the port of collector.listen too");
    }

    @Test
    void page_cannotShowMoreRowsThanAnAnswerHas() {
        assertThatThrownBy(() -> load(Program.FRONTEND, Map.of("limits-n", "10")))
                .hasMessage("--limits-n: n (25) must not be above limits.n (10)");
    }

    @ParameterizedTest
    @CsvSource({"COLLECTOR", "FRONTEND", "STANDALONE"})
    void verticle_refusesAnEmptyConfiguration(Program program) {
        String line = program.id() + ": the configuration is empty, give one with -conf FILE";
        assertThatThrownBy(() -> Config.ofVerticle(program, new JsonObject(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(line);
        assertThatThrownBy(() -> Config.ofVerticle(program, null, Map.of())).hasMessage(line);
    }

    @Test
    void verticle_readsAFileAndTheEnvironment() {
        JsonObject file = new JsonObject("{\"logs\":[\"/a\"],\"listen\":\":1\",\"source\":\"x\"}");
        CollectorConfig config = Config.ofVerticle(Program.COLLECTOR, file, Map.of("COLLECTOR_LISTEN", ":2"))
                .collector();
        assertThat(config.listen()).isEqualTo(new HostPort("", 2));
        assertThat(config.source()).isEqualTo("x");
        assertThatThrownBy(() -> Config.ofVerticle(Program.COLLECTOR, new JsonObject("{\"listne\":5}"), Map.of()))
                .hasMessage("collector configuration: unknown key \"listne\", did you mean \"listen\"?");
        assertThatThrownBy(() -> Config.ofVerticle(Program.COLLECTOR, new JsonObject("{\"listen\":\":1\"}"), Map.of()))
                .hasMessageStartingWith("collector configuration: nothing to read");
    }

    @ParameterizedTest
    @CsvSource({"COLLECTOR", "FRONTEND", "STANDALONE", "DEMO"})
    void effectiveConfiguration_survivesTheDeploymentOptions(Program program) {
        String inline = program.isSectioned() ? "{\"collector\":" + COLLECTOR_JSON + "}" : COLLECTOR_JSON;
        boolean collects = program.sections().contains(Section.COLLECTOR);
        Config config = Config.load(program, sources(Map.of(), collects ? inline : "{\"n\":7,\"refresh\":\"0s\"}"));

        JsonObject deployed = new JsonObject(config.toJson().encode());
        // A flag has already won over these.
        Map<String, String> environment = Map.of("COLLECTOR_LISTEN", ":1", "FRONTEND_LISTEN", ":1");
        Config back = Config.ofVerticle(program == Program.DEMO ? Program.STANDALONE : program, deployed, environment);

        assertThat(back.program()).isEqualTo(program);
        assertThat(back.toJson()).isEqualTo(deployed);
        if (collects) {
            assertThat(back.collector()).isEqualTo(config.collector());
            assertThat(Config.ofVerticle(Program.COLLECTOR, config.toJson(Section.COLLECTOR), environment)
                            .collector())
                    .isEqualTo(config.collector());
        }
        if (program.sections().contains(Section.FRONTEND)) {
            assertThat(back.frontend()).isEqualTo(config.frontend());
        }
    }

    private static final String COLLECTOR_JSON =
            """
            {"logs":["/a/*.log",{"glob":"/b","format":"logtail"}],"promListen":"","source":"s","v4prefix":16,
             "tail":{"poll":"1500ms","state":"/var/lib/logtail"},"store":{"overflow":"drop","keyBytes":1000000},
             "rings":{"fine":{"bucket":"120s","top":10}},"live":{"interval":0}}""";

    @Test
    void demoCollector_isDeployedWithoutInput() {
        Config demo = load(Program.DEMO, Map.of());
        assertThat(Config.ofVerticle(Program.COLLECTOR, demo.toJson(Section.COLLECTOR), Map.of())
                        .collector())
                .isEqualTo(demo.collector());
    }

    private static Config load(Program program, Map<String, String> flags) {
        return Config.load(program, sources(flags, null));
    }

    private static Sources sources(Map<String, String> flags, @Nullable String conf) {
        return new Sources(flags, Map.of(), conf == null ? null : ConfigFile.read(conf), () -> "nginx1");
    }
}
