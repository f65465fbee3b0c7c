package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import logtail.core.schema.KeyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideTableTest {
    private static final int CLASSES = 5;

    private final KeyHash hash = new KeyHash(3, 5);
    private final Map<String, long[]> truth = new HashMap<>();

    private long hashOf(String value) {
        byte[] bytes = (value + "01234567").getBytes(StandardCharsets.UTF_8);
        return SideTable.hash(hash.hash(bytes, 0, bytes.length - 8), 0);
    }

    /** A value is two fields with a blank between them. */
    private void add(SideTable table, String value, int statusClass, long n) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int blank = value.indexOf(' ');
        table.add(hashOf(value), bytes, 0, blank, blank + 1, bytes.length - blank - 1, statusClass, n);
        truth.computeIfAbsent(value, v -> new long[CLASSES + 1])[statusClass < 0 ? CLASSES : statusClass] += n;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private void checkBounds(SideTable table) {
        Set<String> held = new HashSet<>();
        table.forEach((bytes, from, firstLength, secondLength, way) -> {
            String value = new String(bytes, from, firstLength, StandardCharsets.UTF_8) + " "
                    + new String(bytes, from + firstLength, secondLength, StandardCharsets.UTF_8);
            long[] really = truth.getOrDefault(value, new long[CLASSES + 1]);
            assertThat(held.add(value)).as("%s is held once", value).isTrue();
            assertThat(table.estimate(way)).isGreaterThanOrEqualTo(sum(really));
            for (int c = 0; c < CLASSES; c++) {
                assertThat(table.count(way, c)).isLessThanOrEqualTo(really[c]);
            }
        });
        truth.forEach((value, counts) -> {
            if (!held.contains(value)) {
                assertThat(table.missing(hashOf(value))).as(value).isGreaterThanOrEqualTo(sum(counts));
                assertThat(table.missing()).isGreaterThanOrEqualTo(sum(counts));
            }
        });
        assertThat(table.fed())
                .isEqualTo(truth.values().stream().mapToLong(SideTableTest::sum).sum());
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 100000", "2, 5, 100000", "3, 4, 100000", "4, 6, 2000", "5, 6, 300", "6, 10, 100000"})
    void shouldBoundEveryValueFromBothSides(long seed, int valueBits, int keyBytes) {
        SideTable table = new SideTable(new SideTable.Size(valueBits, keyBytes));
        Random random = new Random(seed);
        for (int bucket = 0; bucket < 3; bucket++) {
            for (int i = 0; i < 5_000; i++) {
                int value = (int) Math.abs(random.nextGaussian() * 200);
                String text = random.nextInt(3) == 0 ? "unique" + i : "s" + value % 20;
                String tail = value % 9 == 0 ? "/" + "x".repeat(value) : "/" + value;
                add(table, text + " " + tail, random.nextInt(CLASSES + 1) - 1, 1 + random.nextInt(3));
            }
            checkBounds(table);
            table.clear();
            truth.clear();
            checkBounds(table);
        }
    }

    @Test
    void whatComesOften_isCountedThroughAFloodOfWhatComesOnce() {
        SideTable table = new SideTable(new SideTable.Size(8, 1 << 16));
        for (int i = 0; i < 100_000; i++) {
            add(table, "flood /" + i, 2, 1);
            if (i % 100 == 0) {
                add(table, "site /often", 0, 1);
            }
        }

        checkBounds(table);
        long[] often = new long[1];
        table.forEach((bytes, from, firstLength, secondLength, way) -> {
            if (firstLength == 4) {
                often[0] = table.count(way, 0);
            }
        });
        assertThat(often[0]).isGreaterThan(800);
    }

    /** Cells and estimates have an end; behind it nothing is said that is not true. */
    @Test
    void hugeCounts_leaveTheBoundsTrue() {
        SideTable table = new SideTable(new SideTable.Size(3, 1 << 16));
        for (int i = 0; i < 200; i++) {
            add(table, "s /" + i % 40, i % CLASSES, i % 3 == 0 ? Integer.MAX_VALUE : 70_000);
        }

        checkBounds(table);
    }

    @Test
    void fieldsThatJoinToTheSameBytes_areTwoValues() {
        SideTable table = new SideTable(new SideTable.Size(3, 1000));
        byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
        table.add(7, bytes, 0, 1, 1, 2, 0, 2);
        table.add(7, bytes, 0, 2, 2, 1, 0, 2);
        int[] values = new int[1];
        table.forEach((b, from, firstLength, secondLength, way) -> values[0]++);

        assertThat(values[0]).isEqualTo(2);
    }

    @Test
    void longValues_leaveRoomForTheUsualOnes() {
        SideTable table = new SideTable(new SideTable.Size(10, 1 << 20));
        for (int i = 0; i < 1_000; i++) {
            add(table, "s /" + "x".repeat(8_000) + i, 0, 1);
        }
        for (int i = 0; i < 300; i++) {
            add(table, "usual /" + i, 0, 5);
        }

        checkBounds(table);
        int[] usual = new int[1];
        table.forEach((bytes, from, firstLength, secondLength, way) -> usual[0] += firstLength == 5 ? 1 : 0);
        assertThat(usual[0]).isGreaterThan(250);
    }
}
