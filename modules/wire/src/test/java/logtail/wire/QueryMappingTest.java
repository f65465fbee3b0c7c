package logtail.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.query.lang.Expression;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.wire.proto.GroupBy;
import logtail.wire.proto.StatusOp;
import logtail.wire.proto.TopNEntry;
import logtail.wire.proto.TopNRequest;
import logtail.wire.proto.TopNResponse;
import logtail.wire.proto.TorFilter;
import logtail.wire.proto.TrendRequest;
import logtail.wire.proto.TrendResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryMappingTest {
    private static final Schema SCHEMA = Schema.LOGTAIL;
    private static final Dimension WEBSITE = dimension("website");
    private static final Dimension STATUS = dimension("status");
    private static final Dimension ASN = dimension("asn");
    private static final Dimension IS_TOR = dimension("is_tor");

    private final QueryMapping mapping = new QueryMapping(SCHEMA);

    @Test
    void everyDimension_isInTheContractWithFittingTypes() {
        for (Dimension dimension : SCHEMA.dimensions()) {
            assertThat(GroupBy.forNumber(dimension.groupByNumber()))
                    .as(dimension.name())
                    .isNotNull();
            dimension.wireFilters().forEach((op, number) -> {
                FieldDescriptor field =
                        logtail.wire.proto.Filter.getDescriptor().findFieldByNumber(number);
                assertThat(field.getType()).as(dimension + " " + op).isEqualTo(type(dimension.kind()));
            });
            boolean number = dimension.kind() == ColumnKind.STATUS || dimension.kind() == ColumnKind.ASN;
            assertThat(dimension.wireOperator() != 0).as(dimension.name()).isEqualTo(number);
        }
    }

    private static FieldDescriptor.Type type(ColumnKind kind) {
        switch (kind) {
            case TEXT, PREFIX:
                return FieldDescriptor.Type.STRING;
            case FLAG:
                return FieldDescriptor.Type.ENUM;
            default:
                return FieldDescriptor.Type.INT32;
        }
    }

    @ParameterizedTest
    @CsvSource({"TEXT, 14, 100", "TEXT, 4, 100", "STATUS, 4, 100", "TEXT, 1, 7"})
    void aDimensionThatTheContractDoesNotHave_isRefusedAtStart(ColumnKind kind, int field, int groupBy) {
        Dimension eighth = new Dimension(
                "method",
                "method",
                kind,
                List.of("request_method"),
                "",
                groupBy,
                Map.of(FilterOp.EQ, field),
                0,
                Set.of(FilterOp.EQ));
        Schema schema = new Schema(List.of(WEBSITE, eighth));

        assertThatThrownBy(() -> new QueryMapping(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("method: ");
    }

    @Test
    void aDimensionThatTheContractHas_isOneMoreEntry() {
        Dimension eighth = new Dimension(
                "tag2",
                "tag2",
                ColumnKind.TEXT,
                List.of("x"),
                "",
                GroupBy.SOURCE_TAG_VALUE,
                Map.of(FilterOp.EQ, 13),
                0,
                Set.of(FilterOp.EQ));
        Schema schema = new Schema(List.of(WEBSITE, eighth));

        assertThatCode(() -> new QueryMapping(schema)).doesNotThrowAnyException();
    }

    @Test
    void anUnsetField_matchesEverything() {
        TopNRequest empty = TopNRequest.newBuilder()
                .setN(1)
                .setWindow(logtail.wire.proto.Window.W5M)
                .build();
        TopNRequest unset = empty.toBuilder()
                .setFilter(logtail.wire.proto.Filter.newBuilder().setStatusOp(StatusOp.GE))
                .build();

        assertThat(mapping.query(empty)).isEqualTo(new TopNQuery(Filter.ALL, List.of(WEBSITE), 1, Window.W5M));
        assertThat(mapping.query(unset)).isEqualTo(mapping.query(empty));
    }

    @Test
    void anEmptyText_isACondition() {
        Filter filter = filter(logtail.wire.proto.Filter.newBuilder().setWebsite(""));

        assertThat(terms(filter)).containsExactly("website=");
    }

    @Test
    void everyField_becomesItsTerm() {
        Filter filter = filter(logtail.wire.proto.Filter.newBuilder()
                .setWebsite("a")
                .setWebsiteRegex("b")
                .setWebsiteRegexExclude("c")
                .setClientPrefix("192.0.2.0/24")
                .setHttpRequestUri("/d")
                .setUriRegex("e")
                .setUriRegexExclude("f")
                .setHttpResponse(400)
                .setStatusOp(StatusOp.GE)
                .setTor(TorFilter.TOR_NO)
                .setAsnNumber(64496)
                .setAsnOp(StatusOp.NE)
                .setIpngSourceTag("g"));

        assertThat(terms(filter))
                .containsExactlyInAnyOrder(
                        "website=a",
                        "website~=b",
                        "website!~=c",
                        "prefix=192.0.2.0/24",
                        "uri=/d",
                        "uri~=e",
                        "uri!~=f",
                        "status>=400",
                        "is_tor=0",
                        "asn!=64496",
                        "source_tag=g");
    }

    @ParameterizedTest
    @EnumSource(
            value = StatusOp.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"UNRECOGNIZED"})
    void everyNumberOperator_meansWhatItsNameSays(StatusOp op) {
        Filter filter = filter(
                logtail.wire.proto.Filter.newBuilder().setHttpResponse(404).setStatusOp(op));

        assertThat(filter.terms().get(0).op().name()).isEqualTo(op.name());
    }

    @Test
    void anAsnBeyond31Bits_travelsAsTheSameBits() {
        Filter filter = new Filter(List.of(Term.of(ASN, FilterOp.GT, "4200000000")));

        TrendRequest message = mapping.message(new TrendQuery(filter, Window.W1M));

        assertThat(message.getFilter().getAsnNumber()).isEqualTo(-94_967_296);
        assertThat(terms(mapping.query(message).filter())).containsExactly("asn>4200000000");
    }

    @ParameterizedTest
    @CsvSource({"EQ,1,TOR_YES", "NE,0,TOR_YES", "EQ,0,TOR_NO", "NE,1,TOR_NO"})
    void isTor_isOneOfTwoValues(FilterOp op, String operand, TorFilter expected) {
        Filter filter = new Filter(List.of(Term.of(IS_TOR, op, operand)));

        assertThat(mapping.message(new TrendQuery(filter, Window.W1M))
                        .getFilter()
                        .getTor())
                .isEqualTo(expected);
    }

    @Test
    void whateverTheMessageCarries_comesBackAsItWas() {
        Random random = new Random(3);
        for (int run = 0; run < 1000; run++) {
            TopNQuery query = randomQuery(random);

            TopNQuery back = mapping.query(mapping.message(query));

            assertThat(back.groupBy()).isEqualTo(query.groupBy());
            assertThat(back.n()).isEqualTo(query.n());
            assertThat(back.window()).isEqualTo(query.window());
            assertThat(terms(back.filter())).containsExactlyInAnyOrderElementsOf(terms(query.filter()));
        }
    }

    private static TopNQuery randomQuery(Random random) {
        Map<FilterOp, String> texts = Map.of(FilterOp.EQ, "x", FilterOp.MATCH, "^a.*b$", FilterOp.NOT_MATCH, "é");
        List<Term> terms = new ArrayList<>();
        for (Dimension dimension : SCHEMA.dimensions()) {
            switch (dimension.kind()) {
                case TEXT ->
                    dimension.wireFilters().keySet().stream()
                            .filter(op -> random.nextBoolean())
                            .forEach(op -> terms.add(Term.of(dimension, op, texts.getOrDefault(op, "x"))));
                case PREFIX -> {
                    if (random.nextBoolean()) {
                        terms.add(Term.of(dimension, FilterOp.EQ, "2001:db8::/" + random.nextInt(129)));
                    }
                }
                case FLAG -> {
                    if (random.nextBoolean()) {
                        terms.add(Term.of(dimension, FilterOp.EQ, Integer.toString(random.nextInt(2))));
                    }
                }
                default -> {
                    FilterOp op = FilterOp.values()[random.nextInt(6)];
                    terms.add(Term.of(dimension, op, Integer.toString(random.nextInt(10_000))));
                }
            }
        }
        List<Dimension> groups = new ArrayList<>(SCHEMA.dimensions());
        Collections.shuffle(groups, random);
        return new TopNQuery(
                new Filter(terms),
                groups.subList(0, 1 + random.nextInt(groups.size())),
                1 + random.nextInt(50_000),
                Window.values()[random.nextInt(Window.values().length)]);
    }

    /** What a node of the original system reads stands in the fields it knows; the rest, and only that, is ours. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "website=a AND website!=b             | website!=b",
                "website=a AND website=b              | website=b",
                "status>=500 AND status<600           | status<600",
                "status=5xx                           | status=5xx",
                "status IN (404, 5xx) AND asn=1       | status IN (404, 5xx)",
                "prefix=192.0.2.0/24                  | ''",
                "prefix=192.0.2.0/23                  | prefix=192.0.2.0/23",
                "prefix=2001:db8::/48                 | ''",
                "prefix=2001:db8::/47                 | prefix=2001:db8::/47",
                "prefix!=192.0.2.0/24                 | prefix!=192.0.2.0/24",
                "is_tor!=1 AND uri~=a AND uri!~=b     | ''",
                "is_tor=0 AND is_tor=1                | is_tor=1",
                "source_tag=\"a b\" AND uri=\"/a b\"    | ''",
                "source_tag!=\"a b\"                   | source_tag!=\"a b\""
            })
    void whatTheFieldsCannotCarry_travelsAsAnExpression(String filter, String expression) throws Exception {
        TrendQuery query = new TrendQuery(Expression.parse(filter, SCHEMA), Window.W1M);

        TrendRequest message = mapping.message(query);

        assertThat(message.getFilter().hasExpression()).isEqualTo(!expression.isEmpty());
        assertThat(message.getFilter().getExpression()).isEqualTo(expression);
        Filter back =
                mapping.query(TrendRequest.parseFrom(message.toByteArray())).filter();
        assertThat(back.terms()).hasSameSizeAs(query.filter().terms());
        // is_tor!=1 comes back as is_tor=0.
        if (!filter.contains("is_tor!=")) {
            assertThat(back.terms())
                    .containsExactlyInAnyOrderElementsOf(query.filter().terms());
        }
    }

    @Test
    void anExpressionThatMakesNoSense_isRefusedWithItsColumn() {
        refused(
                TopNRequest.newBuilder()
                        .setN(1)
                        .setFilter(logtail.wire.proto.Filter.newBuilder().setExpression("status=5xx AND status=abc"))
                        .build(),
                "filter expression: \"abc\" is not a number from 0 to 9999 at column 23");
    }

    @Test
    void moreConditionsThanANodeReads_areNotSent() {
        Filter filter = Filter.ALL;
        for (int i = 0; i <= Expression.CONDITIONS_MAX + 1; i++) {
            filter = filter.and(Term.of(ASN, FilterOp.NE, Integer.toString(i)));
        }
        TrendQuery query = new TrendQuery(filter, Window.W1M);

        assertThatThrownBy(() -> mapping.message(query))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("filter: a node reads at most 64 conditions of together 32768 characters");
    }

    /** Its numbers would be those of another question. */
    @Test
    void anAnswerThatDoesNotSayThatTheExpressionWasRead_isNoAnswer() throws Exception {
        Filter filter = Expression.parse("website=a AND status=5xx AND prefix!=::/0", SCHEMA);
        TopNQuery topN = new TopNQuery(filter, List.of(WEBSITE), 10, Window.W5M);
        TrendQuery trend = new TrendQuery(filter, Window.W5M);
        TopNResponse older =
                TopNResponse.newBuilder().setSource("old").setTotal(7).build();
        TrendResponse olderTrend = TrendResponse.newBuilder().setSource("old").build();

        assertThatThrownBy(() -> mapping.reply(topN, older))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("filter: this node does not know status=5xx AND prefix!=::/0");
        assertThatThrownBy(() -> mapping.reply(trend, olderTrend))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("filter: this node does not know status=5xx AND prefix!=::/0");
        assertThat(mapping.reply(topN, mapping.message("n", new TopNAnswer(List.of(), 7, 0, true, 5)))
                        .answer()
                        .total())
                .isEqualTo(7);
        assertThat(mapping.reply(trend, mapping.message("n", new TrendAnswer(List.of(), 0)))
                        .source())
                .isEqualTo("n");
        TopNQuery known = new TopNQuery(Expression.parse("website=a", SCHEMA), List.of(WEBSITE), 10, Window.W5M);
        assertThat(mapping.reply(known, older).answer().total()).isEqualTo(7);
    }

    @Test
    void numbersThatTheContractDoesNotKnow_areRefusedInOneLine() {
        TopNRequest good = TopNRequest.newBuilder().setN(10).setWindowValue(1).build();
        logtail.wire.proto.Filter.Builder filter = logtail.wire.proto.Filter.newBuilder();

        refused(good.toBuilder().setWindowValue(77).build(), "window: 77 is not known");
        refused(good.toBuilder().setGroupByValue(9).build(), "group by: 9 is not known");
        refused(good.toBuilder().addGroupByAllValue(0).addGroupByAllValue(-3).build(), "group by: -3 is not known");
        refused(
                good.toBuilder().addGroupByAllValue(0).addGroupByAllValue(0).build(),
                "group by: website is named twice");
        refused(good.toBuilder().setFilter(filter.clone().setTorValue(7)).build(), "filter: tor 7 is not known");
        refused(
                good.toBuilder()
                        .setFilter(filter.clone().setHttpResponse(200).setStatusOpValue(-1))
                        .build(),
                "filter: status_op -1 is not known");
        refused(
                good.toBuilder()
                        .setFilter(filter.clone().setAsnNumber(1).setAsnOpValue(6))
                        .build(),
                "filter: asn_op 6 is not known");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void noRows_isRefused(int n) {
        refused(
                TopNRequest.newBuilder().setN(n).build(),
                "n: " + n + " is not a number from 1 to " + TopNQuery.ROWS_MAX);
    }

    @Test
    void moreRowsThanThereAre_isTheMost() {
        assertThat(mapping.query(
                                TopNRequest.newBuilder().setN(Integer.MAX_VALUE).build())
                        .n())
                .isEqualTo(TopNQuery.ROWS_MAX);
    }

    @Test
    void aListOfAMillionGroups_isRefusedWithoutBeingReadToItsEnd() {
        TopNRequest.Builder message = TopNRequest.newBuilder().setN(1);
        for (int i = 0; i < 1_000_000; i++) {
            message.addGroupByAllValue(i % 6);
        }

        refused(message.build(), "group by: website is named twice");
    }

    @Test
    void oneGroup_isSentInTheFieldThatEveryPeerKnows() {
        TopNRequest one = mapping.message(new TopNQuery(Filter.ALL, List.of(ASN), 10, Window.W24H));
        TopNRequest two = mapping.message(new TopNQuery(Filter.ALL, List.of(ASN, WEBSITE), 10, Window.W24H));

        assertThat(one)
                .isEqualTo(TopNRequest.newBuilder()
                        .setGroupBy(GroupBy.ASN_NUMBER)
                        .setN(10)
                        .setWindow(logtail.wire.proto.Window.W24H)
                        .build());
        assertThat(two.getGroupByAllList()).containsExactly(GroupBy.ASN_NUMBER, GroupBy.WEBSITE);
    }

    @Test
    void anAnswer_comesBackAsItWas() {
        TopNQuery query = new TopNQuery(Filter.ALL, List.of(WEBSITE, STATUS), 10, Window.W5M);
        TopNAnswer answer = new TopNAnswer(
                List.of(
                        new TopNAnswer.Row(List.of("a", "200"), 0, 10, 12),
                        new TopNAnswer.Row(List.of("(other)", "200"), 1, 0, 0),
                        new TopNAnswer.Row(List.of("", ""), 0, 1, 3)),
                11,
                2,
                false,
                5);

        TopNReply reply = mapping.reply(query, mapping.message("n1", answer));

        assertThat(reply).isEqualTo(new TopNReply("n1", answer, true));
    }

    @Test
    void anOriginalPeersAnswer_hasNoBounds() {
        TopNQuery query = new TopNQuery(Filter.ALL, List.of(WEBSITE), 10, Window.W5M);
        TopNResponse message = TopNResponse.newBuilder()
                .setSource("old")
                .addEntries(TopNEntry.newBuilder().setLabel("a").setCount(3))
                .addEntries(TopNEntry.newBuilder().setLabel("b").setCount(2))
                .build();

        TopNReply reply = mapping.reply(query, message);

        assertThat(reply.bounded()).isFalse();
        assertThat(reply.answer())
                .isEqualTo(new TopNAnswer(
                        List.of(new TopNAnswer.Row(List.of("a"), 0, 3, 3), new TopNAnswer.Row(List.of("b"), 0, 2, 2)),
                        5,
                        0,
                        false,
                        0));
    }

    @Test
    void anOriginalPeer_cannotHaveUnderstoodOurGroups() {
        TopNResponse message = TopNResponse.newBuilder().setSource("old").build();
        TopNQuery two = new TopNQuery(Filter.ALL, List.of(WEBSITE, STATUS), 10, Window.W5M);
        TopNQuery tor = new TopNQuery(Filter.ALL, List.of(IS_TOR), 10, Window.W5M);

        assertThatThrownBy(() -> mapping.reply(two, message)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> mapping.reply(tor, message)).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void labelsThatDoNotFitTheQuestion_areCutOrFilled() {
        TopNQuery query = new TopNQuery(Filter.ALL, List.of(WEBSITE, STATUS), 10, Window.W5M);
        TopNResponse message = TopNResponse.newBuilder()
                .setTotal(0)
                .addEntries(TopNEntry.newBuilder().setLabel("a"))
                .addEntries(TopNEntry.newBuilder().setLabel("a\000200\0more"))
                .build();

        assertThat(mapping.reply(query, message).answer().rows())
                .extracting(TopNAnswer.Row::labels)
                .containsExactly(List.of("a", "0"), List.of("a", "200"));
    }

    @Test
    void aTrend_comesBackAsItWas() {
        TrendAnswer answer =
                new TrendAnswer(List.of(new TrendAnswer.Point(60, 5, 0), new TrendAnswer.Point(120, 0, 7)), 2);

        assertThat(mapping.reply(new TrendQuery(Filter.ALL, Window.W5M), mapping.message("n", answer)))
                .isEqualTo(new TrendReply("n", answer));
    }

    @Test
    void targets_comeBackAsTheyWere() {
        List<Target> targets = new ArrayList<>();
        for (Freshness state : Freshness.values()) {
            targets.add(new Target("name-" + state, "host:1", state, state.ordinal()));
        }

        assertThat(mapping.targets(mapping.message(targets))).isEqualTo(targets);
    }

    @ParameterizedTest
    @CsvSource({"0,60,FRESH", "95,60,FRESH", "96,60,STALE", "6,1,FRESH", "7,1,STALE"})
    void aTarget_isFreshFor1AndAHalfBucketsAnd5Seconds(long ageSeconds, int bucketSeconds, Freshness expected) {
        assertThat(Freshness.ofAge(ageSeconds, bucketSeconds)).isEqualTo(expected);
    }

    @Test
    void aNode_saysOfItselfWhenItsNewestBucketEnded() {
        TestView view = new TestView().bucket(600, false, List.of());

        assertThat(Target.self("n", view.view(), 663)).isEqualTo(new Target("n", "", Freshness.FRESH, 3));
        assertThat(Target.self("n", view.view(), 600)).isEqualTo(new Target("n", "", Freshness.FRESH, 0));
        assertThat(Target.self("n", view.view(), 6000)).isEqualTo(new Target("n", "", Freshness.STALE, 5340));
    }

    private Filter filter(logtail.wire.proto.Filter.Builder filter) {
        return mapping.query(TrendRequest.newBuilder().setFilter(filter).build())
                .filter();
    }

    private void refused(TopNRequest message, String line) {
        assertThatThrownBy(() -> mapping.query(message))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage(line);
    }

    private static List<String> terms(Filter filter) {
        return filter.terms().stream()
                .map(term -> term.dimension() + term.op().symbol() + term.operand())
                .toList();
    }

    private static Dimension dimension(String name) {
        return SCHEMA.named(name).orElseThrow();
    }
}
