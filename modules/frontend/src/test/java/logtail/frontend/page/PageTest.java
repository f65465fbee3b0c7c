package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import logtail.core.query.Overview;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.core.schema.Schema;
import logtail.frontend.FakeBackend;
import logtail.frontend.Hostile;
import logtail.frontend.Outline;
import logtail.frontend.Overviews;
import logtail.frontend.backend.Answers;
import logtail.frontend.backend.Outcome;
import logtail.frontend.query.PageDefaults;
import logtail.frontend.query.PageQuery;
import logtail.frontend.view.Templates;
import logtail.wire.Freshness;
import logtail.wire.Loss;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import logtail.wire.TrendReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
    private static final PageDefaults DEFAULTS = PageDefaults.of(Schema.LOGTAIL, 25, TopNQuery.ROWS_MAX, 30, 1_024);
    private static final Outcome<TrendReply> TREND = Outcome.of(FakeBackend.trend(60, 6_000));
    private static final Outcome<List<Target>> SELF = Outcome.of(List.of(new Target("nginx1", "", Freshness.FRESH, 3)));

    private static Vertx vertx;
    private static Templates templates;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        templates = new Templates(vertx, "f00d");
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    private static PageQuery query(String parameters) {
        PageQuery.Parsed parsed = PageQuery.parse(parameters, DEFAULTS);
        assertThat(parsed.problems()).isEmpty();
        return parsed.query();
    }

    private static Outcome<TopNReply> ranking(long total, TopNAnswer.Row... rows) {
        return Outcome.of(FakeBackend.ranking(List.of(rows), total, 5));
    }

    private static Answers answers(Outcome<TopNReply> ranking) {
        return new Answers("localhost:9091", ranking, TREND, SELF);
    }

    private static String html(Page page) {
        return templates.fill("page", Map.of("page", page)).toString(StandardCharsets.UTF_8);
    }

    private static Outline outline(Page page) {
        return Outline.of(html(page));
    }

    /** The whole of a busy page: every link, every number, in their order. */
    @Test
    void shouldLookLikeTheGoldenPage() throws IOException {
        TopNAnswer answer = new TopNAnswer(
                List.of(
                        new TopNAnswer.Row(List.of("203.0.113.0/24"), 0, 900_000, 901_000),
                        new TopNAnswer.Row(List.of("2001:db8::/48"), 0, 50_000, 50_000),
                        new TopNAnswer.Row(List.of("(other)"), 1, 1_000, 1_000)),
                1_000_000,
                1_234,
                false,
                5);
        Answers answers = new Answers(
                "localhost:9091",
                Outcome.of(new TopNReply("agg1", answer, true)),
                Overviews.of(answer),
                new Loss(1_000, 12, 1_763_627_990_000L, 3, 4, 5 << 20),
                TREND,
                Outcome.of(List.of(
                        new Target("nginx1", "nginx1:9090", Freshness.FRESH, 3),
                        new Target("nginx2", "nginx2:9090", Freshness.STALE, 254),
                        new Target("web", "nginx3:9090", Freshness.DEGRADED, 0),
                        new Target("web", "nginx4:9090", Freshness.NEVER, 0))));

        Outline outline = outline(Page.of(query("by=prefix&f_website=blog.example.org&f_status=%3E%3D400"), answers));

        assertThat(String.join("\n", outline.lines()) + "\n").isEqualTo(golden("page.golden"));
    }

    /** FR-6.3 from the first page: the value that changed, then what is behind it. */
    @Test
    void shouldSayWhatChanged_andLeadToIt() {
        TopNAnswer answer = new TopNAnswer(List.of(FakeBackend.row("a", 9)), 9, 0, true, 5);
        Overview calm = Overviews.of(answer);
        Overview moved = Overviews.changed(
                calm,
                new Overview.Change(Schema.LOGTAIL.get(1), "203.0.113.0/24", 41_000, 1_000),
                new Overview.Change(Schema.LOGTAIL.get(3), "429", 41_000, 0),
                new Overview.Change(Schema.LOGTAIL.get(5), "64500", 0, 300));

        assertThat(outline(page(calm)).lines()).contains("Nothing changed much against the time before.");
        assertThat(outline(page(moved)).lines())
                .contains(
                        "▲\u00a0×41 prefix [203.0.113.0/24 -> /?by=uri&f_prefix=203.0.113.0/24] +133/s",
                        "▲\u00a0new status [429 -> /?by=asn&f_status=429] Too Many Requests +137/s",
                        "▼\u00a0gone asn [AS64500 -> /?by=source_tag&f_asn=64500] −1.00/s");
    }

    private static Page page(Overview overview) {
        Outcome<TopNReply> ranking = Outcome.of(new TopNReply("agg1", overview.ranking(), true));
        return Page.of(query(""), new Answers("localhost:9091", ranking, overview, null, TREND, SELF));
    }

    @Test
    void shouldFitIntoSixtyKilobytes_withAPictureInEveryRow() {
        List<TopNAnswer.Row> rows = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            rows.add(FakeBackend.row("/some/usual/path/" + i, 1_000 - i));
        }
        Overview overview = Overviews.of(new TopNAnswer(rows, 99_999, 0, true, 5));

        assertThat(html(page(overview))).contains("class=\"spark\"").hasSizeLessThan(60_000);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PageTest.class.getResourceAsStream("/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** F01, F14: whatever was logged is text, in no matter which place. */
    @Test
    void shouldShowEveryLabelAsText_andNothingElse() {
        Page harmless = Page.of(query(""), answers(ranking(9, FakeBackend.row("a", 9))));
        Outline expected = outline(harmless);
        for (String by : List.of("website", "uri", "source_tag")) {
            for (String label : Hostile.LABELS) {
                Page page = Page.of(query("by=" + by), answers(ranking(9, FakeBackend.row(label, 9))));

                Outline outline = outline(page);

                assertThat(outline.tags()).isEqualTo(expected.tags());
                assertThat(outline.attributes()).isEqualTo(expected.attributes());
                String shown = label.isEmpty() ? "(empty)" : Shown.label(label);
                assertThat(outline.lines()).anyMatch(line -> line.replace(" ", "")
                        .startsWith(("| 1 | [" + shown + " -> /?").replace(" ", "")));
            }
        }
    }

    /** F06: the same for what comes in with the URL, and for what a peer says. */
    @Test
    void shouldShowEveryFilterAndEveryNameAsText_andNothingElse() throws ExpressionException {
        Outline expected = outline(page("a", "b"));
        for (String label : Hostile.LABELS) {
            if (!label.isEmpty()) {
                Outline outline = outline(page(label, label));

                assertThat(outline.tags()).isEqualTo(expected.tags());
                assertThat(outline.attributes()).isEqualTo(expected.attributes());
            }
        }
    }

    private static Page page(String filter, String name) throws ExpressionException {
        String typed = "website!=\"" + filter.replace("\\", "\\\\").replace("\"", "\\\"") + "\" AND status>200";
        PageQuery query = query("").withTerms(Expression.parse(typed, DEFAULTS.schema()));
        Answers answers = new Answers(
                name,
                Outcome.of(new TopNReply(name, new TopNAnswer(List.of(FakeBackend.row("a", 1)), 1, 0, true, 5), true)),
                Outcome.failed(GrpcStatus.INTERNAL, name),
                Outcome.of(List.of(
                        new Target(name, name, Freshness.STALE, 9), new Target("n", "n:1", Freshness.FRESH, 9))));
        return Page.of(query, answers);
    }

    /** Following the link of a row asks for exactly the value of the row. */
    @Test
    void shouldLeadFromEveryRowToItsValue() {
        List<String> labels = Hostile.LABELS;
        for (String label : labels) {
            Page page = Page.of(query("by=uri"), answers(ranking(9, FakeBackend.row(label, 9))));
            Ranking ranking = Objects.requireNonNull(
                    Objects.requireNonNull(page.results()).ranking());

            PageQuery next = query(ranking.rows().get(0).href().substring(2));

            assertThat(next.by().name()).isEqualTo("status");
            assertThat(next.terms()).singleElement().satisfies(term -> assertThat(term.operand())
                    .isEqualTo(label));
        }
    }

    @Test
    void shouldNotLeadAnywhereFromAFoldedRow() {
        TopNAnswer.Row folded = new TopNAnswer.Row(List.of("(other)"), 1, 9, 9);

        Page page = Page.of(query(""), answers(ranking(9, folded, FakeBackend.row("\\(other)", 3))));

        List<Ranking.Row> rows = Objects.requireNonNull(
                        Objects.requireNonNull(page.results()).ranking())
                .rows();
        assertThat(rows.get(0).href()).isEmpty();
        assertThat(rows.get(1).href()).isNotEmpty();
    }

    @Test
    void shouldNotLeadAnywhereFromALabelThatIsNoValue() {
        Page page = Page.of(query("by=prefix"), answers(ranking(9, FakeBackend.row("no prefix", 9))));

        assertThat(outline(page).lines()).anyMatch(line -> line.startsWith("| 1 | no prefix |"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w=5m|No complete minute yet",
                "w=24h|No complete bucket yet",
            })
    void shouldSayThatNoBucketIsComplete(String parameters, String title) {
        Page page = Page.of(query(parameters), answers(Outcome.of(FakeBackend.ranking(List.of(), 0, 0))));

        assertThat(page.httpStatus()).isEqualTo(200);
        assertThat(outline(page).lines()).contains(title, "This page looks again every 30 s.");
    }

    @Test
    void shouldSayThatNothingMatches_andOfferToDropEachFilter() {
        Page page = Page.of(query("f_website=a&f_status=404"), answers(ranking(0)));

        assertThat(outline(page).lines())
                .contains(
                        "Nothing matches in the last 5m",
                        "[without website=a -> /?f_status=404]",
                        "[without status=404 -> /?f_website=a]",
                        "[without any filter -> /]");
    }

    @Test
    void shouldTellNoRequestsFromNoMatch() {
        assertThat(outline(Page.of(query(""), answers(ranking(0)))).lines()).contains("No requests in the last 5m");
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 502, Cannot reach localhost:9091",
        "DEADLINE_EXCEEDED, 504, localhost:9091 did not answer in time",
        "INVALID_ARGUMENT, 400, localhost:9091 does not take this question",
        "RESOURCE_EXHAUSTED, 503, localhost:9091 is busy",
        "INTERNAL, 502, localhost:9091 failed"
    })
    void shouldSayWhyThereIsNoAnswer(GrpcStatus status, int http, String title) {
        Page page = Page.of(query(""), answers(Outcome.failed(status, "<i>why</i>")));

        assertThat(page.httpStatus()).isEqualTo(http);
        assertThat(outline(page).lines())
                .contains(title, status.name() + ": <i>why</i>")
                .noneMatch(l -> l.startsWith("| 1"));
    }

    /** FR-6.4. */
    @Test
    void shouldLeaveOutWhatFailed_andSaySo() {
        Answers answers = new Answers(
                "localhost:9091",
                ranking(9, FakeBackend.row("a", 9)),
                Outcome.failed(GrpcStatus.DEADLINE_EXCEEDED, "slow"),
                Outcome.failed(GrpcStatus.UNIMPLEMENTED, "old"));

        String html = html(Page.of(query(""), answers));

        assertThat(html).doesNotContain("<figure", "aria-label=\"Node\"").contains("<table");
        assertThat(Outline.of(html).lines())
                .contains(
                        "Missing on this page: the trend (DEADLINE_EXCEEDED: slow); the list of nodes (UNIMPLEMENTED: old).")
                .contains("| 1 | [a -> /?by=prefix&f_website=a] | 9 | 100\u00a0% | |"
                        + " [+ -> /?f_website=a] [− -> /?f_q=website%21%3Da]");
    }

    @Test
    void shouldNotPretendExactness_whenThePeerSendsNoBounds() {
        TopNAnswer answer = new TopNAnswer(List.of(FakeBackend.row("a", 9)), 9, 0, false, 0);

        Page page = Page.of(query(""), answers(Outcome.of(new TopNReply("old", answer, false))));

        assertThat(html(page)).contains("<figure", "per second");
        assertThat(outline(page).lines())
                .contains("lower bounds: this node sends no totals, so the total is the sum of the rows");
    }

    @Test
    void shouldPointAtTheMistakeInAnExpression_andKeepTheFilters() {
        PageQuery query = query("f_website=a");
        String typed = "status>=400 AND <script>";
        ExpressionException error =
                catchThrowableOfType(ExpressionException.class, () -> Expression.parse(typed, DEFAULTS.schema()));

        Page page = Page.of(query, answers(ranking(9, FakeBackend.row("a", 9))), typed, error);

        assertThat(page.controls().form().context()).isEqualTo(typed);
        assertThat(page.controls().form().caret()).isEqualTo(" ".repeat(16) + "^");
        assertThat(outline(page).lines())
                .contains("input q " + typed, "input f_website a", "^")
                .anyMatch(line -> line.startsWith("website=a"))
                .anyMatch(line -> line.startsWith("| 1 | [a"));
    }

    @Test
    void shouldAskNobody_whenAParameterMakesNoSense() {
        PageQuery.Parsed parsed = PageQuery.parse("w=7m&f_status=<b>&f_website=a", DEFAULTS);

        Page page = Page.of(parsed.query(), "localhost:9091", parsed.problems());

        assertThat(page.httpStatus()).isEqualTo(400);
        assertThat(outline(page).lines())
                .contains(
                        "This address makes no sense",
                        "w=7m: is none of 1m 5m 15m 60m 6h 24h",
                        "[Go on with the rest -> /?f_website=a]")
                .noneMatch(line -> line.startsWith("| 1"));
        assertThat(html(page)).doesNotContain("http-equiv");
    }

    @Test
    void shouldRefreshItself_unlessPaused() {
        Answers answers = answers(ranking(9, FakeBackend.row("a", 9)));

        assertThat(html(Page.of(query(""), answers)))
                .contains("<meta http-equiv=\"refresh\" content=\"30\">", "href=\"/?refresh=0\">Pause");
        assertThat(html(Page.of(query("refresh=0"), answers)))
                .doesNotContain("http-equiv")
                .contains("href=\"/\">Resume");
    }

    @Test
    void shouldListAThousandRowsAtMost_andSaySo() {
        PageQuery query = query("n=50000");
        List<TopNAnswer.Row> rows = new ArrayList<>();
        for (int i = 0; i < Page.ROWS_MAX; i++) {
            rows.add(FakeBackend.row("/" + i, 1));
        }

        assertThat(Page.question(query).n()).isEqualTo(Page.ROWS_MAX);
        assertThat(Page.question(query.withRaw(true)).n()).isEqualTo(50_000);
        assertThat(outline(Page.of(query, answers(Outcome.of(FakeBackend.ranking(rows, 9_999, 5)))))
                        .lines())
                .contains("Missing on this page: rows beyond 1\u00a0000, which JSON has.")
                .anyMatch(line -> line.startsWith("| | not listed | 8\u00a0999 |"));
    }

    @Test
    void shouldStaySmall() {
        List<TopNAnswer.Row> rows = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            rows.add(FakeBackend.row("/some/usual/path/" + i, 1));
        }

        assertThat(html(Page.of(
                                query("f_website=www.example.org"),
                                answers(Outcome.of(FakeBackend.ranking(rows, 99, 5)))))
                        .length())
                .isLessThan(60_000);
    }
}
