package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import logtail.core.query.TopNAnswer.Row;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.store.View;
import logtail.core.time.Window;
import org.junit.jupiter.api.Test;

/** What answers say of requests some of whose fields were folded (D11). */
class FoldedAnswersTest {
    @Test
    void foldedGroupedField_isARowOfItsOwnAndWidensTheOthers() {
        View view = ViewBuilder.minute(
                Requests.of(10).with(Dims.WEBSITE, "a"),
                Requests.of(7).with(Dims.WEBSITE, "b"),
                Requests.of(3).folded(Dims.WEBSITE));

        TopNAnswer answer = ask(view, Filter.ALL, Dims.WEBSITE);

        assertThat(answer.rows())
                .containsExactly(row(10, 13, "a"), row(7, 10, "b"), new Row(List.of("(other)"), 1, 3, 3));
        assertThat(answer.total()).isEqualTo(20);
        assertThat(answer.unknown()).isZero();
        assertThat(answer.exact()).isFalse();
    }

    @Test
    void clientThatSentOther_isNoFoldedRow() {
        View view = ViewBuilder.minute(
                Requests.of(5).with(Dims.WEBSITE, "(other)"),
                Requests.of(5).with(Dims.WEBSITE, "\\(other)"),
                Requests.of(5).folded(Dims.WEBSITE));

        assertThat(ask(view, Filter.ALL, Dims.WEBSITE).rows())
                .containsExactly(
                        new Row(List.of("(other)"), 1, 5, 5), row(5, 10, "\\(other)"), row(5, 10, "\\\\(other)"));
        TopNAnswer filtered = ask(view, where(Dims.WEBSITE, FilterOp.EQ, "\\(other)"), Dims.WEBSITE);
        assertThat(filtered.rows()).containsExactly(row(5, 10, "\\(other)"));
        assertThat(filtered.unknown()).isEqualTo(5);
    }

    @Test
    void foldedField_neitherMatchesNorFailsAFilter() {
        View view = ViewBuilder.minute(
                Requests.of(10).with(Dims.WEBSITE, "a").with(Dims.STATUS, "404"),
                Requests.of(4).with(Dims.WEBSITE, "a").folded(Dims.STATUS),
                Requests.of(2).with(Dims.WEBSITE, "b").folded(Dims.STATUS),
                Requests.of(1).with(Dims.WEBSITE, "b").with(Dims.STATUS, "404"),
                Requests.of(90).with(Dims.WEBSITE, "a").with(Dims.STATUS, "200"));

        TopNAnswer equal = ask(view, where(Dims.STATUS, FilterOp.EQ, "404"), Dims.WEBSITE);
        assertThat(equal).isEqualTo(new TopNAnswer(List.of(row(10, 14, "a"), row(1, 3, "b")), 11, 6, false, 1));
        TopNAnswer different = ask(view, where(Dims.STATUS, FilterOp.NE, "404"), Dims.WEBSITE);
        assertThat(different).isEqualTo(new TopNAnswer(List.of(row(90, 94, "a")), 90, 6, false, 1));
    }

    @Test
    void foldedNumber_isNotZero() {
        View view = ViewBuilder.minute(
                Requests.of(2).with(Dims.ASN, "0").with(Dims.IS_TOR, "0").with(Dims.STATUS, "0"),
                Requests.of(1).folded(Dims.ASN, Dims.IS_TOR, Dims.STATUS));

        for (Dimension dimension : List.of(Dims.ASN, Dims.IS_TOR, Dims.STATUS)) {
            assertThat(ask(view, Filter.ALL, dimension).rows())
                    .containsExactly(row(2, 3, "0"), new Row(List.of("(other)"), 1, 1, 1));
            assertThat(ask(view, where(dimension, FilterOp.EQ, "0"), Dims.WEBSITE)
                            .unknown())
                    .isEqualTo(1);
        }
    }

    @Test
    void knownFieldThatFails_refusesWhateverWasFolded() {
        View view = ViewBuilder.minute(Requests.of(3).with(Dims.STATUS, "200").folded(Dims.WEBSITE, Dims.URI));
        Filter filter = where(Dims.WEBSITE, FilterOp.EQ, "a").and(Term.of(Dims.STATUS, FilterOp.EQ, "500"));

        assertThat(ask(view, filter, Dims.URI)).isEqualTo(new TopNAnswer(List.of(), 0, 0, true, 1));
    }

    @Test
    void whatOnlyMayMatch_isNoRow() {
        View view = ViewBuilder.minute(Requests.of(3).with(Dims.WEBSITE, "a").folded(Dims.URI));

        assertThat(ask(view, where(Dims.URI, FilterOp.MATCH, "."), Dims.WEBSITE))
                .isEqualTo(new TopNAnswer(List.of(), 0, 3, false, 1));
    }

    @Test
    void bothFilteredAndGroupedFieldFolded_widensEveryRowButOther() {
        View view = ViewBuilder.minute(
                Requests.of(9).with(Dims.WEBSITE, "a").with(Dims.STATUS, "500"),
                Requests.of(4).folded(Dims.WEBSITE).with(Dims.STATUS, "500"),
                Requests.of(2).folded(Dims.WEBSITE, Dims.STATUS));

        TopNAnswer answer = ask(view, where(Dims.STATUS, FilterOp.GE, "500"), Dims.WEBSITE);

        assertThat(answer)
                .isEqualTo(new TopNAnswer(
                        List.of(row(9, 15, "a"), new Row(List.of("(other)"), 1, 4, 4)), 13, 2, false, 1));
    }

    @Test
    void severalGroupedFields_takeOnlyFoldedGroupsWhoseKnownLabelsAgree() {
        View view = ViewBuilder.minute(
                Requests.of(1000).with(Dims.WEBSITE, "a").with(Dims.URI, "/"),
                Requests.of(500).with(Dims.WEBSITE, "b").with(Dims.URI, "/"),
                Requests.of(40).with(Dims.WEBSITE, "a").folded(Dims.URI),
                Requests.of(30).folded(Dims.WEBSITE).with(Dims.URI, "/"),
                Requests.of(20).folded(Dims.WEBSITE).with(Dims.URI, "/x"),
                Requests.of(7).folded(Dims.WEBSITE, Dims.URI));

        assertThat(ask(view, Filter.ALL, Dims.WEBSITE, Dims.URI).rows())
                .containsExactly(
                        row(1000, 1077, "a", "/"),
                        row(500, 537, "b", "/"),
                        new Row(List.of("a", "(other)"), 0b10, 40, 47),
                        new Row(List.of("(other)", "/"), 0b01, 30, 37),
                        new Row(List.of("(other)", "/x"), 0b01, 20, 27),
                        new Row(List.of("(other)", "(other)"), 0b11, 7, 7));
    }

    @Test
    void fieldThatNobodyAskedFor_mayBeFoldedAndTheAnswerStaysExact() {
        View view = ViewBuilder.minute(Requests.of(2).with(Dims.WEBSITE, "a").folded(Dims.URI, Dims.PREFIX));

        assertThat(ask(view, where(Dims.STATUS, FilterOp.EQ, "0"), Dims.WEBSITE))
                .isEqualTo(new TopNAnswer(List.of(row(2, 2, "a")), 2, 0, true, 1));
    }

    private static Filter where(Dimension dimension, FilterOp op, String operand) {
        return Filter.ALL.and(Term.of(dimension, op, operand));
    }

    private static Row row(long count, long atMost, String... labels) {
        return new Row(List.of(labels), 0, count, atMost);
    }

    private static TopNAnswer ask(View view, Filter filter, Dimension... groupBy) {
        return Queries.topN(view, new TopNQuery(filter, List.of(groupBy), 100, Window.W1M), () -> false);
    }
}
