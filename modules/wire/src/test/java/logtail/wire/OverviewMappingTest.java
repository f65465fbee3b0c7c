package logtail.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import logtail.core.query.Filter;
import logtail.core.query.Overview;
import logtail.core.query.Overview.Change;
import logtail.core.query.Overview.Detail;
import logtail.core.query.Overview.Moment;
import logtail.core.query.Overview.Stretch;
import logtail.core.query.StatusCounts;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.wire.proto.ListTargetsResponse;
import logtail.wire.proto.TopNResponse;
import org.junit.jupiter.api.Test;

class OverviewMappingTest {
    private static final Dimension WEBSITE = Schema.LOGTAIL.get(0);
    private static final TopNQuery QUERY = new TopNQuery(Filter.ALL, List.of(WEBSITE), 10, Window.W5M);

    private final QueryMapping mapping = new QueryMapping(Schema.LOGTAIL);

    private static Overview overview() {
        TopNAnswer ranking = new TopNAnswer(
                List.of(new TopNAnswer.Row(List.of("a"), 0, 7, 8), new TopNAnswer.Row(List.of("b"), 0, 3, 3)),
                10,
                1,
                false,
                2);
        return new Overview(
                ranking,
                List.of(
                        new Detail(new StatusCounts(7, 1, 2, 3, 0), 4, List.of(0L, 3L, 4L)),
                        new Detail(new StatusCounts(3, 0, 0, 0, 3), 0, List.of(0L, 0L, 3L))),
                new Stretch(1_763_628_060, 120, 60),
                new Stretch(1_763_628_000, 60, 60),
                new StatusCounts(10, 1, 2, 3, 3),
                new StatusCounts(4, 4, 0, 0, 0),
                List.of(
                        new Moment(1_763_628_000, new StatusCounts(4, 4, 0, 0, 0)),
                        new Moment(1_763_628_060, new StatusCounts(3, 1, 2, 0, 0)),
                        new Moment(1_763_628_120, new StatusCounts(7, 0, 0, 3, 3))),
                List.of(new Change(WEBSITE, "(other)x", 7, 4), new Change(Schema.LOGTAIL.get(3), "429", 3, 0)),
                5,
                true,
                1_763_628_000);
    }

    @Test
    void overviewComesBackAsItWasSent() throws InvalidProtocolBufferException {
        Loss loss = new Loss(1, 2, 3, 4, 5, 6);
        TopNResponse sent = TopNResponse.parseFrom(
                mapping.message("nginx1", overview(), loss).toByteArray());

        OverviewReply reply = mapping.overview(QUERY, sent);

        assertThat(reply.overview()).isEqualTo(overview());
        assertThat(reply.loss()).isEqualTo(loss);
        assertThat(reply.ranking()).isEqualTo(new TopNReply("nginx1", overview().ranking(), true));
    }

    @Test
    void nodeThatDoesNotKnowOverviewsStillRanks() {
        TopNResponse sent = mapping.message("old", overview().ranking());

        OverviewReply reply = mapping.overview(QUERY, sent);

        assertThat(reply.overview()).isNull();
        assertThat(reply.loss()).isNull();
        assertThat(reply.ranking().answer()).isEqualTo(overview().ranking());
    }

    @Test
    void statusComesBackAsItWasSent() throws InvalidProtocolBufferException {
        byte[] text = "v3\t\u0000".getBytes(StandardCharsets.UTF_8);
        NodeStatus status = new NodeStatus(
                "1.2",
                9,
                List.of(new NodeStatus.Input(
                        "file:/*.log",
                        1,
                        2.5,
                        3,
                        List.of(new NodeStatus.Named("version", 4)),
                        List.of(new NodeStatus.Named("asn", 5)),
                        List.of(new NodeStatus.BadLine(6, "version", 7, text, 8)),
                        9,
                        10,
                        11,
                        12,
                        13)),
                List.of(new NodeStatus.Level("live keys", 14, 15)),
                List.of(new NodeStatus.Ring(true, 300, 16, 17, 18, 19, 20)),
                21,
                22,
                -23);

        NodeReply reply = mapping.node(
                ListTargetsResponse.parseFrom(mapping.message(List.of(), status).toByteArray()));

        assertThat(reply.status()).usingRecursiveComparison().isEqualTo(status);
        assertThat(status.loss()).isEqualTo(new Loss(1, 4, 6, 22, 13, 11));
        assertThat(mapping.node(mapping.message(List.of())).status()).isNull();
    }
}
