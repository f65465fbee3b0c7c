package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers about random traffic against the model, and against what really happened before it was folded. */
class QueriesModelTest {
    private static final int QUESTIONS = 8;

    /** The first ones, and those that once found something. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void topN_isWhatTheModelSays(long seed) {
        Random random = new Random(seed);
        Traffic traffic = new Traffic(random);
        for (int i = 0; i < QUESTIONS; i++) {
            TopNQuery query = traffic.topN();
            TopNAnswer expected =
                    Model.topN(traffic.kept(), query, traffic.slots().size());

            TopNAnswer answer = Queries.topN(traffic.view, query, () -> false);

            assertThat(answer).as("%s", query).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void truth_liesBetweenCountAndAtMost(long seed) {
        Random random = new Random(seed);
        Traffic traffic = new Traffic(random);
        for (int i = 0; i < QUESTIONS; i++) {
            TopNQuery asked = traffic.topN();
            TopNQuery query = new TopNQuery(asked.filter(), asked.groupBy(), TopNQuery.ROWS_MAX, asked.window());
            TopNAnswer truth =
                    Model.topN(traffic.truth(), query, traffic.slots().size());
            Map<List<String>, Long> really = new HashMap<>();
            truth.rows().forEach(row -> really.put(row.labels(), row.count()));

            TopNAnswer answer = Queries.topN(traffic.view, query, () -> false);

            assertThat(truth.total()).as("%s", query).isBetween(answer.total(), answer.total() + answer.unknown());
            long listed = 0;
            for (TopNAnswer.Row row : answer.rows()) {
                listed += row.count();
                if (row.folded() == 0) {
                    assertThat(really.getOrDefault(row.labels(), 0L))
                            .as("%s of %s", row, query)
                            .isBetween(row.count(), row.atMost());
                }
            }
            assertThat(listed).as("%s", query).isEqualTo(answer.total());
            if (answer.exact()) {
                assertThat(answer).as("%s", query).isEqualTo(truth);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void trend_isWhatTheModelSays(long seed) {
        Random random = new Random(seed);
        Traffic traffic = new Traffic(random);
        for (int i = 0; i < QUESTIONS; i++) {
            Filter filter = traffic.filter();
            List<TrendAnswer.Point> expected = new ArrayList<>();
            for (long slot : traffic.slots()) {
                long count = Model.count(filter, traffic.keptAt(slot), Model.Answer.YES);
                long unknown = Model.count(filter, traffic.keptAt(slot), Model.Answer.UNKNOWN);
                long truth = Model.count(filter, traffic.truthAt(slot), Model.Answer.YES);
                assertThat(truth).as("%s", filter).isBetween(count, count + unknown);
                expected.add(new TrendAnswer.Point(slot, count, unknown));
            }

            TrendAnswer answer = Queries.trend(traffic.view, new TrendQuery(filter, traffic.window), () -> false);

            assertThat(answer).as("%s", filter).isEqualTo(new TrendAnswer(expected, expected.size()));
        }
    }
}
