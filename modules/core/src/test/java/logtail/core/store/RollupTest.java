package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Labels;
import logtail.core.schema.Schema;
import logtail.core.traffic.StatusClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rollups against a map that knows every request. */
class RollupTest {
    private static final int CLASSES = StatusClass.values().length;
    private static final int STATUS = 3;

    private final KeyHash hash = new KeyHash(3, 5);
    private final Tuples tuples = new Tuples(hash);

    /** Requests by class, per rollup and value. */
    private static final class Truth {
        final List<Map<List<String>, long[]>> byRollup = new ArrayList<>();
        long total;

        Truth() {
            RollupDims.of(Schema.LOGTAIL).forEach(dims -> byRollup.add(new HashMap<>()));
        }

        void add(List<String> tuple, long count) {
            total += count;
            int statusClass =
                    StatusClass.of(Integer.parseInt(tuple.get(STATUS))).ordinal();
            List<RollupDims> rollups = RollupDims.of(Schema.LOGTAIL);
            for (int i = 0; i < rollups.size(); i++) {
                List<String> value = new ArrayList<>();
                for (int place = 0; place < rollups.get(i).size(); place++) {
                    value.add(tuple.get(rollups.get(i).get(place)));
                }
                byRollup.get(i).computeIfAbsent(value, v -> new long[CLASSES])[statusClass] += count;
            }
        }

        void add(Truth other) {
            total += other.total;
            for (int i = 0; i < byRollup.size(); i++) {
                Map<List<String>, long[]> mine = byRollup.get(i);
                other.byRollup.get(i).forEach((value, counts) -> {
                    long[] sum = mine.computeIfAbsent(value, v -> new long[CLASSES]);
                    for (int c = 0; c < CLASSES; c++) {
                        sum[c] += counts[c];
                    }
                });
            }
        }
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static List<String> value(View view, Rollup rollup, int row) {
        List<String> labels = new ArrayList<>();
        for (int place = 0; place < rollup.dims().size(); place++) {
            int d = rollup.dims().get(place);
            ColumnKind kind = view.schema().get(d).kind();
            int value = rollup.values().get(place).get(row);
            labels.add(
                    kind.isDictionary()
                            ? Labels.ofBytes(kind, view.texts().get(d).get(value))
                            : Labels.ofNumber(value));
        }
        return labels;
    }

    private static void check(View view, Bucket bucket, Truth truth, RingLimits limits) {
        assertThat(bucket.total()).isEqualTo(truth.total);
        assertThat(bucket.rollups()).hasSize(9);
        assertThat(Tuples.textBytes(view, bucket)).isLessThanOrEqualTo(limits.keyBytes());
        for (int i = 0; i < 9; i++) {
            Rollup rollup = bucket.rollups().get(i);
            Map<List<String>, long[]> left = new HashMap<>(truth.byRollup.get(i));
            long counted = rollup.other();
            assertThat(rollup.rows()).isLessThanOrEqualTo(limits.rollupTop());
            for (int row = 0; row < rollup.rows(); row++) {
                List<String> value = value(view, rollup, row);
                long[] really = left.remove(value);
                assertThat(really).as("%s of rollup %d, once", value, i).isNotNull();
                long count = rollup.counts().get(row);
                assertThat(sum(really)).isBetween(count, count + rollup.bounds().get(row));
                for (int c = 0; c < CLASSES; c++) {
                    long ofClass = rollup.classCounts().get(c).get(row);
                    assertThat(really[c])
                            .isBetween(ofClass, ofClass + rollup.bounds().get(row));
                }
                counted += count;
                assertThat(row == 0 || count <= rollup.counts().get(row - 1)).isTrue();
            }
            assertThat(counted).isEqualTo(truth.total);
            assertThat(left.values()).allMatch(counts -> sum(counts) <= rollup.missing());
            checkOther(rollup, truth.byRollup.get(i));
        }
    }

    /** What is not in a row: of each class at most what there really is, none of it twice. */
    private static void checkOther(Rollup rollup, Map<List<String>, long[]> truth) {
        long others = 0;
        for (int c = 0; c < CLASSES; c++) {
            long left = rollup.otherClassCounts().get(c);
            others += left;
            for (int row = 0; row < rollup.rows(); row++) {
                left += rollup.classCounts().get(c).get(row);
            }
            int ofClass = c;
            assertThat(rollup.otherClassCounts().get(c)).isNotNegative();
            assertThat(left)
                    .isEqualTo(truth.values().stream()
                            .mapToLong(counts -> counts[ofClass])
                            .sum());
        }
        assertThat(others).isEqualTo(rollup.other());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 30000, 8388608, 1000, 1048576, 100000",
        "2, 300, 8388608, 1000, 1048576, 50",
        "3, 300, 20000, 100, 4000, 20",
        "4, 50, 100000, 2, 1, 1",
        "5, 1, 100000, 500, 1000000, 100",
        "6, 2000, 100000, 5000, 300000, 2000"
    })
    void everyRollup_addsUpAndBoundsTheTruth(long seed, int rows, int keyBytes, int top, int textBytes, int rollupTop) {
        LiveTable table = new LiveTable(tuples.layout(), hash, rows, keyBytes, LiveTable.Overflow.FOLD);
        RingLimits limits = new RingLimits(10, top, textBytes, rollupTop);
        Sealer sealer = new Sealer(tuples.layout(), hash, 60, limits, limits);
        RandomTraffic traffic = new RandomTraffic(seed);
        Truth slot = new Truth();
        for (int minute = 0; minute < 12; minute++) {
            Truth truth = new Truth();
            for (int i = 0; i < 2_000; i++) {
                List<String> tuple = traffic.tuple(100 + 300 * (minute % 3));
                tuples.add(table, tuple, 1 + i % 2);
                truth.add(escaped(tuple), 1 + i % 2);
            }
            Rotation rotation = sealer.rotate(table, minute * 60L, false);
            table.clear();

            check(rotation.view(), rotation.bucket(), truth, limits);
            slot.add(truth);
            if (minute % 5 == 4) {
                List<Bucket> coarse = rotation.view().coarse();
                check(rotation.view(), coarse.get(coarse.size() - 1), slot, limits);
                slot = new Truth();
            }
        }
    }

    private static List<String> escaped(List<String> tuple) {
        return tuple.stream()
                .map(text -> text.endsWith("(other)") ? "\\" + text : text)
                .toList();
    }

    /** More values than the side tables hold, so that they have to let some go. */
    @Test
    void floodThatOverflowsTheSideTables_staysWithinItsBounds() {
        LiveTable table = new LiveTable(tuples.layout(), hash, 1_000, 1 << 20, LiveTable.Overflow.FOLD);
        RingLimits limits = new RingLimits(5, 500, 1 << 20, 100);
        Sealer sealer = new Sealer(tuples.layout(), hash, 60, limits, limits);
        Truth truth = new Truth();
        Random random = new Random(9);
        for (int i = 0; i < 150_000; i++) {
            int often = (int) Math.abs(random.nextGaussian() * 20);
            List<String> tuple = random.nextInt(3) == 0
                    ? List.of("s" + often % 7, "10.1." + often + ".0/24", "/" + often, "200", "0", "1", "t")
                    : List.of("r" + i, "10." + i % 200 + "." + i % 251 + ".0/24", "/" + i, "404", "0", "" + i, "t");
            tuples.add(table, tuple, 1);
            truth.add(tuple, 1);
        }
        Rotation rotation = sealer.rotate(table, 0, false);

        check(rotation.view(), rotation.bucket(), truth, limits);
        Rollup uris = rotation.bucket().rollups().get(2);
        truth.byRollup.get(2).forEach((value, counts) -> {
            if (sum(counts) > 1_000) {
                assertThat(countOf(rotation.view(), uris, value)).isGreaterThan(sum(counts) * 99 / 100);
            }
        });
    }

    private static long countOf(View view, Rollup rollup, List<String> value) {
        for (int row = 0; row < rollup.rows(); row++) {
            if (value(view, rollup, row).equals(value)) {
                return rollup.counts().get(row);
            }
        }
        return 0;
    }

    @Test
    void tableWithRoom_isSummedUpExactly() {
        LiveTable table = new LiveTable(tuples.layout(), hash, 10_000, 1 << 22, LiveTable.Overflow.FOLD);
        Sealer sealer = new Sealer(tuples.layout(), hash, 60, RingLimits.FINE, RingLimits.COARSE);
        RandomTraffic traffic = new RandomTraffic(4);
        traffic.bucket(1_000, 100).forEach((tuple, count) -> tuples.add(table, tuple, count));

        assertThat(sealer.rotate(table, 0, false).bucket().rollups()).allMatch(Rollup::complete);
    }

    @Test
    void requestsThatCameFolded_boundEveryValue() {
        LiveTable table = new LiveTable(tuples.layout(), hash, 10_000, 1 << 22, LiveTable.Overflow.FOLD);
        List<String> tuple = List.of("a", "10.0.0.0/24", "/", "200", "0", "1", "t");
        tuples.add(table, tuple, 5);
        tuples.addFolded(table, tuple, 1 << 2, 3);
        tuples.addFolded(table, tuple, 1 << STATUS, 2);
        Bucket bucket = new Sealer(tuples.layout(), hash, 60, RingLimits.FINE, RingLimits.COARSE)
                .rotate(table, 0, false)
                .bucket();

        Rollup uris = bucket.rollups().get(2);
        assertThat(uris.counts().get(0)).isEqualTo(7);
        assertThat(uris.bounds().get(0)).isEqualTo(3);
        assertThat(uris.other()).isEqualTo(3);
        assertThat(uris.missing()).isEqualTo(3);
        assertThat(uris.classCounts().get(0).get(0)).isEqualTo(5);
        assertThat(bucket.rollups().get(0).complete()).isTrue();
    }

    @Test
    void valuesThatCameOnce_getNoRowWhenThereAreTooMany() {
        LiveTable table = new LiveTable(tuples.layout(), hash, 10_000, 1 << 22, LiveTable.Overflow.FOLD);
        for (int i = 0; i < 500; i++) {
            tuples.add(table, List.of("a", "10.0.0.0/24", "/" + i, "200", "0", "1", "t"), i < 3 ? 2 : 1);
        }
        RingLimits limits = new RingLimits(5, 1_000, 1 << 20, 100);
        Rollup uris = new Sealer(tuples.layout(), hash, 60, limits, limits)
                .rotate(table, 0, false)
                .bucket()
                .rollups()
                .get(2);

        assertThat(uris.rows()).isEqualTo(3);
        assertThat(uris.other()).isEqualTo(497);
        assertThat(uris.missing()).isEqualTo(1);
    }
}
