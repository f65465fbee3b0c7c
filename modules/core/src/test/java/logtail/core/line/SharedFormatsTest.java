package logtail.core.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logtail.core.format.Escape;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.testing.SharedData;
import org.junit.jupiter.api.Test;

/** Real logs in formats other than logtail's, against the same requests in logtail's. */
class SharedFormatsTest {
    private static final TupleLayout LAYOUT = new TupleLayout(Schema.LOGTAIL);

    @Test
    void combinedHasTheSameStatusesAsTheSameLinesOfV2() throws IOException {
        List<byte[]> combined = lines("data/access/combined.log");
        List<byte[]> v2 = lines("data/access/logtail_v2.log");
        Lines reading = new Lines(LAYOUT, decoder(KnownFormats.COMBINED));
        Lines truth = new Lines(DecoderOptions.defaults());
        Map<String, Integer> statuses = new TreeMap<>();
        Map<String, Integer> expected = new TreeMap<>();
        int accepted = 0;
        for (int i = 0; i < combined.size(); i++) {
            Map<String, String> line = reading.decode(combined.get(i));
            if (line.containsKey("status")) {
                accepted++;
                statuses.merge(line.get("status"), 1, Integer::sum);
                expected.merge(truth.decode(v2.get(i)).get("status"), 1, Integer::sum);
            }
        }
        assertThat(combined.size() - accepted).isEqualTo(93);
        assertThat(statuses).isEqualTo(expected);
    }

    /** The same requests, escaped in three ways; v2 as an ordinary log_format is the same as v2. */
    @Test
    void capturesOfEveryEscapeModeAreTheSameRequests() throws IOException {
        Lines truth = new Lines(DecoderOptions.defaults());
        List<byte[]> plain = lines("data/nginx-captures/file_access_v2.log");
        List<byte[]> none = lines("data/nginx-captures/file_access_v2_none.log");
        List<byte[]> json = lines("data/nginx-captures/file_access_v2_json.log");
        assertThat(none).hasSameSizeAs(plain);
        assertThat(json).hasSameSizeAs(plain);
        for (int i = 0; i < plain.size(); i++) {
            Map<String, String> expected = truth.decode(plain.get(i));
            assertThat(new Lines(LAYOUT, decoder(KnownFormats.V2)).decode(plain.get(i)))
                    .isEqualTo(expected);
            assertThat(numbers(decode(Escape.NONE, none.get(i)))).isEqualTo(numbers(expected));
            assertThat(numbers(decode(Escape.JSON, json.get(i)))).isEqualTo(numbers(expected));
        }
    }

    /** D7: what stock nginx puts in front of a line is no part of it, in any format. */
    @Test
    void syslogHeadersAreSkippedAsForV2() throws IOException {
        DecoderOptions options = DecoderOptions.defaults().withSyslogHeader(true);
        Lines truth = new Lines(options);
        Lines reading = new Lines(LAYOUT, decoder(KnownFormats.V2, options));
        Pattern datagram = Pattern.compile("\"option\": \"[AB] .*\"hex\": \"([0-9a-f]+)\"");
        int accepted = 0;
        for (String row : Files.readAllLines(SharedData.file("data/nginx-captures/stock_syslog_datagrams.jsonl"))) {
            Matcher hex = datagram.matcher(row);
            if (hex.find()) {
                byte[] line = HexFormat.of().parseHex(hex.group(1));
                Map<String, String> expected = truth.decode(line);
                if (expected.containsKey("status")) {
                    assertThat(reading.decode(line)).isEqualTo(expected);
                    accepted++;
                }
            }
        }
        assertThat(accepted).isGreaterThan(50);
    }

    private static Map<String, String> decode(Escape escape, byte[] line) {
        LogFormat v2 = new LogFormat("v2", escape, KnownFormats.V2.pieces());
        return new Lines(LAYOUT, decoder(v2)).decode(line);
    }

    /** What no escape mode changes. */
    private static Map<String, String> numbers(Map<String, String> line) {
        Map<String, String> numbers = new LinkedHashMap<>(line);
        List.of("website", "uri", "source_tag", "method").forEach(numbers::remove);
        return numbers;
    }

    private static LineDecoder decoder(LogFormat format) {
        return decoder(format, DecoderOptions.defaults());
    }

    private static LineDecoder decoder(LogFormat format, DecoderOptions options) {
        return new FormatDecoder(
                format,
                LAYOUT,
                new KeyHash(1, 2),
                options,
                "www.example.org".getBytes(StandardCharsets.UTF_8),
                ClientFacts.NONE,
                TimeRange.ALL);
    }

    private static List<byte[]> lines(String file) throws IOException {
        byte[] all = Files.readAllBytes(SharedData.file(file));
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                lines.add(Arrays.copyOfRange(all, from, i));
                from = i + 1;
            }
        }
        return lines;
    }
}
