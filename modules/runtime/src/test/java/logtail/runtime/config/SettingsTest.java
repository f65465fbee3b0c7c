package logtail.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    static Stream<Program.Slot> everySlot() {
        return Arrays.stream(Program.values()).flatMap(program -> program.slots().stream());
    }

    @ParameterizedTest
    @MethodSource("everySlot")
    void everyKey_isReachedByItsThreeSpellings(Program.Slot slot) {
        String text = slot.defaultText();
        assertThat(origin(slot, Map.of(slot.flag(), text), Map.of(), null))
                .isEqualTo(new Origin(Origin.Kind.FLAG, "--" + slot.flag()));
        assertThat(origin(slot, Map.of(), Map.of(slot.variable(), text), null))
                .isEqualTo(new Origin(Origin.Kind.ENVIRONMENT, slot.variable()));
        assertThat(origin(slot, Map.of(), Map.of(), nested(slot.path(), json(slot.key(), text))))
                .isEqualTo(new Origin(Origin.Kind.FILE, "f.json"));
        assertThat(origin(slot, Map.of(), Map.of(), null)).isEqualTo(Origin.DEFAULT);
    }

    private static <T> Object json(ConfigKey<T> key, String text) {
        return key.type().json(key.type().ofText(text));
    }

    @ParameterizedTest
    @EnumSource
    void everyProgram_spellsEachKeyInItsOwnWay(Program program) {
        Set<String> spellings = new HashSet<>();
        for (Program.Slot slot : program.slots()) {
            assertThat(spellings.add(slot.path())).as(slot.path()).isTrue();
            assertThat(spellings.add("--" + slot.flag())).as(slot.flag()).isTrue();
            assertThat(spellings.add("$" + slot.variable())).as(slot.variable()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "listen,listen,COLLECTOR_LISTEN",
        "promListen,prom-listen,COLLECTOR_PROM_LISTEN",
        "rings.fine.bucket,rings-fine-bucket,COLLECTOR_RINGS_FINE_BUCKET",
        "rings.fine.keyBytes,rings-fine-key-bytes,COLLECTOR_RINGS_FINE_KEY_BYTES",
        "logtailPort,logtail-port,COLLECTOR_LOGTAIL_PORT",
        "logtailBind,logtail-bind,COLLECTOR_LOGTAIL_BIND",
        "v4prefix,v4prefix,COLLECTOR_V4PREFIX",
        "v6prefix,v6prefix,COLLECTOR_V6PREFIX",
        "logsFile,logs-file,COLLECTOR_LOGS_FILE",
        "scanInterval,scan-interval,COLLECTOR_SCAN_INTERVAL",
    })
    void spellings_areThoseOfTheOriginal(String path, String flag, String variable) {
        assertThat(Program.COLLECTOR.slots())
                .filteredOn(slot -> slot.path().equals(path))
                .extracting(Program.Slot::flag, Program.Slot::variable)
                .containsExactly(tuple(flag, variable));
    }

    @Test
    void spellings_nameTheServiceWhereThereAreSeveral() {
        assertThat(Program.STANDALONE.slots())
                .filteredOn(slot -> slot.key() == ConfigKeys.LISTEN)
                .extracting(Program.Slot::path, Program.Slot::flag, Program.Slot::variable)
                .containsExactly(
                        tuple("collector.listen", "listen", "COLLECTOR_LISTEN"),
                        tuple("frontend.listen", "frontend-listen", "FRONTEND_LISTEN"));
    }

    @Test
    void theTable_listsEveryKeyOnce() throws IllegalAccessException {
        Set<Object> constants = new HashSet<>();
        for (var field : ConfigKeys.class.getDeclaredFields()) {
            if (field.getType() == ConfigKey.class) {
                constants.add(field.get(null));
            }
        }
        assertThat(ConfigKeys.ALL).doesNotHaveDuplicates();
        assertThat(new HashSet<Object>(ConfigKeys.ALL)).isEqualTo(constants);
        assertThat(ConfigKeys.ALL).extracting(ConfigKey::name).doesNotHaveDuplicates();
        assertThat(ConfigKeys.ALL).allSatisfy(key -> assertThat(key.about()).matches("[A-Z].*\\."));
        assertThat(ConfigKeys.ALL).allSatisfy(key -> assertThat(key.sections()).isNotEmpty());
    }

    @Test
    void flag_beatsEnvironmentBeatsFileBeatsDefault() {
        Map<String, String> flags = new HashMap<>(Map.of("n", "1"));
        Map<String, String> environment = new HashMap<>(Map.of("FRONTEND_N", "2"));
        JsonObject file = new JsonObject().put("n", 3);

        assertThat(n(flags, environment, file)).isEqualTo(1);
        flags.clear();
        assertThat(n(flags, environment, file)).isEqualTo(2);
        environment.clear();
        assertThat(n(flags, environment, file)).isEqualTo(3);
        file.remove("n");
        assertThat(n(flags, environment, file)).isEqualTo(25);
    }

    private static int n(Map<String, String> flags, Map<String, String> environment, @Nullable JsonObject file) {
        return resolve(Program.FRONTEND, flags, environment, file).get(Section.FRONTEND, ConfigKeys.N);
    }

    @Test
    void badValue_isAnErrorEvenWhereAnotherSourceWins() {
        assertThatThrownBy(() -> n(Map.of("n", "1"), Map.of(), new JsonObject().put("n", "x")))
                .hasMessage("f.json: \"n\": the text \"x\" is not a whole number from 1 to 50000");
        assertThatThrownBy(() -> n(Map.of("n", "1"), Map.of("FRONTEND_N", "x"), new JsonObject()))
                .hasMessage("FRONTEND_N: \"x\" is not a whole number from 1 to 50000");
    }

    @Test
    void emptyText_isAValue() {
        Settings settings = resolve(
                Program.COLLECTOR,
                Map.of(),
                Map.of("COLLECTOR_PROM_LISTEN", ""),
                new JsonObject().put("promListen", ":1"));
        assertThat(settings.get(Section.COLLECTOR, ConfigKeys.PROM_LISTEN)).isEmpty();
        assertThatThrownBy(() -> resolve(Program.COLLECTOR, Map.of("listen", ""), Map.of(), null))
                .hasMessageStartingWith("--listen: \"\" is not an address");
    }

    @Test
    void value_keepsTheTextItWasWrittenWith() {
        Settings settings = resolve(
                Program.COLLECTOR,
                Map.of("tail-poll", "1000ms"),
                Map.of(),
                new JsonObject(
                        "{\"channel\":{\"bytes\":2097152},\"logs\":[\"/a\",\"/b\"],\"rings\":{\"fine\":{\"bucket\":\"60s\"}}}"));
        assertThat(settings.setting(Section.COLLECTOR, ConfigKeys.TAIL_POLL).text())
                .isEqualTo("1000ms");
        assertThat(settings.setting(Section.COLLECTOR, ConfigKeys.CHANNEL_BYTES).text())
                .isEqualTo("2097152");
        assertThat(settings.setting(Section.COLLECTOR, ConfigKeys.LOGS).text()).isEqualTo("/a,/b");
        assertThat(settings.setting(Section.COLLECTOR, ConfigKeys.RINGS_FINE_BUCKET)
                        .text())
                .isEqualTo("60s");
    }

    @Test
    void hostName_isAskedOnlyWhenItIsNeeded() {
        Sources given = new Sources(Map.of("source", "s"), Map.of(), null, () -> {
            throw new AssertionError("asked");
        });
        assertThat(Settings.resolve(Program.COLLECTOR, given).get(Section.COLLECTOR, ConfigKeys.SOURCE))
                .isEqualTo("s");
        assertThat(resolve(Program.COLLECTOR, Map.of(), Map.of(), null).get(Section.COLLECTOR, ConfigKeys.SOURCE))
                .isEqualTo("nginx1");
    }

    @Test
    void unknownVariable_isIgnoredAndNamed() {
        Map<String, String> environment =
                Map.of("COLLECTOR_SERVICE_HOST", "10.0.0.1", "COLLECTOR_ARGS", "", "FRONTEND_X", "1", "PATH", "/bin");
        assertThat(resolve(Program.COLLECTOR, Map.of(), environment, null).ignoredVariables())
                .containsExactly("COLLECTOR_ARGS", "COLLECTOR_SERVICE_HOST");
        assertThat(resolve(Program.STANDALONE, Map.of(), environment, null).ignoredVariables())
                .containsExactly("COLLECTOR_ARGS", "COLLECTOR_SERVICE_HOST", "FRONTEND_X");
    }

    @Test
    void demo_hasMinutesOfOneSecond() {
        Settings demo = resolve(Program.DEMO, Map.of(), Map.of(), null);
        assertThat(demo.get(Section.COLLECTOR, ConfigKeys.RINGS_FINE_BUCKET)).hasSeconds(1);
        assertThat(demo.get(Section.COLLECTOR, ConfigKeys.STORE_KEYS)).isEqualTo(100_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "collector|{\"promLisen\":\":1\"}|f.json: unknown key \"promLisen\", did you mean \"promListen\"?",
                "collector|{\"rings\":{\"fine\":{\"buket\":\"60s\"}}}"
                        + "|f.json: unknown key \"rings.fine.buket\", did you mean \"rings.fine.bucket\"?",
                "collector|{\"ring\":{\"fine\":{}}}|f.json: unknown key \"ring\", did you mean \"rings\"?",
                "collector|{\"bucket\":\"60s\"}|f.json: unknown key \"bucket\", did you mean \"rings.fine.bucket\"?",
                "collector|{\"rings.fine.top\":5}"
                        + "|f.json: unknown key \"rings.fine.top\", dots are nested objects:"
                        + " {\"rings\":{\"fine\":{\"top\":...}}}",
                "collector|{\"rings\":5}|f.json: \"rings\": 5 is not an object of keys",
                "collector|{\"tail\":[]}|f.json: \"tail\": a list is not an object of keys",
                "collector|{\"listen\":{}}|f.json: \"listen\": an object is not an address such as :9090, host:9090 or [::1]:9090",
                "collector|{\"promListen\":null}"
                        + "|f.json: \"promListen\": null is not an address such as :9090, host:9090 or [::1]:9090, or empty",
                "collector|{\"listen\":9090}|f.json: \"listen\": 9090 is not an address such as :9090, host:9090 or [::1]:9090",
                "collector|{\"rings\":{\"fine\":{\"bucket\":\"abc\"}}}"
                        + "|f.json: \"rings.fine.bucket\": \"abc\" is not a duration such as 500ms, 5s, 1m or 1h",
                "collector|{\"collectors\":[\"a:1\"]}|f.json: unknown key \"collectors\", the nearest is",
                "collector|{\"collector\":{}}|f.json: unknown key \"collector\": sections are for standalone and demo",
                "collector|{\"effective\":\"collector\"}|f.json: unknown key \"effective\"",
                "frontend|{\"logs\":[]}|f.json: unknown key \"logs\"",
                "standalone|{\"logs\":[]}|f.json: unknown key \"logs\", did you mean \"collector.logs\"?",
                "standalone|{\"aggregator\":{}}|f.json: unknown key \"aggregator\"",
                "standalone|{\"collector\":5}|f.json: \"collector\": 5 is not an object of keys",
                "standalone|{\"frontend\":{\"n\":0}}|f.json: \"frontend.n\": 0 is not a whole number from 1 to 50000",
            })
    void file_errorsNameFileKeyAndRule(String program, String json, String line) {
        assertThatThrownBy(() -> resolve(Program.of(program).orElseThrow(), Map.of(), Map.of(), new JsonObject(json)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(line)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "collector|rings-fine-bucket|abc|--rings-fine-bucket: \"abc\" is not a duration such as 500ms, 5s, 1m or 1h",
                "collector|prom-lisen|:1|collector: unknown flag --prom-lisen, did you mean --prom-listen?",
                "collector|v4prefix|33|--v4prefix: \"33\" is not a whole number from 0 to 32",
                "collector|v6prefix|129|--v6prefix: \"129\" is not a whole number from 0 to 128",
                "collector|logtail-port|65536|--logtail-port: \"65536\" is not a whole number from 0 to 65535",
                "collector|channel-bytes|512KiB|--channel-bytes: \"512KiB\" is not from 1MiB to 1GiB",
                "collector|limits-field-bytes|32768|--limits-field-bytes: \"32768\" is not from 16B to 32767B",
                "standalone|frontend-lisen|:1|standalone: unknown flag --frontend-lisen, did you mean --frontend-listen?",
                "standalone|refresh|5s|standalone: unknown flag --refresh, did you mean --frontend-refresh?",
            })
    void flag_errorsNameFlagAndRule(String program, String flag, String text, String line) {
        assertThatThrownBy(() -> resolve(Program.of(program).orElseThrow(), Map.of(flag, text), Map.of(), null))
                .isInstanceOf(ConfigException.class)
                .hasMessage(line);
    }

    private static Origin origin(
            Program.Slot slot, Map<String, String> flags, Map<String, String> environment, @Nullable JsonObject file) {
        return resolve(slot.program(), flags, environment, file)
                .setting(slot.section(), slot.key())
                .origin();
    }

    static Settings resolve(
            Program program, Map<String, String> flags, Map<String, String> environment, @Nullable JsonObject file) {
        ConfigFile conf = file == null ? null : new ConfigFile("f.json", file);
        return Settings.resolve(program, new Sources(flags, environment, conf, () -> "nginx1"));
    }

    private static JsonObject nested(String path, Object value) {
        int dot = path.indexOf('.');
        return dot < 0
                ? new JsonObject().put(path, value)
                : new JsonObject().put(path.substring(0, dot), nested(path.substring(dot + 1), value));
    }
}
