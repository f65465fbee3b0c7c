package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import logtail.core.query.Filter;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.frontend.FakeBackend;
import logtail.frontend.Hostile;
import logtail.frontend.backend.Outcome;
import logtail.wire.TopNReply;
import org.junit.jupiter.api.Test;

class RankingJsonTest {
    private static final TopNQuery QUERY = new TopNQuery(Filter.ALL, List.of(Schema.LOGTAIL.get(0)), 10, Window.W5M);

    @Test
    void shouldHaveTheDocumentedShape() {
        TopNAnswer answer = new TopNAnswer(
                List.of(new TopNAnswer.Row(List.of("www.example.org"), 0, 1_000, 1_200)), 1_234, 200, false, 5);

        String json = RankingJson.of("localhost:9091", QUERY, Outcome.of(new TopNReply("nginx1", answer, true)))
                .toString();

        assertThat(json)
                .isEqualTo("{\"target\":\"localhost:9091\",\"source\":\"nginx1\",\"window\":\"5m\","
                        + "\"group_by\":[\"website\"],\"total\":1234,\"unknown\":200,\"exact\":false,\"buckets\":5,"
                        + "\"entries\":[{\"label\":\"www.example.org\",\"count\":1000,\"at_most\":1200}]}\n");
    }

    @Test
    void shouldSayWhyThereIsNoAnswer() {
        Outcome<TopNReply> failed = Outcome.failed(GrpcStatus.UNAVAILABLE, "connection refused");

        assertThat(RankingJson.of("localhost:9091", QUERY, failed))
                .hasToString("{\"target\":\"localhost:9091\",\"error\":\"UNAVAILABLE: connection refused\"}\n");
    }

    /** F12. */
    @Test
    void shouldKeepEveryLabelAsItIs() {
        List<TopNAnswer.Row> rows =
                Hostile.LABELS.stream().map(label -> FakeBackend.row(label, 1)).toList();

        String json = RankingJson.of("t", QUERY, Outcome.of(FakeBackend.ranking(rows, rows.size(), 5)))
                .toString();

        JsonArray entries = new JsonObject(json).getJsonArray("entries");
        for (int i = 0; i < rows.size(); i++) {
            assertThat(entries.getJsonObject(i).getString("label")).isEqualTo(Hostile.LABELS.get(i));
        }
        assertThat(json.strip().codePoints()).noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028);
    }
}
