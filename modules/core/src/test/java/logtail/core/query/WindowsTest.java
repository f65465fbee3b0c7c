package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logtail.core.query.TrendAnswer.Point;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.store.View;
import logtail.core.time.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which buckets a window covers (FR-3.2, FR-3.4, D16). */
class WindowsTest {
    @Test
    void newestCompleteSlots_areCountedByTimestamp() {
        ViewBuilder builder = new ViewBuilder(Schema.LOGTAIL, 60);
        for (int minute = 0; minute < 20; minute++) {
            builder = builder.fine(minute * 60L, Requests.of(1L << minute));
        }
        View view = builder.build();

        assertThat(total(view, Window.W1M)).isEqualTo(1 << 19);
        assertThat(total(view, Window.W5M)).isEqualTo(0b11111 << 15);
        assertThat(total(view, Window.W15M)).isEqualTo((1 << 20) - (1 << 5));
        assertThat(total(view, Window.W60M)).isEqualTo((1 << 20) - 1);
        assertThat(buckets(view, Window.W15M)).isEqualTo(15);
        assertThat(buckets(view, Window.W60M)).isEqualTo(20);
    }

    @Test
    void gap_isZerosAndNotOlderBucketsInstead() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60)
                .fine(0, Requests.of(100))
                .fine(300, Requests.of(3))
                .fine(480, Requests.of(5))
                .build();

        TrendAnswer trend = trend(view, Filter.ALL, Window.W5M);

        assertThat(trend)
                .isEqualTo(new TrendAnswer(
                        List.of(
                                new Point(240, 0, 0),
                                new Point(300, 3, 0),
                                new Point(360, 0, 0),
                                new Point(420, 0, 0),
                                new Point(480, 5, 0)),
                        5));
        assertThat(total(view, Window.W5M)).isEqualTo(8);
        assertThat(buckets(view, Window.W5M)).isEqualTo(5);
    }

    @Test
    void newestSlotWithoutABucket_isTheNewestSlotAllTheSame() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60)
                .fine(0, Requests.of(7))
                .until(120)
                .build();

        assertThat(total(view, Window.W1M)).isZero();
        assertThat(buckets(view, Window.W1M)).isEqualTo(1);
        assertThat(trend(view, Filter.ALL, Window.W5M).points())
                .containsExactly(new Point(0, 7, 0), new Point(60, 0, 0));
    }

    @Test
    void slotsBeforeTheProcessBegan_areNotShown() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60)
                .since(600)
                .fine(600, Requests.of(1))
                .fine(660, Requests.of(2))
                .build();

        assertThat(buckets(view, Window.W15M)).isEqualTo(2);
        assertThat(trend(view, Filter.ALL, Window.W60M).points())
                .containsExactly(new Point(600, 1, 0), new Point(660, 2, 0));
    }

    @Test
    void bucketsOlderThanTheProcess_areCountedAndCovered() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60)
                .since(660)
                .fine(540, Requests.of(1))
                .fine(660, Requests.of(2))
                .build();

        assertThat(total(view, Window.W15M)).isEqualTo(3);
        assertThat(buckets(view, Window.W15M)).isEqualTo(3);
    }

    @Test
    void coarseWindow_endsAtTheNewestCompleteCoarseSlot() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60)
                .since(420)
                .coarse(300, Requests.of(1))
                .coarse(900, Requests.of(4))
                .fine(1200, Requests.of(1000))
                .until(1320)
                .build();

        assertThat(trend(view, Filter.ALL, Window.W6H))
                .isEqualTo(
                        new TrendAnswer(List.of(new Point(300, 1, 0), new Point(600, 0, 0), new Point(900, 4, 0)), 3));
        assertThat(total(view, Window.W24H)).isEqualTo(5);
        assertThat(buckets(view, Window.W24H)).isEqualTo(3);
    }

    @Test
    void coarseWindow_coversAtMostItsBuckets() {
        ViewBuilder builder = new ViewBuilder(Schema.LOGTAIL, 1);
        for (int slot = 0; slot < 300; slot++) {
            builder = builder.coarse(slot * 5L, Requests.of(1));
        }
        View view = builder.build();

        assertThat(total(view, Window.W6H)).isEqualTo(72);
        assertThat(total(view, Window.W24H)).isEqualTo(288);
        assertThat(trend(view, Filter.ALL, Window.W24H).points())
                .hasSize(288)
                .first()
                .isEqualTo(new Point(60, 1, 0));
    }

    @ParameterizedTest
    @EnumSource(Window.class)
    void beforeTheFirstRotation_answersAreEmpty(Window window) {
        View view = new View(
                Schema.LOGTAIL,
                List.of(),
                List.of(),
                new ViewBuilder(Schema.LOGTAIL, 60).build().texts(),
                60,
                Long.MAX_VALUE,
                Long.MIN_VALUE);

        assertThat(Queries.topN(view, new TopNQuery(Filter.ALL, List.of(Dims.URI), 5, window), () -> false))
                .isEqualTo(new TopNAnswer(List.of(), 0, 0, true, 0));
        assertThat(trend(view, Filter.ALL, window)).isEqualTo(new TrendAnswer(List.of(), 0));
    }

    @Test
    void coarseWindowBeforeItsFirstSlotIsComplete_isEmpty() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60).fine(0, Requests.of(1)).build();

        assertThat(trend(view, Filter.ALL, Window.W6H)).isEqualTo(new TrendAnswer(List.of(), 0));
    }

    @Test
    void trendUnderAFilter_saysPerPointWhatIsUnknown() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60)
                .fine(0, Requests.of(3).with(Dims.STATUS, "500"), Requests.of(9).with(Dims.STATUS, "200"))
                .fine(60, Requests.of(2).folded(Dims.STATUS), Requests.of(1).with(Dims.STATUS, "503"))
                .build();
        Filter errors = Filter.ALL.and(Term.of(Dims.STATUS, FilterOp.GE, "500"));

        assertThat(trend(view, errors, Window.W5M).points()).containsExactly(new Point(0, 3, 0), new Point(60, 1, 2));
        assertThat(trend(view, Filter.ALL, Window.W5M).points())
                .containsExactly(new Point(0, 12, 0), new Point(60, 3, 0));
    }

    private static long total(View view, Window window) {
        TopNAnswer answer =
                Queries.topN(view, new TopNQuery(Filter.ALL, List.of(Dims.WEBSITE), 1, window), () -> false);
        assertThat(answer.rows().stream().mapToLong(TopNAnswer.Row::count).sum())
                .isEqualTo(answer.total());
        return answer.total();
    }

    private static int buckets(View view, Window window) {
        return Queries.topN(view, new TopNQuery(Filter.ALL, List.of(Dims.WEBSITE), 1, window), () -> false)
                .buckets();
    }

    private static TrendAnswer trend(View view, Filter filter, Window window) {
        return Queries.trend(view, new TrendQuery(filter, window), () -> false);
    }
}
