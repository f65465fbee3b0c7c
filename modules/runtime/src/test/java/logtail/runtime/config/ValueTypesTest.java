package logtail.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import logtail.core.store.LiveTable.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
    private static final ValueType<Duration> DURATION = ValueTypes.duration(Duration.ofMillis(1), Duration.ofHours(1));
    private static final ValueType<Duration> REFRESH = ConfigKeys.REFRESH.type();
    private static final ValueType<Duration> BUCKET = ConfigKeys.RINGS_FINE_BUCKET.type();
    private static final ValueType<Integer> SIZE = ConfigKeys.CHANNEL_BYTES.type();
    private static final ValueType<List<LogInput>> GLOBS = ConfigKeys.LOGS.type();

    @ParameterizedTest
    @CsvSource({"500ms,500", "5s,5000", "1m,60000", "1h,3600000", "60m,3600000", "1ms,1", "0001s,1000"})
    void duration_isANumberAndAUnit(String text, long millis) {
        assertThat(DURATION.ofText(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "5", "5 s", " 5s", "5S", "-5s", "+5s", "1.5s", "1m30s", "s", "5sec", "1d", "٥s"})
    void duration_refusesAnythingElse(String text) {
        assertThatThrownBy(() -> DURATION.ofText(text))
                .isInstanceOf(Invalid.class)
                .hasMessage("\"" + text + "\" is not a duration such as 500ms, 5s, 1m or 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0ms", "0s", "61m", "2h", "99999999999999999999h", "9223372036854775807ms"})
    void duration_refusesWhatIsOutOfRangeOrOverflows(String text) {
        assertThatThrownBy(() -> DURATION.ofText(text)).hasMessage("\"" + text + "\" is not from 1ms to 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "0ms", "0h"})
    void duration_mayBeZeroWhereThatMeansOff(String text) {
        assertThat(REFRESH.ofText(text)).isZero();
        assertThat(REFRESH.ofJson(0)).isZero();
        assertThatThrownBy(() -> DURATION.ofText(text)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> DURATION.ofJson(0)).hasMessageStartingWith("0 is not a duration");
    }

    @Test
    void duration_isTextInJson() {
        assertThat(DURATION.ofJson("5s")).isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() -> DURATION.ofJson(5)).hasMessageStartingWith("5 is not a duration");
        assertThatThrownBy(() -> DURATION.ofJson(true)).hasMessageStartingWith("true is not a duration");
    }

    @Test
    void bucketLength_isWholeSecondsFromOneToAnHour() {
        assertThat(BUCKET.ofText("1s")).isEqualTo(Duration.ofSeconds(1));
        assertThat(BUCKET.ofText("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(BUCKET.ofText("2000ms")).isEqualTo(Duration.ofSeconds(2));
        assertThatThrownBy(() -> BUCKET.ofText("1500ms")).hasMessage("\"1500ms\" is not a whole number of seconds");
        assertThatThrownBy(() -> BUCKET.ofText("500ms")).hasMessage("\"500ms\" is not from 1s to 1h");
        assertThatThrownBy(() -> BUCKET.ofText("3601s")).hasMessage("\"3601s\" is not from 1s to 1h");
    }

    @ParameterizedTest
    @CsvSource({"1048576,1048576", "1048576B,1048576", "1024KiB,1048576", "64MiB,67108864", "1GiB,1073741824"})
    void size_isANumberWithAUnitOrPlainBytes(String text, int bytes) {
        assertThat(SIZE.ofText(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "64KB", "64K", "64kib", "1.5MiB", "-1MiB", "64 MiB", "MiB", "0x10"})
    void size_refusesAnythingElse(String text) {
        assertThatThrownBy(() -> SIZE.ofText(text)).hasMessage("\"" + text + "\" is not a size such as 64KiB or 32MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1023KiB", "1025MiB", "99999999999999999999GiB"})
    void size_refusesWhatIsOutOfRangeOrOverflows(String text) {
        assertThatThrownBy(() -> SIZE.ofText(text)).hasMessage("\"" + text + "\" is not from 1MiB to 1GiB");
    }

    @Test
    void size_mayBeANumberInJson() {
        assertThat(SIZE.ofJson(2_000_000)).isEqualTo(2_000_000);
        assertThat(SIZE.ofJson("2MiB")).isEqualTo(2 << 20);
        assertThatThrownBy(() -> SIZE.ofJson(5_000_000_000L)).hasMessage("5000000000 is not from 1MiB to 1GiB");
        assertThatThrownBy(() -> SIZE.ofJson(1.5)).hasMessage("1.5 is not a size such as 64KiB or 32MiB");
    }

    @Test
    void whole_isANumberInItsRange() {
        ValueType<Integer> bits = ConfigKeys.V4PREFIX.type();
        assertThat(bits.ofText("0")).isZero();
        assertThat(bits.ofText("32")).isEqualTo(32);
        assertThat(bits.ofJson(24)).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"33", "-1", "abc", "", "2.0", "0x10", "99999999999999999999", "٢٤", "+24"})
    void whole_refusesAnythingElse(String text) {
        assertThatThrownBy(() -> ConfigKeys.V4PREFIX.type().ofText(text))
                .hasMessage("\"" + text + "\" is not a whole number from 0 to 32");
    }

    @Test
    void whole_isANumberInJsonNotText() {
        ValueType<Integer> bits = ConfigKeys.V6PREFIX.type();
        assertThatThrownBy(() -> bits.ofJson("48")).hasMessage("the text \"48\" is not a whole number from 0 to 128");
        assertThatThrownBy(() -> bits.ofJson(129)).hasMessage("129 is not a whole number from 0 to 128");
        assertThatThrownBy(() -> bits.ofJson(null)).hasMessage("null is not a whole number from 0 to 128");
        assertThatThrownBy(() -> bits.ofJson(48.0)).hasMessage("48.0 is not a whole number from 0 to 128");
        assertThatThrownBy(() -> bits.ofJson(new JsonArray().add(48)))
                .hasMessage("a list is not a whole number from 0 to 128");
    }

    @ParameterizedTest
    @CsvSource({
        ":9090,'',9090",
        "host:9090,host,9090",
        "nginx1.example.org:1,nginx1.example.org,1",
        "127.0.0.1:0,127.0.0.1,0",
        "[::1]:65535,::1,65535",
        "[fe80::1%eth0]:80,fe80::1%eth0,80"
    })
    void address_isHostAndPort(String text, String host, int port) {
        assertThat(ValueTypes.address().ofText(text)).isEqualTo(new HostPort(host, port));
        assertThat(new HostPort(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "9090,the port is missing",
        "host,the port is missing",
        "'',the port is missing",
        ":70000,the port is a number from 0 to 65535",
        ":-1,the port is a number from 0 to 65535",
        "host:,the port is a number from 0 to 65535",
        "host:http,the port is a number from 0 to 65535",
        ":123456,the port is a number from 0 to 65535",
        "::1:9090,an IPv6 address is written in brackets",
        "[::1],an IPv6 address is written in brackets",
        "[host]:9090,no IPv6 address between the brackets",
        "[127.0.0.1]:9090,no IPv6 address between the brackets",
        "[]:9090,no IPv6 address between the brackets",
        "ho st:9090,an address such as",
        "http://host:9090,an IPv6 address is written in brackets",
    })
    void address_saysWhatIsWrong(String text, String wrong) {
        assertThatThrownBy(() -> ValueTypes.address().ofText(text))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("\"" + text + "\" is not an address")
                .hasMessageContaining(wrong);
    }

    @Test
    void address_hasHostsToBindAndToConnect() {
        HostPort anyHost = new HostPort("", 9090);
        assertThat(anyHost.bindHost()).isEqualTo("0.0.0.0");
        assertThat(anyHost.connectHost()).isEqualTo("localhost");
        assertThat(new HostPort("::1", 9090).bindHost()).isEqualTo("::1");
    }

    @Test
    void addressOrNone_mayBeEmpty() {
        assertThat(ConfigKeys.PROM_LISTEN.type().ofText("")).isEmpty();
        assertThat(ConfigKeys.PROM_LISTEN.type().ofText(":9100")).contains(new HostPort("", 9100));
    }

    @Test
    void target_cannotBePortZero() {
        assertThatThrownBy(() -> ConfigKeys.TARGET.type().ofText("host:0"))
                .hasMessageContaining("port 0 cannot be connected to");
    }

    @Test
    void choice_isOneOfItsNames() {
        assertThat(ConfigKeys.STORE_OVERFLOW.type().ofText("drop")).isEqualTo(Overflow.DROP);
        assertThatThrownBy(() -> ConfigKeys.STORE_OVERFLOW.type().ofText("Drop"))
                .hasMessage("\"Drop\" is not fold or drop");
    }

    @Test
    void logFormat_isANameOrATextThatCanBeRead() {
        ValueType<String> format = ConfigKeys.LOG_FORMAT.type();
        assertThat(format.ofText("combined")).isEqualTo("combined");
        assertThat(format.ofText("$remote_addr\n$status".replace("\n", " "))).isEqualTo("$remote_addr $status");
        assertThatThrownBy(() -> format.ofText("$remote_addr$status"))
                .hasMessage("there is nothing between $remote_addr and $status, so that nobody can say where one ends");
        assertThatThrownBy(() -> format.ofText(" "))
                .hasMessage("\" \" is not the name of a format or the text of a log_format");
    }

    @Test
    void text_isOneLine() {
        ValueType<String> text = ConfigKeys.SOURCE.type();
        assertThat(text.ofText("näme 1")).isEqualTo("näme 1");
        assertThat(text.ofText("x".repeat(255))).hasSize(255);
        assertThatThrownBy(() -> text.ofText("")).hasMessageContaining("1 to 255 printable characters");
        assertThatThrownBy(() -> text.ofText("x".repeat(256))).hasMessageContaining("1 to 255");
        assertThatThrownBy(() -> text.ofText("a\nb")).hasMessageStartingWith("\"a\\u000ab\" is not");
    }

    @Test
    void path_mayBeEmpty() {
        assertThat(ConfigKeys.TAIL_STATE.type().ofText("/var/lib/logtail")).contains(Path.of("/var/lib/logtail"));
        assertThat(ConfigKeys.TAIL_STATE.type().ofText("")).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> ConfigKeys.TAIL_STATE.type().ofText("a\0b")).hasMessage("\"a\\u0000b\" is not a path");
    }

    @Test
    void host_hasNoPortAndNoBlank() {
        assertThat(ConfigKeys.LOGTAIL_BIND.type().ofText("::1")).isEqualTo("::1");
        assertThatThrownBy(() -> ConfigKeys.LOGTAIL_BIND.type().ofText("a b")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> ConfigKeys.LOGTAIL_BIND.type().ofText("")).isInstanceOf(Invalid.class);
    }

    @Test
    void globs_areCutAtCommasOutsideOfBraces() {
        assertThat(GLOBS.ofText("/a/*.log, /b/{x,y}.log,,/c/[ab].log"))
                .extracting(LogInput::glob)
                .containsExactly("/a/*.log", "/b/{x,y}.log", "/c/[ab].log");
        assertThat(GLOBS.ofText("")).isEmpty();
    }

    @Test
    void globs_mayBeAListInJsonWithAFormatForEach() {
        JsonArray list = new JsonArray()
                .add("/a/*.log")
                .add(new JsonObject().put("glob", "/b/*.log").put("format", "logtail"))
                .add(new JsonObject().put("glob", "/c.log"));
        assertThat(GLOBS.ofJson(list))
                .containsExactly(
                        new LogInput("/a/*.log", ""), new LogInput("/b/*.log", "logtail"), new LogInput("/c.log", ""));
        JsonArray website =
                new JsonArray().add(new JsonObject().put("glob", "/d/*").put("website", "*.log"));
        assertThat(GLOBS.ofJson(website)).containsExactly(new LogInput("/d/*", "", "*.log"));
        assertThat(GLOBS.json(GLOBS.ofJson(website))).isEqualTo(website);
        assertThatThrownBy(() -> GLOBS.ofJson(
                        new JsonArray().add(new JsonObject().put("glob", "/d").put("website", "*.*"))))
                .hasMessage("entry 1: \"website\": \"*.*\" has more than one *");
        assertThat(GLOBS.ofJson("/a,/b")).hasSize(2);
    }

    @Test
    void globs_nameTheEntryThatIsWrong() {
        assertThatThrownBy(() -> GLOBS.ofJson(new JsonArray().add("/a").add(5)))
                .hasMessage("entry 2: 5 is not a glob or {\"glob\":..., \"format\":...}");
        assertThatThrownBy(() -> GLOBS.ofJson(new JsonArray().add(new JsonObject().put("glbo", "/a"))))
                .hasMessage("entry 1: unknown key \"glbo\", did you mean \"glob\"?");
        assertThatThrownBy(() -> GLOBS.ofJson(new JsonArray().add(new JsonObject())))
                .hasMessage("entry 1: \"glob\" is missing or not a text");
        assertThatThrownBy(() -> GLOBS.ofJson(
                        new JsonArray().add(new JsonObject().put("glob", "/a").put("format", "$a$b"))))
                .hasMessageStartingWith("entry 1: there is nothing between $a and $b");
        assertThatThrownBy(() -> GLOBS.ofText("/a/[b")).hasMessageStartingWith("\"/a/[b\" is not a glob: ");
    }
}
