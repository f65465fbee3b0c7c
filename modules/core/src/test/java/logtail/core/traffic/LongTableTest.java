package logtail.core.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import logtail.core.schema.KeyHash;
import org.junit.jupiter.api.Test;

class LongTableTest {
    private static final KeyHash HASH = new KeyHash(3, 5);

    @Test
    void shouldHoldWhatAMapHolds() {
        LongTable table = new LongTable(HASH, 20_000);
        Map<Long, Long> model = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            long key = random.nextInt(30_000) * (random.nextBoolean() ? 1L : 1L << 22);
            boolean room = model.containsKey(key) || model.size() < 20_000;
            assertThat(table.add(key, i)).isEqualTo(room);
            if (room) {
                model.merge(key, (long) i, Long::sum);
            }
        }
        assertThat(table.size()).isEqualTo(20_000);
        assertThat(table.sortedKeys()).isSorted().hasSize(20_000);
        for (long key : table.sortedKeys()) {
            assertThat(table.get(key)).isEqualTo(model.get(key));
        }
    }

    @Test
    void copyKeepsItsValues() {
        LongTable table = new LongTable(HASH, 10_000);
        table.add(0, 7);
        LongTable copy = table.copy();
        for (long key = 0; key < 10_000; key++) {
            table.add(key, 1);
        }
        assertThat(copy.size()).isEqualTo(1);
        assertThat(copy.get(0)).isEqualTo(7);
        assertThat(copy.get(1)).isZero();
        assertThat(table.get(0)).isEqualTo(8);
    }

    @Test
    void keyThatIsKnownHasAPlaceInAFullTable() {
        LongTable table = new LongTable(HASH, 1);
        assertThat(table.add(9, 1)).isTrue();
        assertThat(table.add(8, 1)).isFalse();
        assertThat(table.add(9, 1)).isTrue();
        assertThat(table.get(8)).isZero();
    }
}
