package logtail.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The files {@code *.vectors}: one line each, what it is changed from the plain line of its version, and what must come
 * of it. What is not named may be anything, except errors.
 */
class DecoderVectorsTest {
    private static final Map<String, Map<String, String>> PLAIN = Map.of(
            "v1",
            fields("version=v1 host=www.example.org remote_addr=192.0.2.1 request_method=GET request_uri=/ status=200"
                    + " body_bytes_sent=512 request_time=0.012 is_tor=0 asn=64496 ipng_source_tag=direct"
                    + " server_addr=198.51.100.1 scheme=https"),
            "v2",
            fields("version=v2 host=www.example.org remote_addr=192.0.2.1 request_method=GET request_uri=/ status=200"
                    + " bytes_sent=712 request_length=77 request_time=0.012 upstream_response_time=-"
                    + " upstream_status=- is_tor=0 asn=64496 ipng_source_tag=direct server_addr=198.51.100.1"
                    + " scheme=https"));

    @TestFactory
    Stream<DynamicTest> versionsAndFieldCounts() {
        return vectors("versions-and-field-counts", DecoderOptions.defaults());
    }

    @TestFactory
    Stream<DynamicTest> syslogHeaders() {
        return vectors("syslog-headers", DecoderOptions.defaults().withSyslogHeader(true));
    }

    @TestFactory
    Stream<DynamicTest> addresses() {
        return vectors("addresses", DecoderOptions.defaults());
    }

    @TestFactory
    Stream<DynamicTest> numbers() {
        return vectors("numbers", DecoderOptions.defaults());
    }

    @TestFactory
    Stream<DynamicTest> texts() {
        return vectors("texts", DecoderOptions.defaults());
    }

    @TestFactory
    Stream<DynamicTest> upstreamLists() {
        return vectors("upstream-lists", DecoderOptions.defaults());
    }

    private static Stream<DynamicTest> vectors(String file, DecoderOptions options) {
        Lines lines = new Lines(options);
        return read(file + ".vectors").stream()
                .filter(row -> !row.isBlank() && !row.startsWith("#"))
                .map(row -> row.split("\\|", -1))
                .map(cells -> DynamicTest.dynamicTest(cells[0].strip(), () -> {
                    assertThat(cells).hasSize(3);
                    check(lines.decode(line(cells[1].strip())), fields(cells[2].strip()));
                }));
    }

    private static void check(Map<String, String> actual, Map<String, String> expected) {
        Map<String, String> named = new LinkedHashMap<>(actual);
        named.keySet().retainAll(expected.keySet());
        Map<String, String> read = new LinkedHashMap<>();
        expected.forEach((name, value) -> read.put(name, new String(Lines.unescape(value), StandardCharsets.UTF_8)));
        assertThat(named).isEqualTo(read);
        if (!expected.containsKey("errors")) {
            assertThat(actual.getOrDefault("errors", "")).isEmpty();
        }
    }

    private static byte[] line(String cell) {
        if (cell.startsWith("raw=")) {
            return Lines.unescape(cell.substring("raw=".length()));
        }
        Map<String, String> fields = new LinkedHashMap<>(Objects.requireNonNull(PLAIN.get(cell.substring(0, 2))));
        fields(cell.substring(2).strip()).forEach((name, value) -> {
            assertThat(fields).containsKey(name);
            fields.put(name, value);
        });
        return Lines.unescape(String.join("\\t", fields.values()));
    }

    /** Pairs of name and value, a blank between them. */
    private static Map<String, String> fields(String pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : pairs.split(" +")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                fields.put(equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        return fields;
    }

    private static List<String> read(String name) {
        try (InputStream in = Objects.requireNonNull(DecoderVectorsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
