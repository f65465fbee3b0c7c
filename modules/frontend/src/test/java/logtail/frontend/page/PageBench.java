package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import logtail.core.query.TopNAnswer;
import logtail.core.schema.Schema;
import logtail.frontend.FakeBackend;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a page takes beside its query: from answers to bytes, median and slowest of the last hundred. */
@Tag("bench")
class PageBench {
    private static final int RUNS = 400;
    private static final int COUNTED = 100;
    private static final double NANOS_PER_MS = 1e6;
    private static final double MOST_MS = 20;

    @Test
    void pageOfTwentyFiveRows() throws Exception {
        List<TopNAnswer.Row> rows = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            rows.add(FakeBackend.row("/some/usual/path/" + i, 1_000 - i));
        }
        TopNAnswer answer = new TopNAnswer(rows, 99_999, 0, false, 5);
        Answers answers = new Answers(
                "localhost:9091",
                Outcome.of(new TopNReply("agg1", answer, true)),
                Overviews.of(answer),
                new Loss(1_000, 1, 1, 0, 0, 0),
                Outcome.of(FakeBackend.trend(60, 10)),
                Outcome.of(List.of(new Target("agg1", "", Freshness.FRESH, 3))));
        PageQuery query = PageQuery.parse(
                        "by=uri&f_website=www.example.org", PageDefaults.of(Schema.LOGTAIL, 25, 50_000, 30, 1_024))
                .query();
        Vertx vertx = Vertx.vertx();
        try {
            Templates templates = new Templates(vertx, "bench");
            double[] took = new double[RUNS];
            int bytes = 0;
            for (int run = 0; run < RUNS; run++) {
                long start = System.nanoTime();
                bytes = templates
                        .fill("page", Map.of("page", Page.of(query, answers)))
                        .length();
                took[run] = (System.nanoTime() - start) / NANOS_PER_MS;
            }
            double[] counted = Arrays.copyOfRange(took, RUNS - COUNTED, RUNS);
            Arrays.sort(counted);
            System.out.printf(
                    "page of 25 rows: median %.2f ms, slowest %.2f ms, first %.1f ms, %d bytes%n",
                    counted[COUNTED / 2], counted[COUNTED - 1], took[0], bytes);
            assertThat(counted[COUNTED / 2]).isLessThan(MOST_MS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
