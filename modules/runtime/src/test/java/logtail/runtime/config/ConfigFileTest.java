package logtail.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    private final Path dir;

    ConfigFileTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void shouldReadEveryJsonType() {
        ConfigFile file = ConfigFile.read("{\"a\":{\"b\":[1,2.5,true,false,null,\"x\"]},\"c\":99999999999999999999}");
        assertThat(file.json().getJsonObject("a").getJsonArray("b"))
                .isEqualTo(new JsonArray()
                        .add(1)
                        .add(2.5)
                        .add(true)
                        .add(false)
                        .addNull()
                        .add("x"));
        assertThat(file.json().getValue("c")).hasToString("99999999999999999999");
    }

    @Test
    void shouldNameAFileAsItWasGivenAndInlineJsonAsTheFlag() throws IOException {
        String path = file("{\"n\":5}");
        assertThat(ConfigFile.read(path)).isEqualTo(new ConfigFile(path, new JsonObject().put("n", 5)));
        assertThat(ConfigFile.read("  {\"n\":5}").where()).isEqualTo("-conf");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\\n  \"listen\" \":9090\"\\n}|:2:12|was expecting a colon",
                "{\"n\":5,}|:1:8|was expecting double-quote to start field name",
                "{\"n\":5|:1:7|the end comes too early",
                "{\"n\":\"5|:1:8|the end comes too early",
                "{\"n\":5}\\n{}|:2:1|something follows the JSON object",
                "{\"n\":5} x|:1:10|Unrecognized token 'x'",
                "[]|:1:1|a JSON object is needed",
                "{\"n\":05}|:1:7|Leading zeroes not allowed",
                "{'n':5}|:1:2|double-quote",
                "{\"n\":5 // five\\n}|:1:8|maybe a (non-standard) comment?",
                "{\"n\":5,\\n \"n\":6}|:2:2|duplicate key \"n\"",
                "{\"tail\":{\"poll\":\"1s\",\"poll\":\"2s\"}}|:1:22|duplicate key \"poll\"",
            })
    void shouldNameLineAndColumnOfASyntaxError(String text, String place, String wrong) throws IOException {
        String path = file(text.replace("\\n", "\n"));
        assertThatThrownBy(() -> ConfigFile.read(path))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(path + place + ": ")
                .hasMessageContaining(wrong)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() throws IOException {
        assertThatThrownBy(() -> ConfigFile.read(dir + "/none.json")).hasMessage(dir + "/none.json: no such file");
        assertThatThrownBy(() -> ConfigFile.read(dir.toString())).hasMessage(dir + ": is a directory");
        assertThatThrownBy(() -> ConfigFile.read("")).hasMessage("-conf: a file or a JSON object is needed");
        String empty = file("");
        assertThatThrownBy(() -> ConfigFile.read(empty)).hasMessage(empty + ": is empty, a JSON object is needed");
        String binary = dir.resolve("binary.json").toString();
        Files.write(Path.of(binary), new byte[] {'{', '"', (byte) 0xff, '"'});
        assertThatThrownBy(() -> ConfigFile.read(binary))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(binary)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldTellAFileOfSections() {
        assertThat(ConfigFile.read("{\"collector\":{},\"frontend\":{}}").isSectioned())
                .isTrue();
        assertThat(ConfigFile.read("{\"collector\":{}}").isSectioned()).isTrue();
        assertThat(ConfigFile.read("{\"collector\":{},\"logs\":[]}").isSectioned())
                .isFalse();
        assertThat(ConfigFile.read("{}").isSectioned()).isFalse();
    }

    private String file(String text) throws IOException {
        Path file = dir.resolve("conf.json");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        return file.toString();
    }
}
