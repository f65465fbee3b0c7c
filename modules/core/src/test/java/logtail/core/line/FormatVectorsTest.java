package logtail.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import logtail.core.format.FormatText;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The file {@code formats.vectors}. */
class FormatVectorsTest {
    private static final TupleLayout LAYOUT = new TupleLayout(Schema.LOGTAIL);

    @TestFactory
    Stream<DynamicTest> formats() {
        List<DynamicTest> tests = new ArrayList<>();
        String title = "";
        Lines lines = null;
        String line = "";
        for (String row : read()) {
            if (row.startsWith("format ")) {
                lines = new Lines(LAYOUT, decoder(row.substring(7)));
            } else if (row.startsWith("line ")) {
                line = row.substring(5);
            } else if (row.startsWith("then ")) {
                Lines decoding = Objects.requireNonNull(lines);
                String given = line;
                String then = row.substring(5);
                tests.add(DynamicTest.dynamicTest(title + ": " + given, () -> check(decoding, given, then)));
            } else if (!row.startsWith("#")) {
                title = row;
            }
        }
        return tests.stream();
    }

    private static LineDecoder decoder(String text) {
        LogFormat format = KnownFormats.named(text).orElseGet(() -> FormatText.parse(text.replace("\\n", "\n")));
        return new FormatDecoder(
                format,
                LAYOUT,
                new KeyHash(1, 2),
                DecoderOptions.defaults(),
                "fallback".getBytes(StandardCharsets.UTF_8),
                ClientFacts.NONE,
                TimeRange.ALL);
    }

    private static void check(Lines lines, String line, String then) {
        Map<String, String> actual = lines.decode(Lines.unescape(line.replace("{", "\\x7b")));
        Map<String, String> expected = new LinkedHashMap<>();
        for (String pair : then.split(" ")) {
            int equals = pair.indexOf('=');
            byte[] value = Lines.unescape(pair.substring(equals + 1));
            expected.put(pair.substring(0, equals), new String(value, StandardCharsets.UTF_8));
        }
        expected.putIfAbsent("errors", "");
        Map<String, String> named = new LinkedHashMap<>(actual);
        named.putIfAbsent("errors", "");
        named.keySet().retainAll(expected.keySet());
        assertThat(named).isEqualTo(expected);
    }

    private static List<String> read() {
        try (InputStream in = Objects.requireNonNull(FormatVectorsTest.class.getResourceAsStream("formats.vectors"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(row -> !row.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
