package logtail.frontend.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.frontend.FakeBackend;
import logtail.frontend.Overviews;
import logtail.wire.Freshness;
import logtail.wire.Target;
import logtail.wire.TopNReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GathererTest {
    private static final String HOME = "agg:9091";
    private static final String NGINX1 = "nginx1:9090";
    private static final List<Target> NAMED = List.of(new Target("nginx1", NGINX1, Freshness.FRESH, 1));

    private final FakeBackend backend = new FakeBackend();
    private final Gatherer gatherer = new Gatherer(backend, HOME, 60_000);

    private static TopNQuery query(Window window) {
        return new TopNQuery(Filter.ALL, List.of(Schema.LOGTAIL.get(0)), 10, window);
    }

    private Answers page(String target) {
        Future<Answers> page = gatherer.page(target, query(Window.W5M));
        assertThat(page.succeeded()).isTrue();
        return page.result();
    }

    /** FR-6.4. */
    @Test
    void shouldAskEverythingBeforeTheFirstAnswer() {
        Promise<TopNReply> topN = Promise.promise();
        backend.topN = topN.future();
        backend.trend = FakeBackend.silent();
        backend.targets = FakeBackend.silent();

        gatherer.page("", query(Window.W5M));

        assertThat(backend.asked).containsExactlyInAnyOrder("topN " + HOME, "targets " + HOME);
    }

    @Test
    void shouldKeepWhatWasAnswered_whenTheRestFails() {
        backend.trend = FakeBackend.failing(GrpcStatus.UNIMPLEMENTED, "no");
        backend.targets = FakeBackend.failing(GrpcStatus.UNAVAILABLE, "");

        Answers answers = page("");

        assertThat(answers.ranking().ok()).isTrue();
        assertThat(answers.trend().failure().text()).isEqualTo("UNIMPLEMENTED: no");
        assertThat(answers.nodes().failure().text()).isEqualTo("UNAVAILABLE");
    }

    @Test
    void shouldGiveUpAtTheDeadline_andKeepWhatWasAnswered() {
        backend.trend = FakeBackend.silent();
        Gatherer impatient = new Gatherer(backend, HOME, 50);

        Answers answers = impatient.page("", query(Window.W5M)).await();

        assertThat(answers.ranking().ok()).isTrue();
        assertThat(answers.trend().failure().status()).isEqualTo(GrpcStatus.DEADLINE_EXCEEDED);
    }

    @Test
    void shouldCallAQuestionThatTheWireCannotCarryInvalid() {
        backend.topN = Future.failedFuture(new InvalidQueryException("website: only one regex"));

        assertThat(page("").ranking().failure())
                .isEqualTo(
                        new Outcome.Failure(GrpcStatus.INVALID_ARGUMENT, "INVALID_ARGUMENT: website: only one regex"));
    }

    @Test
    void shouldSurviveABackendThatThrows() {
        Backend broken = new FakeBackend() {
            @Override
            public Future<TopNReply> topN(String target, TopNQuery query, long timeoutMs) {
                throw new IllegalStateException("closed");
            }
        };

        Answers answers =
                new Gatherer(broken, HOME, 60_000).page("", query(Window.W5M)).result();

        assertThat(answers.ranking().failure().status()).isEqualTo(GrpcStatus.INTERNAL);
        assertThat(answers.nodes().ok()).isTrue();
    }

    @Test
    void shouldAskForATrendOnlyWhereThereIsNoOverview() {
        backend.overview = Overviews.OF_ONE_ROW;

        Answers answers = page("");

        assertThat(backend.asked).containsExactlyInAnyOrder("topN " + HOME, "targets " + HOME);
        assertThat(answers.overview()).isEqualTo(Overviews.OF_ONE_ROW);
        assertThat(answers.trend().value().answer().points())
                .hasSameSizeAs(Overviews.OF_ONE_ROW.trend())
                .last()
                .isEqualTo(new TrendAnswer.Point(FakeBackend.NOW_SECONDS - 60, 4, 0));
    }

    @ParameterizedTest
    @EnumSource(Window.class)
    void shouldShowAFineWindowWithinItsHour_andACoarseOneAsItIs(Window window) {
        gatherer.page("", query(window));

        assertThat(backend.questions.get(0).window()).isEqualTo(window);
        assertThat(backend.trends.get(0).window()).isEqualTo(window.coarse() ? window : Window.W60M);
    }

    @Test
    void shouldAskANodeThatTheConfiguredOneNames_onceItHasNamedIt() {
        Promise<List<Target>> targets = Promise.promise();
        backend.targets = targets.future();

        Future<Answers> page = gatherer.page(NGINX1, query(Window.W5M));

        assertThat(backend.asked).containsExactly("targets " + HOME);
        targets.complete(NAMED);
        assertThat(page.succeeded()).isTrue();
        assertThat(page.result().target()).isEqualTo(NGINX1);
        assertThat(backend.asked).containsExactly("targets " + HOME, "topN " + NGINX1, "trend " + NGINX1);
    }

    @Test
    void shouldRefuseANodeThatNobodyNames_andNeverCallIt() {
        Future<Answers> page = gatherer.page("evil.example:80", query(Window.W5M));
        Future<Outcome<TopNReply>> rows = gatherer.rows("evil.example:80", query(Window.W5M));

        assertThat(page.cause()).isInstanceOf(ForeignTargetException.class);
        assertThat(rows.cause()).isInstanceOf(ForeignTargetException.class);
        assertThat(backend.asked).containsOnly("targets " + HOME);
    }

    @Test
    void shouldNotCallAnUnknownNode_whileTheConfiguredOneIsAway() {
        backend.targets = FakeBackend.failing(GrpcStatus.UNAVAILABLE, "refused");

        Answers answers = page(NGINX1);

        assertThat(answers.ranking().failure().status()).isEqualTo(GrpcStatus.UNAVAILABLE);
        assertThat(answers.ranking().failure().text()).contains("refused");
        assertThat(backend.asked).containsExactly("targets " + HOME);
    }

    @Test
    void shouldStillAskANamedNode_whenTheConfiguredOneGoesAway() {
        backend.targets = Future.succeededFuture(NAMED);
        page("");
        backend.targets = FakeBackend.failing(GrpcStatus.UNAVAILABLE, "refused");
        backend.asked.clear();

        Answers answers = page(NGINX1);

        assertThat(answers.ranking().ok()).isTrue();
        assertThat(answers.nodes().ok()).isFalse();
        assertThat(backend.asked).contains("topN " + NGINX1, "trend " + NGINX1);
    }

    @Test
    void shouldForgetANodeThatIsNoLongerNamed() {
        backend.targets = Future.succeededFuture(NAMED);
        page("");
        backend.targets = Future.succeededFuture(List.of());
        page("");

        assertThat(gatherer.page(NGINX1, query(Window.W5M)).failed()).isTrue();
    }

    @Test
    void shouldAskNothingButTheRowsForJson() {
        gatherer.rows("", query(Window.W5M));

        assertThat(backend.asked).containsExactly("topN " + HOME);
    }
}
