package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import logtail.core.query.Overview;
import logtail.core.query.TopNAnswer;
import logtail.core.schema.Schema;
import logtail.frontend.FakeBackend;
import logtail.frontend.Hostile;
import logtail.frontend.Overviews;
import logtail.frontend.backend.Answers;
import logtail.frontend.backend.Outcome;
import logtail.frontend.query.PageDefaults;
import logtail.frontend.query.PageQuery;
import logtail.wire.Freshness;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPageTest {
    private static final PageDefaults DEFAULTS = PageDefaults.of(Schema.LOGTAIL, 25, 50_000, 30, 1_024);

    private static String text(String url, TopNAnswer ranking) {
        Overview overview = Overviews.of(ranking);
        Answers answers = new Answers(
                "localhost:9091",
                Outcome.of(new TopNReply("agg1", ranking, true)),
                overview,
                null,
                Outcome.of(FakeBackend.trend(60, 10)),
                Outcome.of(List.of(new Target("agg1", "", Freshness.FRESH, 3))));
        PageQuery query = PageQuery.parse(url, DEFAULTS).query();
        return TextPage.of(query, Page.of(query, answers)).toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldFitIntoEightyColumns() {
        TopNAnswer ranking = new TopNAnswer(
                List.of(FakeBackend.row("/" + "long/".repeat(40) + "end", 9_000_000), FakeBackend.row("/müll", 8)),
                12_000_000,
                0,
                true,
                5);

        String text = text("by=uri", ranking);

        assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
        assertThat(text)
                .contains("12 000 000 requests, 40 000/s ▲ ×2.00")
                .contains("2xx 50 % ▼ −50 pt   3xx 0 % ▬   4xx 25 % ▲ +25 pt   5xx 0 % ▬")
                .contains("9 000 000 30 000    75 %  ▲ ×2.00  50   0  25")
                .contains("not listed")
                .endsWith("$ logtail topn --target localhost:9091 --window 5m --group-by uri -n 25\n");
    }

    @Test
    void shouldSayTheCommandWithItsFilters_readyForAShell() {
        TopNAnswer ranking = new TopNAnswer(List.of(FakeBackend.row("a", 1)), 1, 0, true, 5);

        assertThat(text("w=60m&n=3&f_uri=/it's", ranking))
                .endsWith("$ logtail topn --target localhost:9091 --window 60m --group-by website -n 3 --q"
                        + " 'uri=/it'\\''s'\n");
    }

    /** What was logged cannot move the cursor, ring the bell or turn the direction. */
    @ParameterizedTest
    @ValueSource(strings = {"website", "uri", "source_tag"})
    void shouldNotSteerATerminal(String by) {
        for (String label : Hostile.LABELS) {
            TopNAnswer ranking = new TopNAnswer(List.of(FakeBackend.row(label, 9)), 9, 0, true, 5);

            assertThat(text("by=" + by, ranking).chars())
                    .noneMatch(c -> c != '\n' && Character.isISOControl(c))
                    .noneMatch(c -> Character.getType(c) == Character.FORMAT);
        }
    }
}
