package logtail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import logtail.core.attack.Attack;
import logtail.core.attack.AttackTraffic;
import logtail.core.attack.TrafficScale;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.LiveTable;
import logtail.core.store.PeerRollups;
import logtail.core.store.RingLimits;
import logtail.core.store.Rotation;
import logtail.core.store.Sealer;
import logtail.wire.proto.Snapshot;
import org.junit.jupiter.api.Test;

/** Rollups travel beside the rows, and never in their way. */
class SnapshotRollupsTest {
    private final SnapshotEncoder encoder = new SnapshotEncoder(Schema.LOGTAIL);
    private final SnapshotDecoder decoder = new SnapshotDecoder(Schema.LOGTAIL);

    private static Rotation rotation() {
        TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
        KeyHash hash = new KeyHash(3, 5);
        Batch batch = new Batch(1 << 20, new InputStats("file:test", Schema.LOGTAIL));
        AttackTraffic traffic = new AttackTraffic(Attack.MIX, TrafficScale.FULL.dividedBy(100), 1);
        int length = 0;
        for (int i = 0; i < 3_000; i++) {
            traffic.next(0);
            byte[] line = traffic.line();
            System.arraycopy(line, 0, batch.raw(), length, line.length);
            length += line.length;
        }
        batch.rawLength(length);
        new LogtailDecoder(layout, hash, DecoderOptions.defaults()).decode(batch);
        LiveTable table = new LiveTable(layout, hash, 500, 1 << 20, LiveTable.Overflow.FOLD);
        table.add(batch);
        return new Sealer(layout, hash, 60, RingLimits.FINE, RingLimits.COARSE).rotate(table, 0, false);
    }

    @Test
    void shouldReadBackTheRollupsBesideTheRows() throws Exception {
        Rotation rotation = rotation();

        SnapshotRows rows = decoder.decode(encoder.encodeWithRollups("n", rotation.view(), rotation.bucket()));

        PeerRollups rollups = rows.rollups().orElseThrow();
        assertThat(rows.total()).isEqualTo(3_000);
        assertThat(rollups.total()).isEqualTo(3_000);
        assertThat(rollups.rollups()).hasSize(9);
        assertThat(rollups.rollups().get(0).counts().get(0))
                .isEqualTo(rotation.bucket().rollups().get(0).counts().get(0));
        assertThat(rows.rejected(EntryReject.ROLLUPS)).isZero();
    }

    @Test
    void whoDoesNotAskForThem_getsTheRowsOnly() throws Exception {
        Rotation rotation = rotation();
        byte[] message = encoder.encode("n", rotation.view(), rotation.bucket());

        assertThat(decoder.decode(message).rollups()).isEmpty();
        assertThat(Snapshot.parseFrom(message).getRollups()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void rollupsThatMakeNoSense_areLeftOutAndCounted() throws Exception {
        Rotation rotation = rotation();
        Snapshot message = Snapshot.parseFrom(encoder.encodeWithRollups("n", rotation.view(), rotation.bucket()));
        Snapshot broken = message.toBuilder()
                .setRollups(message.getRollups().substring(1))
                .build();
        Snapshot otherRows = message.toBuilder().removeEntries(0).build();

        for (Snapshot wrong : new Snapshot[] {broken, otherRows}) {
            SnapshotRows rows = decoder.decode(wrong.toByteArray());
            assertThat(rows.rollups()).isEmpty();
            assertThat(rows.rows()).isEqualTo(wrong.getEntriesCount());
            assertThat(rows.rejected(EntryReject.ROLLUPS)).isEqualTo(1);
        }
    }
}
