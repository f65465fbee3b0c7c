package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a request costs in calm traffic and under attack: decoding, counting, and sealing a full table. Prints the CPU
 * time of the thread, best of several rounds; nothing is asserted but totals, since time depends on the machine.
 */
@Tag("bench")
class StoreBench {
    private static final int REQUESTS = 200_000;
    private static final int ROUNDS = Integer.getInteger("logtail.rounds", 6);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final KeyHash hash = new KeyHash(3, 5);
    private final LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());

    /** Traffic with the attack only: what a unique key costs. */
    private static final TrafficScale ATTACK_ONLY = new TrafficScale(1, 100_000, 200, 8_000, 2_000, 60_000, 50_000);

    private List<Batch> batches(Attack attack) {
        AttackTraffic traffic = new AttackTraffic(attack, attack == Attack.NONE ? TrafficScale.FULL : ATTACK_ONLY, 7);
        List<Batch> batches = new ArrayList<>();
        int left = REQUESTS;
        while (left > 0) {
            Batch batch = new Batch(256 << 10, new InputStats("file:test", Schema.LOGTAIL));
            int length = 0;
            for (; left > 0 && length < batch.rawCapacity() - 9_000; left--) {
                traffic.next(left * 60L / REQUESTS < 0 ? 0 : (int) (59 - left * 59L / REQUESTS));
                byte[] line = traffic.line();
                System.arraycopy(line, 0, batch.raw(), length, line.length);
                length += line.length;
            }
            batch.rawLength(length);
            batch.received(0, 0, null, false);
            batches.add(batch);
        }
        return batches;
    }

    @Test
    void attacks() {
        LiveTable table = new LiveTable(layout, hash, 100_000, 32 << 20, LiveTable.Overflow.FOLD);
        List<List<Batch>> all = new ArrayList<>();
        List<Attack> attacks =
                List.of(Attack.NONE, Attack.PATHS_ONE, Attack.HOSTS_MANY, Attack.FLASH, Attack.CHAOS, Attack.TWICE);
        attacks.forEach(attack -> all.add(batches(attack)));
        long[][] best = new long[attacks.size()][4];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < attacks.size(); i++) {
                long t0 = THREADS.getCurrentThreadCpuTime();
                all.get(i).forEach(decoder::decode);
                long t1 = THREADS.getCurrentThreadCpuTime();
                all.get(i).forEach(table::add);
                long t2 = THREADS.getCurrentThreadCpuTime();
                assertThat(table.total()).isEqualTo(REQUESTS);
                Sealer sealer = new Sealer(layout, hash, 60, RingLimits.FINE, RingLimits.COARSE);
                sealer.rotate(table, 0, false);
                long t3 = THREADS.getCurrentThreadCpuTime();
                table.clear();
                long t4 = THREADS.getCurrentThreadCpuTime();
                keep(best[i], round, t1 - t0, t2 - t1, t3 - t2, t4 - t3);
            }
        }
        for (int i = 0; i < attacks.size(); i++) {
            System.out.printf(
                    "%-11s decode %4d ns, count %4d ns, seal %4d ms, clear %.1f ms%n",
                    attacks.get(i),
                    best[i][0] / REQUESTS,
                    best[i][1] / REQUESTS,
                    best[i][2] / 1_000_000,
                    best[i][3] / 1e6);
        }
    }

    private static void keep(long[] best, int round, long... times) {
        for (int i = 0; i < times.length; i++) {
            best[i] = round == 0 ? times[i] : Math.min(best[i], times[i]);
        }
    }
}
