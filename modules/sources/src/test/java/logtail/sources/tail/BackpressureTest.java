package logtail.sources.tail;

import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import logtail.core.schema.Schema;
import logtail.sources.NumberedLines;
import logtail.sources.Sources;
import logtail.sources.channel.Channel;
import logtail.sources.channel.ChannelOptions;
import logtail.sources.channel.Outlet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackpressureTest {
    private final Path dir;
    private final Path log;

    BackpressureTest(@TempDir Path dir) throws IOException {
        this.dir = dir.toRealPath();
        this.log = this.dir.resolve("access.log");
        Log.write(log, "");
    }

    @Test
    void stalledStore_makesTheTailerFallBehindAndLosesNothing() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            tail.stall(true);
            int n = 0;
            for (int i = 0; i < 100; i++) {
                Log.write(log, lines(n, n + 500));
                n += 500;
                tail.poll(20);
            }
            assertThat(tail.sources.files().get(0).lagBytes()).isGreaterThan(3_000_000);
            assertThat(tail.underWay).hasSizeLessThanOrEqualTo(8);
            tail.stall(false);
            tail.run(1_000);
            tail.assertCounted(0, n);
            assertThat(tail.sources.files().get(0).lagBytes()).isZero();
            assertThat(tail.sources.channel().records()).isZero();
            assertThat(tail.sources.channel().bytes()).isZero();
        }
    }

    @Test
    void rotationsWhileTheStoreIsStalled_loseNothing() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            tail.stall(true);
            int n = 0;
            for (int i = 0; i < 30; i++) {
                Log.write(log, lines(n, n + 2_000));
                n += 2_000;
                tail.run(5_000);
                Files.move(log, dir.resolve("access.log." + i));
                tail.run(100);
                // Deleted before a line of it was read: its descriptor is all there is.
                Files.delete(dir.resolve("access.log." + i));
            }
            Log.write(log, lines(n, n + 1));
            tail.run(100);
            tail.stall(false);
            tail.run(40_000);
            tail.assertCounted(0, n + 1);
            assertThat(Tail.openBelow(dir)).hasSize(1);
        }
    }

    @Test
    void smallBatches_areFewWhileTheStoreIsBusy() throws IOException {
        try (Tail tail = Tail.of(log.toString())) {
            tail.stall(true);
            int n = 0;
            for (int i = 0; i < 1_000; i++) {
                Log.write(log, lines(n, n + 1));
                n++;
                tail.poll(20);
            }
            assertThat(tail.underWay)
                    .as("two, and the third waits for more lines")
                    .hasSize(2);
            tail.returnOne();
            tail.poll(20);
            assertThat(tail.underWay).hasSize(2);
            assertThat(tail.underWay.getLast().records()).isEqualTo(998);
            tail.stall(false);
            tail.run(100);
            tail.assertCounted(0, n);
        }
    }

    @Test
    void fullChannel_isWaitedFor() throws IOException {
        NumberedLines store = new NumberedLines();
        try (Tail tail =
                new Tail(TailOptions.defaults(), new ChannelOptions(1_000, 1 << 30), store, 0, log.toString())) {
            tail.stall(true);
            Log.write(log, lines(0, 10_000));
            tail.run(1_000);
            // One batch always, however large.
            assertThat(tail.underWay).hasSize(1);
            tail.stall(false);
            tail.run(1_000);
            tail.assertCounted(0, 10_000);
        }
    }

    @Test
    void channelFilledByAnotherSource_doesNotStarveTheFiles() throws IOException {
        Sources sources = new Sources(Schema.LOGTAIL, new ChannelOptions(100, 1 << 20));
        Channel.Share other = sources.channel().share();
        assertThat(other.take(100, 100)).isTrue();
        Channel.Share files = sources.channel().share();
        assertThat(files.take(10, 10)).isTrue();
        assertThat(files.take(1, 1)).isFalse();
        files.give(10, 10);
        assertThat(files.take(10, 10)).isTrue();
        assertThat(sources.channel().records()).isEqualTo(110);
    }

    @Test
    void linesThatWaitedForCreditLongerThanABucket_areCatchUp() throws IOException {
        TailOptions second = new TailOptions(20, 10_000, 10_000, 1_000, 1 << 16, 512, null);
        try (Tail tail = Tail.of(second, log.toString())) {
            tail.stall(true);
            int n = 0;
            for (int i = 0; i < 200; i++) {
                Log.write(log, lines(n, n + 200));
                n += 200;
                tail.poll(20);
            }
            tail.stall(false);
            tail.poll(20);
            assertThat(tail.catchUps).isNotEmpty();
            int late = tail.catchUps.size();
            assertThat(tail.batchBytes.size())
                    .as("the newest lines are not late")
                    .isGreaterThan(late);
            for (int i = 0; i < 200; i++) {
                Log.write(log, lines(n, n + 200));
                n += 200;
                tail.poll(20);
            }
            assertThat(tail.catchUps).hasSize(late);
            tail.assertCounted(0, n);
        }
    }

    @Test
    void quietFiles_areNeverCatchUp() throws IOException {
        TailOptions second = new TailOptions(20, 10_000, 10_000, 1_000, 1 << 16, 2, null);
        for (int f = 0; f < 20; f++) {
            Log.write(dir.resolve("vhost" + f + ".log"), "");
        }
        try (Tail tail = Tail.of(second, dir.resolve("*.log").toString())) {
            int n = 0;
            for (int r = 0; r < 3; r++) {
                tail.run(20_000);
                for (int f = 0; f < 20; f++) {
                    Log.write(dir.resolve("vhost" + f + ".log"), lines(n, n + 1));
                    n++;
                }
            }
            tail.run(1_000);
            tail.assertCounted(0, n);
            assertThat(tail.catchUps).isEmpty();
        }
    }

    @Test
    void backlogOfOneFile_doesNotKeepTheOthersWaiting() throws IOException {
        Path small = dir.resolve("small.log");
        Log.write(small, "");
        try (Tail tail = Tail.of(log.toString(), small.toString())) {
            Log.write(log, lines(0, 50_000));
            tail.stall(true);
            tail.poll(20);
            Log.write(small, lines(50_000, 50_001));
            tail.poll(20);
            for (int i = 0; i < 6 && tail.store.missing(50_000, 50_001).size() == 1; i++) {
                tail.returnOne();
                tail.returnOne();
                tail.poll(20);
            }
            assertThat(tail.store.missing(50_000, 50_001)).isEmpty();
            assertThat(tail.store.missing(0, 50_000)).isNotEmpty();
            tail.stall(false);
            tail.run(100);
            tail.assertCounted(0, 50_001);
        }
    }

    @Test
    void batchHoldsALineLongerThanItsUsualSize() {
        Outlet outlet = new Outlet(new Channel(ChannelOptions.defaults()).share(), 1 << 20, 8, batch -> {});
        assertThat(outlet.take(new Sources(Schema.LOGTAIL, ChannelOptions.defaults())
                                .file("x")
                                .stats())
                        .rawCapacity())
                .isGreaterThan(1 << 20);
    }
}
