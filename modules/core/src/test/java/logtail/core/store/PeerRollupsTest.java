package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Labels;
import logtail.core.schema.Schema;
import org.junit.jupiter.api.Test;

class PeerRollupsTest {
    private final KeyHash hash = new KeyHash(3, 5);
    private final Tuples tuples = new Tuples(hash);

    /** A bucket in which much was folded, so that nothing is 0 everywhere. */
    private Rotation rotation(int requests) {
        LiveTable table = new LiveTable(tuples.layout(), hash, 200, 1 << 20, LiveTable.Overflow.FOLD);
        RandomTraffic traffic = new RandomTraffic(requests);
        for (int i = 0; i < requests; i++) {
            tuples.add(table, traffic.tuple(2_000), 1 + i % 3);
        }
        RingLimits limits = new RingLimits(5, 100, 100_000, 50);
        return new Sealer(tuples.layout(), hash, 60, limits, limits).rotate(table, 0, false);
    }

    /** Everything a rollup says, with labels instead of ids. */
    private static List<List<Object>> read(List<Texts> texts, Rollup rollup) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 0; row < rollup.rows(); row++) {
            List<Object> cells = new ArrayList<>();
            for (int place = 0; place < rollup.dims().size(); place++) {
                int d = rollup.dims().get(place);
                ColumnKind kind = Schema.LOGTAIL.get(d).kind();
                int value = rollup.values().get(place).get(row);
                cells.add(
                        kind.isDictionary() ? Labels.ofBytes(kind, texts.get(d).get(value)) : Labels.ofNumber(value));
            }
            cells.add(rollup.counts().get(row));
            cells.add(rollup.bounds().get(row));
            for (Counts classes : rollup.classCounts()) {
                cells.add(classes.get(row));
            }
            rows.add(cells);
        }
        rows.add(List.of(rollup.other(), rollup.otherClassCounts(), rollup.missing(), rollup.total()));
        return rows;
    }

    @Test
    void shouldReadBackWhatWasWritten() throws Exception {
        for (int requests : new int[] {0, 1, 100, 5_000}) {
            Rotation rotation = rotation(requests);
            byte[] bytes = PeerRollups.write(rotation.view(), rotation.bucket());
            PeerRollups peer = PeerRollups.read(Schema.LOGTAIL, bytes);

            assertThat(peer.total()).isEqualTo(rotation.bucket().total());
            for (int i = 0; i < peer.rollups().size(); i++) {
                assertThat(read(peer.texts(), peer.rollups().get(i)))
                        .isEqualTo(read(
                                rotation.view().texts(),
                                rotation.bucket().rollups().get(i)));
            }
        }
    }

    @Test
    void bytesThatAreCutShortOrTooLong_areRefused() {
        Rotation rotation = rotation(300);
        byte[] bytes = PeerRollups.write(rotation.view(), rotation.bucket());
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 500) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PeerRollups.read(Schema.LOGTAIL, cut)).isInstanceOf(InvalidRollupsException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> PeerRollups.read(Schema.LOGTAIL, longer)).isInstanceOf(InvalidRollupsException.class);
    }

    @Test
    void anyBytes_areReadOrRefusedButNothingElse() {
        Rotation rotation = rotation(300);
        byte[] bytes = PeerRollups.write(rotation.view(), rotation.bucket());
        Random random = new Random(1);
        int refused = 0;
        for (int run = 0; run < 3_000; run++) {
            byte[] broken = bytes.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                broken[random.nextInt(run % 2 == 0 ? 20 : broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(PeerRollups.read(Schema.LOGTAIL, broken).total()).isNotNegative();
            } catch (InvalidRollupsException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }
}
