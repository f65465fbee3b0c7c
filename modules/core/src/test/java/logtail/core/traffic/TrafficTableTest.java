package logtail.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTableTest {
    private static final TrafficLimits ROOMY = TrafficLimits.defaults();

    /** Limits that are never met, met by one kind of label each, and met by all. */
    static Stream<TrafficLimits> limits() {
        return Stream.of(
                ROOMY,
                new TrafficLimits(7, 256, 2_000, 16, 250_000, 253),
                new TrafficLimits(5_000, 3, 2_000, 16, 250_000, 253),
                new TrafficLimits(5_000, 256, 9, 16, 250_000, 253),
                new TrafficLimits(5_000, 256, 2_000, 0, 250_000, 253),
                new TrafficLimits(5_000, 256, 2_000, 2, 50, 253),
                new TrafficLimits(6, 2, 5, 1, 20, 253),
                new TrafficLimits(0, 0, 0, 0, 0, 253));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void shouldCountWhatAModelOfMapsCounts(TrafficLimits limits) {
        TrafficModel model = new TrafficModel(limits, registeredMethods());
        Traffic traffic = new Traffic(limits);
        RandomLines lines = new RandomLines(limits.hashCode());
        for (int round = 0; round < 20; round++) {
            List<String> some = lines.next(500);
            traffic.add(String.join("", some));
            some.forEach(line -> model.add(line.stripTrailing()));
            assertThat(Counts.of(traffic.copy())).isEqualTo(model.counts());
        }
    }

    private static Set<String> registeredMethods() {
        List<String> methods = new Traffic(ROOMY).copy().methods();
        return Set.copyOf(methods.subList(1, methods.size()));
    }

    @Test
    void registeredMethodsAreThoseOfTheRegistry() {
        assertThat(registeredMethods())
                .hasSize(40)
                .contains("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND");
    }

    @Test
    void copyDoesNotSeeWhatIsCountedAfterIt() {
        Traffic traffic = new Traffic(ROOMY).add(Traffic.line("a", "GET", "200", "t"));
        TrafficCopy copy = traffic.copy();
        Counts before = Counts.of(copy);
        RandomLines lines = new RandomLines(1);
        traffic.add(Traffic.line("a", "GET", "200", "t"));
        traffic.add(String.join("", lines.next(5_000)));
        assertThat(Counts.of(copy)).isEqualTo(before);
        assertThat(before.requests()).isEqualTo(Map.of(List.of("a", "GET", "200"), 1L));
    }

    @Test
    void hostsBeyondTheLimitAreOneAndOldOnesGoOnCounting() {
        Traffic traffic = new Traffic(ROOMY);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 6_000; i++) {
            lines.append(Traffic.line("host" + i, "GET", "200", "t"));
        }
        traffic.add(lines.toString()).add(Traffic.line("host17", "GET", "200", "t"));
        Counts counts = Counts.of(traffic.copy());
        assertThat(counts.requests()).hasSize(5_001);
        assertThat(counts.requests().get(List.of("host17", "GET", "200"))).isEqualTo(2);
        assertThat(counts.requests().get(List.of("(other)", "GET", "200"))).isEqualTo(1_000);
        assertThat(counts.dropped().get("requests")).isEqualTo(1_000);
        assertThat(counts.dropped().get("BYTES_SENT")).isEqualTo(4_000);
        assertThat(counts.histograms().keySet().stream().filter(k -> k.get(0).equals("BYTES_SENT")))
                .hasSize(2_001);
    }

    /** Case G07. */
    @Test
    void labelSetsBeyondTheLimitAreDroppedAndOldOnesGoOnCounting() {
        Traffic traffic = new Traffic(ROOMY);
        List<String> sets = new ArrayList<>();
        for (int host = 0; host < 300; host++) {
            for (int status = 0; status < 1_000; status++) {
                sets.add(Traffic.line("h" + host, "GET", Integer.toString(status), "t"));
            }
        }
        for (int at = 0; at < sets.size(); at += 10_000) {
            traffic.add(String.join("", sets.subList(at, at + 10_000)));
        }
        traffic.add(sets.get(0)).add(sets.get(0)).add(sets.get(299_999));
        TrafficCopy copy = traffic.copy();
        assertThat(copy.series()).isEqualTo(250_000);
        assertThat(copy.droppedRequests()).isEqualTo(50_001);
        assertThat(Counts.of(copy).requests().get(List.of("h0", "GET", "0"))).isEqualTo(3);
        assertThat(IntStream.range(0, copy.sources())
                        .mapToLong(tag -> copy.bySource(tag, StatusClass.C2XX))
                        .sum())
                .isEqualTo(300 * 100);
    }

    /** Case G09. */
    @Test
    void methodsAreBounded() {
        Traffic traffic = new Traffic(ROOMY);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            lines.append(Traffic.line("h", "BREW" + i, "200", "t"));
        }
        lines.append(Traffic.line("h", "PROPFIND", "200", "t"));
        Counts counts = Counts.of(traffic.add(lines.toString()).copy());
        assertThat(counts.requests()).hasSize(18);
        assertThat(counts.requests().get(List.of("h", "(other)", "200"))).isEqualTo(10_000 - 16);
        assertThat(counts.requests().get(List.of("h", "PROPFIND", "200"))).isEqualTo(1);
    }

    @Test
    void labelsAreValidTextAndTellOtherFromOther() {
        Traffic traffic = new Traffic(ROOMY);
        byte[] method = {(byte) 0xff, 'X', 0};
        byte[] line = Traffic.line("(other)", "@", "200", "\\(other)").getBytes(StandardCharsets.ISO_8859_1);
        byte[] hostile = new byte[line.length + 2];
        int at = new String(line, StandardCharsets.ISO_8859_1).indexOf('@');
        System.arraycopy(line, 0, hostile, 0, at);
        System.arraycopy(method, 0, hostile, at, method.length);
        System.arraycopy(line, at + 1, hostile, at + method.length, line.length - at - 1);
        Counts counts = Counts.of(traffic.add(hostile).copy());
        assertThat(counts.requests()).isEqualTo(Map.of(List.of("\\(other)", "\ufffdX\ufffd", "200"), 1L));
        assertThat(counts.bySource()).isEqualTo(Map.of(List.of("\\\\(other)", "2xx"), 1L));
    }

    @Test
    void labelsLongerThanAnyNameAreOther() {
        String longest = "h".repeat(253);
        String lines = Traffic.line(longest, "G".repeat(64), "200", "t")
                + Traffic.line(longest + "h", "G".repeat(65), "200", "t".repeat(254));
        Counts counts = Counts.of(new Traffic(ROOMY).add(lines).copy());
        assertThat(counts.requests().keySet())
                .containsExactlyInAnyOrder(
                        List.of("(other)", "(other)", "200"), List.of(longest, "G".repeat(64), "200"));
        assertThat(counts.bySource().keySet())
                .containsExactlyInAnyOrder(List.of("t", "2xx"), List.of("(other)", "2xx"));
    }

    /** Case G14 and D3: the class goes by value. */
    @ParameterizedTest
    @CsvSource({
        "099,99,other",
        "000,0,other",
        "1000,1000,other",
        "9999,9999,other",
        "100,100,other",
        "199,199,other",
        "200,200,2xx",
        "299,299,2xx",
        "304,304,3xx",
        "499,499,4xx",
        "599,599,5xx",
        "600,600,other",
        "-,0,other",
        "abc,0,other"
    })
    void statusIsANumber(String logged, String label, String statusClass) {
        Counts counts = Counts.of(
                new Traffic(ROOMY).add(Traffic.line("h", "GET", logged, "t")).copy());
        assertThat(counts.requests().keySet()).containsExactly(List.of("h", "GET", label));
        assertThat(counts.bySource().keySet()).containsExactly(List.of("t", statusClass));
    }

    /** Case G13: nothing of FR-8.4 on v1 input. */
    @Test
    void v1LinesFeedNoFamilyOfV2() {
        Counts counts = Counts.of(new Traffic(ROOMY)
                .add(Traffic.v1("h", "GET", "200", "5", "0.5", "t"))
                .copy());
        assertThat(counts.histograms().keySet())
                .containsExactlyInAnyOrder(List.of("BYTES_SENT", "h", "t"), List.of("REQUEST_DURATION", "h", "t"));
        assertThat(counts.upstream()).isEmpty();
    }

    /** D5: the last entry of a list wins, each field by itself. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "0.1, 0.2|502, 200|200000|2xx",
                "0.1 : 0.3|502 : 404|300000|4xx",
                "0.1, -|502, 503|-1|5xx",
                "0.150|-|150000|",
                "-|-|-1|",
                "|200|-1|2xx",
                "0.1, 0.2 : 0.004|200, 200 : 000|4000|other"
            },
            delimiter = '|')
    void lastUpstreamCounts(String times, String statuses, long sumMicros, String statusClass) {
        String line = Traffic.v2("h", "GET", "200", "1", "1", "0", times == null ? "" : times, statuses, "t");
        Counts counts = Counts.of(new Traffic(ROOMY).add(line).copy());
        List<Long> durations = counts.histograms().get(List.of("UPSTREAM_DURATION", "h", "t"));
        assertThat(durations == null ? -1 : durations.get(durations.size() - 1)).isEqualTo(sumMicros);
        assertThat(counts.upstream().keySet().stream().map(labels -> labels.get(2)))
                .isEqualTo(statusClass == null ? List.of() : List.of(statusClass));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "", "NaN", "1e3", "-5", "+5", "99999999999999999999"})
    void badNumbersCountTheRequestButNoHistogram(String value) {
        Counts counts = Counts.of(new Traffic(ROOMY)
                .add(Traffic.v2("h", "GET", "200", value, value, value, value, value, "t"))
                .copy());
        assertThat(counts.requests()).hasSize(1);
        assertThat(counts.histograms()).isEmpty();
        assertThat(counts.upstream()).isEmpty();
    }

    @Test
    void sumsStopAtTheLargestNumberInsteadOfTurningNegative() {
        String huge = Long.toString(Long.MAX_VALUE);
        String line = Traffic.v2("h", "GET", "200", huge, "1", "0", "-", "-", "t");
        TrafficCopy copy = new Traffic(ROOMY).add(line + line + line).copy();
        assertThat(copy.sum(1, Histogram.BYTES_SENT)).isEqualTo(Long.MAX_VALUE);
        assertThat(copy.bucket(1, Histogram.BYTES_SENT, 7)).isEqualTo(3);
    }

    @Test
    void seriesComeHostByHost() {
        Traffic traffic = new Traffic(ROOMY);
        RandomLines lines = new RandomLines(3);
        traffic.add(String.join("", lines.next(5_000)));
        List<Integer> hosts = new ArrayList<>();
        traffic.copy().forEachSeries((host, method, status, n) -> hosts.add(host));
        assertThat(hosts).isSorted().hasSizeGreaterThan(100);
    }

    @Test
    void dimensionsBehindTheSourceTagChangeNothing() {
        Schema eight = Schema.LOGTAIL.with(new Dimension(
                "scheme", "scheme", ColumnKind.TEXT, List.of("scheme"), "", 101, Map.of(), 0, Set.of(FilterOp.EQ)));
        String lines = String.join("", new RandomLines(8).next(1_000)).replace("\t-\t-\n", "\t-\thttps\n");
        Counts counts = Counts.of(new Traffic(eight, ROOMY).add(lines).copy());
        assertThat(counts).isEqualTo(Counts.of(new Traffic(ROOMY).add(lines).copy()));
    }

    @Test
    void schemaWithoutAWebsiteIsRefused() {
        Schema other = new Schema(Schema.LOGTAIL.dimensions().subList(1, 7));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrafficTable(new TupleLayout(other), new KeyHash(1, 2), ROOMY))
                .withMessage("no dimension website");
    }

    @Test
    void limitsThatCannotBeKeptAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrafficLimits(65_536, 1, 1, 1, 1, 1))
                .withMessage("hosts must be 0 to 65535, not 65536");
        assertThatIllegalArgumentException().isThrownBy(() -> ROOMY.withSeries(-1));
    }

    /** Lines of every kind, some labels far more often than others. */
    private static final class RandomLines {
        private static final List<String> STATUSES = List.of("200", "404", "099", "1000", "301", "503", "7");
        private static final List<String> TIMES = List.of("0.000", "0.005", "0.006", "1.234567", "10", "11.5", "-");
        private static final List<String> BYTES = List.of("0", "256", "257", "1048576", "1048577", "3000", "-");
        private static final List<String> METHODS =
                List.of("GET", "GET", "GET", "POST", "BREW", "x", "get", "G", "ICY");

        private final Random random;

        RandomLines(long seed) {
            random = new Random(seed);
        }

        List<String> next(int lines) {
            return IntStream.range(0, lines).mapToObj(i -> next()).collect(Collectors.toList());
        }

        private String next() {
            String host = label("", 60);
            String tag = label("tag-", 5);
            if (random.nextInt(3) == 0) {
                return Traffic.v1(host, any(METHODS), any(STATUSES), any(BYTES), any(TIMES), tag);
            }
            boolean upstream = random.nextBoolean();
            return Traffic.v2(
                    host,
                    any(METHODS),
                    any(STATUSES),
                    any(BYTES),
                    any(BYTES),
                    any(TIMES),
                    upstream ? any(TIMES) : "-",
                    upstream ? any(STATUSES) : "-",
                    tag);
        }

        private String label(String start, int spread) {
            int n = (int) Math.abs(random.nextGaussian() * spread);
            return n == 1 ? "" : n == 2 ? "(other)" : n == 3 ? "münchen" : start + n;
        }

        private String any(List<String> values) {
            return values.get(random.nextInt(values.size()));
        }
    }

    @Test
    void randomLinesHoldWhatTheModelIsToBeAskedAbout() {
        Set<String> hosts = new TreeSet<>();
        new RandomLines(5).next(2_000).forEach(line -> hosts.add(line.split("\t")[1]));
        assertThat(hosts).contains("", "(other)", "münchen").hasSizeGreaterThan(100);
    }
}
