package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import logtail.core.query.TopNAnswer.Row;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.store.View;
import logtail.core.time.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {
    @Test
    void rowsWithEqualCounts_areSortedByLabelBytes() {
        View view = ViewBuilder.minute(
                Requests.of(2).with(Dims.URI, "/\ud800\udc00"),
                Requests.of(2).with(Dims.URI, "/\uffee"),
                Requests.of(2).with(Dims.URI, "/b"),
                Requests.of(2).with(Dims.URI, "/B"),
                Requests.of(2).with(Dims.URI, ""),
                Requests.of(3).with(Dims.URI, "/z"),
                Requests.of(2).with(Dims.URI, "/b/"));

        assertThat(labels(ask(view, 100, Dims.URI)))
                .containsExactly("/z", "", "/B", "/b", "/b/", "/\uffee", "/\ud800\udc00");
        assertThat(labels(ask(view, 4, Dims.URI))).containsExactly("/z", "", "/B", "/b");
    }

    @Test
    void numbersWithEqualCounts_areSortedAsTheyAreWritten() {
        View view = ViewBuilder.minute(
                Requests.of(1).with(Dims.STATUS, "200").with(Dims.ASN, "9"),
                Requests.of(1).with(Dims.STATUS, "1000").with(Dims.ASN, "4200000000"),
                Requests.of(1).with(Dims.STATUS, "99").with(Dims.ASN, "64496"));

        assertThat(labels(ask(view, 100, Dims.STATUS))).containsExactly("1000", "200", "99");
        assertThat(labels(ask(view, 2, Dims.ASN))).containsExactly("4200000000", "64496");
    }

    @Test
    void prefixesWithEqualCounts_areSortedAsTheyAreWritten() {
        View view = ViewBuilder.minute(
                Requests.of(1).with(Dims.PREFIX, "9.0.0.0/24"),
                Requests.of(1).with(Dims.PREFIX, "2001:db8::/48"),
                Requests.of(1).with(Dims.PREFIX, "10.0.0.0/24"));

        assertThat(labels(ask(view, 2, Dims.PREFIX))).containsExactly("10.0.0.0/24", "2001:db8::/48");
    }

    @Test
    void severalLabels_areComparedOneAfterTheOther() {
        View view = ViewBuilder.minute(
                Requests.of(1).with(Dims.WEBSITE, "a\u0001").with(Dims.URI, "/1"),
                Requests.of(1).with(Dims.WEBSITE, "a").with(Dims.URI, "/3"),
                Requests.of(1).with(Dims.WEBSITE, "a").with(Dims.URI, "/2"));

        assertThat(ask(view, 3, Dims.WEBSITE, Dims.URI).rows().stream().map(Row::labels))
                .containsExactly(List.of("a", "/2"), List.of("a", "/3"), List.of("a\u0001", "/1"));
    }

    @Test
    void labels_comeInTheOrderOfTheQuestion() {
        View view = ViewBuilder.minute(
                Requests.of(1).with(Dims.WEBSITE, "a").with(Dims.STATUS, "404").with(Dims.ASN, "4200000000"));

        assertThat(ask(view, 1, Dims.ASN, Dims.WEBSITE, Dims.STATUS).rows())
                .containsExactly(new Row(List.of("4200000000", "a", "404"), 0, 1, 1));
    }

    @Test
    void wholeTuple_canBeGroupedBy() {
        View view = ViewBuilder.minute(Requests.of(4)
                .with(Dims.WEBSITE, "a")
                .with(Dims.PREFIX, "2001:db8::/48")
                .with(Dims.URI, "/")
                .with(Dims.STATUS, "200")
                .with(Dims.IS_TOR, "1")
                .with(Dims.ASN, "4294967295")
                .with(Dims.SOURCE_TAG, "direct"));

        Dimension[] all = Schema.LOGTAIL.dimensions().toArray(new Dimension[0]);

        assertThat(ask(view, 1, all).rows())
                .containsExactly(
                        new Row(List.of("a", "2001:db8::/48", "/", "200", "1", "4294967295", "direct"), 0, 4, 4));
    }

    @Test
    void rowsOfDifferentBuckets_areAddedUp() {
        View view = new ViewBuilder(Schema.LOGTAIL, 60)
                .fine(0, Requests.of(5).with(Dims.WEBSITE, "a"), Requests.of(4).with(Dims.WEBSITE, "b"))
                .fine(60, Requests.of(2).with(Dims.WEBSITE, "b"))
                .build();
        TopNQuery query = new TopNQuery(Filter.ALL, List.of(Dims.WEBSITE), 1, Window.W5M);

        TopNAnswer answer = Queries.topN(view, query, () -> false);

        assertThat(answer).isEqualTo(new TopNAnswer(List.of(new Row(List.of("b"), 0, 6, 6)), 11, 0, true, 2));
    }

    @Test
    void topOfVeryManyGroups_isTheTopOfAllOfThem() {
        List<Requests> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            all.add(Requests.of(1 + i % 5_000).with(Dims.URI, "/" + i).with(Dims.ASN, "" + i));
        }
        Collections.shuffle(all, new Random(1));
        View view = ViewBuilder.minute(all.toArray(new Requests[0]));
        List<String> best = IntStream.of(14_999, 19_999, 4_999, 9_999, 14_998, 19_998)
                .mapToObj(Integer::toString)
                .toList();

        assertThat(labels(ask(view, 6, Dims.ASN))).isEqualTo(best);
        assertThat(labels(ask(view, 6, Dims.URI)))
                .isEqualTo(best.stream().map(label -> "/" + label).toList());
        assertThat(labels(ask(view, 6, Dims.URI, Dims.ASN)))
                .isEqualTo(best.stream().map(label -> "/" + label).toList());
        assertThat(ask(view, 30_000, Dims.URI, Dims.ASN).rows()).hasSize(20_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void askingForNoRows_isRefused(int n) {
        assertThatThrownBy(() -> new TopNQuery(Filter.ALL, List.of(Dims.URI), n, Window.W1M))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("n: " + n + " is not a number from 1 to 50000");
    }

    @Test
    void askingForMoreThan50000Rows_gets50000() {
        Requests[] many = IntStream.range(0, 50_001)
                .mapToObj(i -> Requests.of(1).with(Dims.URI, "/" + i))
                .toArray(Requests[]::new);

        TopNAnswer answer = ask(ViewBuilder.minute(many), Integer.MAX_VALUE, Dims.URI);

        assertThat(answer.rows()).hasSize(50_000);
        assertThat(answer.total()).isEqualTo(50_001);
    }

    @Test
    void groupingByNothingOrTwiceTheSame_isRefused() {
        assertThatThrownBy(() -> new TopNQuery(Filter.ALL, List.of(), 1, Window.W1M))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("group by: names no dimension");
        assertThatThrownBy(() -> new TopNQuery(Filter.ALL, List.of(Dims.URI, Dims.ASN, Dims.URI), 1, Window.W1M))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("group by: uri is named twice");
    }

    @Test
    void dimensionThatTheViewDoesNotHave_isRefused() {
        View view = ViewBuilder.minute(Requests.of(1));
        Filter filter = Filter.ALL.and(Term.of(Dims.COUNTRY, FilterOp.EQ, "NL"));

        assertThatThrownBy(() -> ask(view, 1, Dims.COUNTRY))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("country: there is no such dimension here");
        assertThatThrownBy(() -> Queries.trend(view, new TrendQuery(filter, Window.W1M), () -> false))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("country: there is no such dimension here");
    }

    @Test
    void eighthDimension_isFilteredAndGroupedByLikeTheOthers() {
        View view = new ViewBuilder(Dims.WITH_COUNTRY, 60)
                .fine(
                        0,
                        Requests.of(5).with(Dims.COUNTRY, "NL").with(Dims.WEBSITE, "a"),
                        Requests.of(3).with(Dims.COUNTRY, "CH").with(Dims.WEBSITE, "a"),
                        Requests.of(2).folded(Dims.COUNTRY).with(Dims.WEBSITE, "a"),
                        Requests.of(1).folded(Dims.COUNTRY).with(Dims.WEBSITE, "b"))
                .build();
        Filter swiss = Filter.ALL.and(Term.of(Dims.COUNTRY, FilterOp.EQ, "CH"));

        assertThat(ask(view, 9, Dims.COUNTRY).rows())
                .containsExactly(
                        new Row(List.of("NL"), 0, 5, 8),
                        new Row(List.of("(other)"), 1, 3, 3),
                        new Row(List.of("CH"), 0, 3, 6));
        assertThat(Queries.topN(view, new TopNQuery(swiss, List.of(Dims.WEBSITE), 9, Window.W1M), () -> false))
                .isEqualTo(new TopNAnswer(List.of(new Row(List.of("a"), 0, 3, 5)), 3, 3, false, 1));
        assertThat(ask(view, 1, Dims.WITH_COUNTRY.dimensions().toArray(new Dimension[0]))
                        .rows()
                        .get(0)
                        .labels())
                .hasSize(8)
                .endsWith("NL");
    }

    @Test
    void cancelledQuestion_isGivenUp() {
        ViewBuilder builder = new ViewBuilder(Schema.LOGTAIL, 60);
        for (int minute = 0; minute < 10; minute++) {
            builder = builder.fine(minute * 60L, Requests.of(1));
        }
        View view = builder.build();
        TopNQuery topN = new TopNQuery(Filter.ALL, List.of(Dims.URI), 1, Window.W60M);
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Queries.topN(view, topN, () -> asked.incrementAndGet() > 7))
                .isInstanceOf(CancelledQueryException.class);
        assertThat(asked).hasValue(8);
        assertThatThrownBy(() -> Queries.trend(view, new TrendQuery(Filter.ALL, Window.W60M), () -> true))
                .isInstanceOf(CancelledQueryException.class);
    }

    @Test
    void cancelledQuestion_isGivenUpWithinABlockOfLongTexts() {
        Requests[] long8KiB = IntStream.range(0, 100)
                .mapToObj(i -> Requests.of(1).with(Dims.URI, "/z" + i + "x".repeat(8000)))
                .toArray(Requests[]::new);
        Filter slow = Filter.ALL.and(Term.of(Dims.URI, FilterOp.MATCH, "[xy]{50}z"));
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> Queries.trend(
                        ViewBuilder.minute(long8KiB),
                        new TrendQuery(slow, Window.W1M),
                        () -> asked.incrementAndGet() > 4))
                .isInstanceOf(CancelledQueryException.class);
        assertThat(asked).hasValue(5);
    }

    private static TopNAnswer ask(View view, int n, Dimension... groupBy) {
        return Queries.topN(view, new TopNQuery(Filter.ALL, List.of(groupBy), n, Window.W1M), () -> false);
    }

    private static List<String> labels(TopNAnswer answer) {
        return answer.rows().stream().map(row -> row.labels().get(0)).toList();
    }
}
