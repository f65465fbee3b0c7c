package logtail.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.line.RejectReason;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {
    private static final int HOST = 1;
    private static final int ADDRESS = 2;
    private static final int METHOD = 3;
    private static final int URI = 4;
    private static final int STATUS = 5;
    private static final int TOR = 11;
    private static final int ASN = 12;
    private static final int TAG = 13;
    private static final int SERVER = 14;

    @Test
    void shouldGiveTheSameLinesForTheSameSeedHoweverTimeIsSliced() {
        StringBuilder whole = new StringBuilder();
        StringBuilder sliced = new StringBuilder();
        TrafficGenerator one = new TrafficGenerator(7);
        TrafficGenerator other = new TrafficGenerator(7);

        int lines = one.next(7_000, whole);
        int sum = 0;
        for (int slice = 1; slice <= 7_000 / 25; slice++) {
            sum += other.next(slice % 2 == 0 ? 10 : 40, sliced);
        }

        assertThat(sum).isEqualTo(lines);
        assertThat(sliced).hasToString(whole.toString());
    }

    @Test
    void shouldGiveOtherLinesForAnotherSeed() {
        assertThat(lines(1, 100)).isNotEqualTo(lines(2, 100));
    }

    @Test
    void shouldWriteOnlyLinesTheDecoderAcceptsWithoutABadField() {
        StringBuilder out = new StringBuilder();
        int lines = new TrafficGenerator(3).next(20_000, out);
        byte[] raw = out.toString().getBytes(StandardCharsets.UTF_8);
        InputStats stats = new InputStats("demo", Schema.LOGTAIL);
        Batch batch = new Batch(raw.length, stats);
        System.arraycopy(raw, 0, batch.raw(), 0, raw.length);
        batch.rawLength(raw.length);

        new LogtailDecoder(new TupleLayout(Schema.LOGTAIL), new KeyHash(1, 2), DecoderOptions.defaults()).decode(batch);

        assertThat(batch.records()).isEqualTo(lines);
        for (RejectReason reason : RejectReason.values()) {
            assertThat(stats.rejected(reason)).as(reason.name()).isZero();
        }
        for (int field = 0; field < stats.fields().size(); field++) {
            assertThat(stats.fieldErrors(field)).as(stats.fields().get(field)).isZero();
        }
    }

    @Test
    void shouldPutTheAttackerOnTopByPrefixUriAndSite_onceTheAttackRuns() {
        TrafficGenerator generator = new TrafficGenerator(1);
        generator.next(TrafficGenerator.ATTACK_STARTS_MS + 3_000, new StringBuilder());
        for (int second = 0; second < 120; second += 10) {
            List<String[]> lines = slice(generator, 1_000);
            generator.next(9_000, new StringBuilder());

            assertThat(ranked(lines, TrafficGeneratorTest::prefix).get(0)).isEqualTo(TrafficGenerator.ATTACKER);
            assertThat(ranked(lines, TrafficGeneratorTest::path).get(0)).isEqualTo(TrafficGenerator.ATTACKED_URI);
            assertThat(ranked(lines, line -> line[HOST]).get(0)).isEqualTo(TrafficGenerator.ATTACKED_SITE);
            List<Long> sizes = counts(lines, TrafficGeneratorTest::prefix).values().stream()
                    .sorted(Comparator.reverseOrder())
                    .toList();
            assertThat(sizes.get(0)).isGreaterThan(5 * sizes.get(1));
        }
    }

    @Test
    void shouldStartWithoutTheAttack() {
        assertThat(counts(lines(1, TrafficGenerator.ATTACK_STARTS_MS), TrafficGeneratorTest::prefix))
                .doesNotContainKey(TrafficGenerator.ATTACKER);
    }

    @Test
    void shouldAnswerTheAttackerWithNothingBut429And403_withQueriesThatNeverRepeat() {
        List<String[]> attack = lines(1, 15_000).stream()
                .filter(line -> prefix(line).equals(TrafficGenerator.ATTACKER))
                .toList();

        assertThat(counts(attack, line -> line[STATUS])).containsOnlyKeys("429", "403");
        assertThat(counts(attack, line -> line[TOR])).containsOnlyKeys("0");
        assertThat(counts(attack, line -> line[URI]).size()).isGreaterThan(attack.size() * 99 / 100);
    }

    @Test
    void shouldWriteAFewThousandLinesPerSecondThatGoUpAndDown() {
        TrafficGenerator generator = new TrafficGenerator(1);
        generator.next(10_000, new StringBuilder());
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int second = 0; second < 1_440; second += 20) {
            int lines = 0;
            for (int slice = 0; slice < 20; slice++) {
                lines = generator.next(1_000, new StringBuilder());
            }
            least = Math.min(least, lines);
            most = Math.max(most, lines);
        }

        assertThat(least).isBetween(2_000, 3_000);
        assertThat(most).isBetween(4_000, 5_000);
    }

    @Test
    void shouldLookLikeAnOrdinaryDay() {
        List<String[]> lines = lines(1, 60_000);

        assertThat(counts(lines, line -> line[HOST])).hasSize(10);
        assertThat(counts(lines, line -> line[STATUS]))
                .containsKeys("200", "301", "304", "404", "429", "500", "502", "503");
        assertThat(counts(lines, line -> line[METHOD])).containsKeys("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");
        assertThat(counts(lines, line -> line[TAG])).hasSize(4);
        assertThat(counts(lines, line -> line[TOR])).containsKeys("0", "1");
        assertThat(counts(lines, TrafficGeneratorTest::prefix).size()).isGreaterThan(250);
        assertThat(counts(lines, TrafficGeneratorTest::path).size()).isGreaterThan(500);
        assertThat(lines).anyMatch(line -> line[URI].contains("?")).anyMatch(line -> line[ADDRESS].contains(":"));
    }

    @Test
    void shouldKeepEachPrefixInOneAutonomousSystem() {
        Map<String, Set<String>> asns = new HashMap<>();
        for (String[] line : lines(1, 30_000)) {
            asns.computeIfAbsent(prefix(line), p -> new HashSet<>()).add(line[ASN]);
        }

        assertThat(asns.values()).allMatch(set -> set.size() == 1);
    }

    @Test
    void shouldUseOnlyNamesAddressesAndNumbersSetAsideForExamples() {
        Predicate<String> address = Pattern.compile(
                        "(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113|198\\.1[89]\\.\\d+)\\.\\d+|2001:db8:[0-9a-f:]+")
                .asMatchPredicate();
        for (String[] line : lines(1, 30_000)) {
            assertThat(line[HOST]).matches("[a-z]+\\.example\\.(com|net|org)");
            assertThat(line[ADDRESS]).matches(address);
            assertThat(line[SERVER]).matches(address);
            assertThat(Long.parseLong(line[ASN]))
                    .matches(n -> (n >= 64_496 && n <= 64_511) || (n >= 65_536 && n <= 65_551));
        }
    }

    private static List<String[]> lines(long seed, int ms) {
        return slice(new TrafficGenerator(seed), ms);
    }

    private static List<String[]> slice(TrafficGenerator generator, int ms) {
        StringBuilder out = new StringBuilder();
        int lines = generator.next(ms, out);
        List<String[]> split =
                out.toString().lines().map(line -> line.split("\t", -1)).toList();
        assertThat(split).hasSize(lines);
        return split;
    }

    private static String prefix(String[] line) {
        String address = line[ADDRESS];
        if (address.indexOf(':') < 0) {
            return address.substring(0, address.lastIndexOf('.')) + ".0/24";
        }
        return Arrays.stream(address.split(":")).limit(3).collect(Collectors.joining(":", "", "::/48"));
    }

    private static String path(String[] line) {
        return line[URI].split("\\?", 2)[0];
    }

    private static Map<String, Long> counts(List<String[]> lines, Function<String[], String> label) {
        return lines.stream().collect(Collectors.groupingBy(label, Collectors.counting()));
    }

    private static List<String> ranked(List<String[]> lines, Function<String[], String> label) {
        return counts(lines, label).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
