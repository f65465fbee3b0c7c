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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import logtail.core.testing.SharedData;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Lines that others wrote, with the verdicts of the decisions where theirs leave room. */
class SharedVectorsTest {
    private final Lines file = new Lines(DecoderOptions.defaults());
    private final Lines datagram = new Lines(DecoderOptions.defaults().withSyslogHeader(true));

    /** What is decided about the vectors that say "policy", by the number at the end of their id. */
    private static final Map<String, String> DECIDED = Map.ofEntries(
            Map.entry("043", "rejected=address"),
            Map.entry("044", "prefix=fe80::/48"),
            Map.entry("045", "prefix=203.0.113.0/24"),
            Map.entry("075", "uri=/\ufffd\ufffd"),
            Map.entry("076", "uri=/a\ufffdb"),
            Map.entry("077", "website="),
            Map.entry("081", "status=0 errors="),
            Map.entry("082", "status=0 errors="),
            Map.entry("083", "status=0 errors=status"),
            Map.entry("084", "status=20 errors="),
            Map.entry("085", "status=2000 errors="),
            Map.entry("086", "status=0 errors=status"),
            Map.entry("087", "status=0 errors=status"),
            Map.entry("098", "is_tor=0 errors="),
            Map.entry("099", "is_tor=0 errors="),
            Map.entry("100", "is_tor=0 errors=is_tor"),
            Map.entry("101", "is_tor=0 errors=is_tor"),
            Map.entry("102", "is_tor=0 errors=is_tor"),
            Map.entry("107", "asn=0 errors="),
            Map.entry("108", "asn=0 errors="),
            Map.entry("109", "asn=0 errors=asn"),
            Map.entry("110", "asn=2147483648 errors="),
            Map.entry("111", "asn=4200000001 errors="),
            Map.entry("112", "asn=4294967295 errors="),
            Map.entry("113", "asn=0 errors=asn"),
            Map.entry("114", "asn=0 errors=asn"),
            Map.entry("115", "asn=0 errors=asn"),
            Map.entry("125", "bytes_sent=none errors="),
            Map.entry("126", "request_time=none errors="),
            Map.entry("127", "bytes_sent=none errors="),
            Map.entry("128", "request_time=none errors="),
            Map.entry("129", "bytes_sent=bad errors=bytes_sent"),
            Map.entry("130", "request_time=bad errors=request_time"),
            Map.entry("131", "bytes_sent=bad errors=bytes_sent"),
            Map.entry("132", "request_time=bad errors=request_time"),
            Map.entry("133", "bytes_sent=bad errors=bytes_sent"),
            Map.entry("134", "request_time=bad errors=request_time"),
            Map.entry("135", "bytes_sent=0 errors="),
            Map.entry("136", "request_time=0 errors="),
            Map.entry("137", "bytes_sent=bad errors=bytes_sent"),
            Map.entry("138", "request_time=bad errors=request_time"),
            Map.entry("139", "bytes_sent=bad errors=bytes_sent"),
            Map.entry("140", "request_time=bad errors=request_time"),
            Map.entry("141", "bytes_sent=bad errors=bytes_sent"),
            Map.entry("142", "request_time=bad errors=request_time"),
            Map.entry("143", "website=www.example.org errors="),
            Map.entry("144", "rejected=version"),
            Map.entry("145", "rejected=version"));

    @Test
    void lines_comeToTheTupleOfTheirTable_onBothPaths() throws IOException {
        List<String> rows = Files.readAllLines(SharedData.file("cases/lines.tsv"));
        List<String> columns = Arrays.asList(rows.get(0).split("\t", -1));
        SoftAssertions softly = new SoftAssertions();
        for (String row : rows.subList(1, rows.size())) {
            Map<String, String> cells = new LinkedHashMap<>();
            String[] values = row.split("\t", -1);
            for (int i = 0; i < values.length; i++) {
                cells.put(columns.get(i), values[i]);
            }
            byte[] line = Lines.unescape(cell(cells, "line"));
            Map<String, String> expected = expected(cells);
            for (Lines path : List.of(file, datagram)) {
                Map<String, String> actual = new LinkedHashMap<>(path.decode(line));
                actual.keySet().retainAll(expected.keySet());
                softly.assertThat(actual)
                        .as("%s %s", cell(cells, "id"), cell(cells, "why"))
                        .isEqualTo(expected);
            }
        }
        softly.assertAll();
    }

    private static String cell(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }

    private static Map<String, String> expected(Map<String, String> cells) {
        String kind = cell(cells, "cls");
        if (cell(cells, "line").isEmpty()) {
            return Map.of("ignored", "");
        }
        if (kind.equals("ip-odd")) {
            return Map.of("rejected", "address");
        }
        if (cell(cells, "verdict").equals("reject")) {
            return Map.of(
                    "rejected",
                    kind.equals("ip-bad") ? "address" : cell(cells, "why").contains("exactly") ? "fields" : "version");
        }
        String[] fields = new String(Lines.unescape(cell(cells, "line")), StandardCharsets.UTF_8).split("\t", -1);
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("website", cell(cells, "website"));
        expected.put("prefix", cell(cells, "prefix").split(" \\| ", -1)[0]);
        String uri = cell(cells, "uri").split(" \\| ", -1)[0];
        // Java's decoder replaces invalid bytes as it is decided; NUL is replaced besides.
        expected.put(
                "uri",
                uri.equals("*")
                        ? fields[4].replace('\0', '\ufffd')
                        : uri.equals("<empty>") ? "" : new String(Lines.unescape(uri), StandardCharsets.UTF_8));
        expected.put("status", kind.equals("status-odd") ? "0" : cell(cells, "status"));
        expected.put("is_tor", cell(cells, "is_tor").equals("true") ? "1" : "0");
        String asn = fields[0].equals("v1") ? fields[9] : fields[12];
        expected.put("asn", asn.equals("-") ? "0" : asn);
        expected.put("source_tag", cell(cells, "source_tag").replace("<empty>", ""));
        expected.put("upstream_response_time", micros(cell(cells, "up_time").split(" \\| ", -1)[0]));
        expected.put("upstream_status", cell(cells, "up_status").split(" \\| ", -1)[0]);
        return expected;
    }

    private static String micros(String seconds) {
        return seconds.equals("none")
                ? seconds
                : new java.math.BigDecimal(seconds)
                        .movePointRight(6)
                        .toBigInteger()
                        .toString();
    }

    @Test
    void edgeCases_areReadAsDecided() throws IOException {
        List<String> rows = Files.readAllLines(SharedData.file("data/vectors/edge_vectors.jsonl"));
        SoftAssertions softly = new SoftAssertions();
        for (String row : rows) {
            String id = text(row, "id");
            byte[] line = HexFormat.of().parseHex(text(row, "hex"));
            Map<String, String> actual = file.decode(line);
            Map<String, String> expected = new LinkedHashMap<>();
            switch (text(row, "expect")) {
                case "reject" ->
                    softly.assertThat(actual)
                            .as(row)
                            .containsAnyOf(
                                    Map.entry("ignored", ""),
                                    Map.entry("rejected", "version"),
                                    Map.entry("rejected", "fields"),
                                    Map.entry("rejected", "address"));
                case "accept" -> {
                    for (String field : List.of("website", "prefix", "uri", "status", "asn")) {
                        if (has(row, field)) {
                            expected.put(field, text(row, field));
                        }
                    }
                    if (has(row, "is_tor")) {
                        expected.put("is_tor", text(row, "is_tor").equals("true") ? "1" : "0");
                    }
                    if (has(row, "upstream_time")) {
                        expected.put(
                                "upstream_response_time",
                                micros(text(row, "upstream_time").replace("null", "none")));
                        expected.put(
                                "upstream_status", text(row, "upstream_status").replace("null", "none"));
                    }
                    softly.assertThat(actual).as(row).doesNotContainKeys("rejected", "ignored");
                }
                default -> {
                    String decided = DECIDED.getOrDefault(id.substring(id.length() - 3), "");
                    softly.assertThat(decided).as("a decision on " + row).isNotEmpty();
                    for (String pair : decided.split(" ")) {
                        int equals = pair.indexOf('=');
                        expected.put(pair.substring(0, equals), pair.substring(equals + 1));
                    }
                }
            }
            softly.assertThat(actual).as(row).containsAllEntriesOf(expected);
        }
        softly.assertAll();
    }

    @Test
    void datagramsOfStockNginx_areReadBehindTheirHeader() throws IOException {
        List<String> rows = Files.readAllLines(SharedData.file("data/nginx-captures/stock_syslog_datagrams.jsonl"));
        List<String> wrong = new ArrayList<>();
        int accepted = 0;
        for (String row : rows) {
            if (text(row, "truncated_here").equals("true")) {
                continue;
            }
            Map<String, String> actual = datagram.decode(HexFormat.of().parseHex(text(row, "hex")));
            boolean good = actual.containsKey("website");
            accepted += good ? 1 : 0;
            if (good != text(row, "payload_valid").equals("true")) {
                wrong.add(row + " -> " + actual);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(accepted).isGreaterThan(200);
    }

    private static boolean has(String row, String field) {
        return row.contains("\"" + field + "\": ");
    }

    /** A value of a flat JSON object, as text. */
    private static String text(String row, String field) {
        Matcher value = Pattern.compile("\"" + field + "\": (?:\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|([a-z0-9.]+))")
                .matcher(row);
        if (!value.find()) {
            throw new AssertionError("no " + field + " in " + row);
        }
        String quoted = value.group(1);
        return quoted == null ? value.group(2) : unquoted(quoted);
    }

    private static String unquoted(String json) {
        return Pattern.compile("\\\\(u([0-9a-f]{4})|.)")
                .matcher(json)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(2) == null
                                ? match.group(1)
                                : String.valueOf((char) Integer.parseInt(match.group(2), 16))));
    }
}
