package logtail.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import logtail.core.query.Filter;
import logtail.core.query.Queries;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.Bucket;
import logtail.core.store.LiveTable;
import logtail.core.store.RingLimits;
import logtail.core.store.Sealer;
import logtail.core.store.Texts;
import logtail.core.store.View;
import logtail.core.time.Window;
import logtail.wire.SnapshotDecoder;
import logtail.wire.SnapshotRows;
import logtail.wire.proto.Snapshot;
import logtail.wire.proto.TopNEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Readers ask while buckets rotate as fast as they can (D18): every answer is that of one moment, and moments do not go
 * back. The same readers must notice a view that is published in two steps, or they would prove nothing.
 */
/*
 * Second k has k + 1 requests for a website of its own. The ring is short, so that a name is freed, and its id given to
 * another one, three rotations after it came: whoever mixes the buckets of one moment with the names of another
 * reads a wrong name.
 */
@Timeout(120)
class ViewPublicationTest {
    private static final int FINE_BUCKETS = 5;
    private static final int ROTATIONS = 3_000;
    private static final int READERS = 3;
    private static final long FIRST_SECONDS = 1_000;

    private static final KeyHash HASH = new KeyHash(1, 2);
    private static final TupleLayout LAYOUT = new TupleLayout(Schema.LOGTAIL);

    @Test
    void everyAnswer_isOfOneMoment_andMomentsDoNotGoBack() throws Exception {
        CurrentView view = new CurrentView(sealer().view());

        Watched watched = watch(view, view::install);

        assertThat(watched.error).isNull();
        assertThat(watched.moments).as("the readers really saw it move").isGreaterThan(ROTATIONS / 100);
    }

    @Test
    void aViewPublishedInTwoSteps_isNoticed() throws Exception {
        TwoSteps view = new TwoSteps(sealer().view());

        assertThat(watch(view, view::install).error).isNotNull();
    }

    /** What the readers saw: the first wrong answer, and how many different moments. */
    private record Watched(@Nullable Throwable error, long moments) {}

    private static Watched watch(Supplier<View> view, Consumer<View> install) throws InterruptedException {
        AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
        AtomicLong moments = new AtomicLong();
        CountDownLatch rotated = new CountDownLatch(1);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Thread reader = new Thread(() -> {
                Reader watching = new Reader();
                while (rotated.getCount() > 0 && wrong.get() == null) {
                    try {
                        watching.look(view.get());
                    } catch (Throwable e) {
                        wrong.compareAndSet(null, e);
                    }
                }
                moments.addAndGet(watching.moments);
            });
            reader.start();
            readers.add(reader);
        }
        Sealer sealer = sealer();
        for (int k = 0; k < ROTATIONS && wrong.get() == null; k++) {
            install.accept(sealer.rotate(table(k), FIRST_SECONDS + k, false).view());
        }
        rotated.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
        return new Watched(wrong.get(), moments.get());
    }

    private static final class Reader {
        private static final TopNQuery RANKING =
                new TopNQuery(Filter.ALL, List.of(Schema.LOGTAIL.get(0)), 100, Window.W5M);
        private static final TrendQuery TREND = new TrendQuery(Filter.ALL, Window.W5M);

        private long lastEndSeconds = Long.MIN_VALUE;
        private long moments;

        /** Asks one view two questions, and compares with what was really counted until its end. */
        void look(View view) {
            assertThat(view.endSeconds()).isGreaterThanOrEqualTo(lastEndSeconds);
            moments += view.endSeconds() > lastEndSeconds ? 1 : 0;
            lastEndSeconds = view.endSeconds();
            long next = Math.max(FIRST_SECONDS, view.endSeconds()) - FIRST_SECONDS;
            List<Long> covered = LongStream.range(Math.max(0, next - FINE_BUCKETS), next)
                    .boxed()
                    .toList();

            TopNAnswer ranking = Queries.topN(view, RANKING, () -> false);
            TrendAnswer trend = Queries.trend(view, TREND, () -> false);

            assertThat(ranking.rows().stream()
                            .collect(Collectors.toMap(r -> r.labels().get(0), TopNAnswer.Row::count)))
                    .isEqualTo(covered.stream().collect(Collectors.toMap(ViewPublicationTest::website, k -> k + 1)));
            assertThat(trend.points().stream()
                            .mapToLong(TrendAnswer.Point::count)
                            .sum())
                    .isEqualTo(ranking.total())
                    .isEqualTo(covered.stream().mapToLong(k -> k + 1).sum());
        }
    }

    /** How it must not be done: buckets and names behind a reference each. */
    private static final class TwoSteps implements Supplier<View> {
        private volatile View buckets;
        private volatile View names;

        TwoSteps(View first) {
            buckets = first;
            names = first;
        }

        void install(View next) {
            buckets = next;
            Thread.yield();
            names = next;
        }

        @Override
        public View get() {
            View now = buckets;
            List<Bucket> fine = now.fine();
            List<Texts> texts = names.texts();
            return new View(
                    now.schema(), fine, now.coarse(), texts, now.fineSeconds(), now.firstSeconds(), now.endSeconds());
        }
    }

    private static Sealer sealer() {
        RingLimits fine = new RingLimits(FINE_BUCKETS, 100, 1 << 20);
        RingLimits coarse = new RingLimits(1, 100, 1 << 20);
        return new Sealer(LAYOUT, HASH, 1, fine, coarse);
    }

    private static String website(long k) {
        return "w" + k;
    }

    private static LiveTable table(long k) {
        LiveTable table = new LiveTable(LAYOUT, HASH, 100, 1 << 20, LiveTable.Overflow.FOLD);
        String label = String.join("\0", website(k), "192.0.2.0/24", "/", "200", "0", "64496", "direct");
        SnapshotRows rows = decoded(TopNEntry.newBuilder().setLabel(label).setCount(k + 1));
        long h = HASH.hash(rows.keys(), rows.keyFrom(0), rows.keyTo(0));
        table.add(rows.keys(), rows.keyFrom(0), rows.keyTo(0), h, rows.count(0));
        return table;
    }

    private static SnapshotRows decoded(TopNEntry.Builder entry) {
        try {
            byte[] snapshot = Snapshot.newBuilder()
                    .setBucketSeconds(1)
                    .addEntries(entry)
                    .build()
                    .toByteArray();
            return Objects.requireNonNull(new SnapshotDecoder(Schema.LOGTAIL).decode(snapshot));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
