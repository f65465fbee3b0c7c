package logtail.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Overview;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.query.TrendAnswer;
import logtail.core.query.TrendQuery;
import logtail.core.query.lang.Expression;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.wire.proto.GroupBy;
import logtail.wire.proto.ListTargetsResponse;
import logtail.wire.proto.TargetInfo;
import logtail.wire.proto.TargetState;
import logtail.wire.proto.TopNEntry;
import logtail.wire.proto.TopNRequest;
import logtail.wire.proto.TopNResponse;
import logtail.wire.proto.TrendPoint;
import logtail.wire.proto.TrendRequest;
import logtail.wire.proto.TrendResponse;

/** Questions and answers as messages and back (D27). Threadsafe. */
public final class QueryMapping {
    /** Numbers from here on are ours; a peer of the original system does not know them. */
    private static final int EXTENSIONS = 100;

    private static final char NUL = '\0';

    private final Schema schema;
    private final FilterMapping filters;
    private final OverviewMapping overviews;

    /**
     * @throws IllegalArgumentException when a dimension names a number that the contract does not have
     */
    public QueryMapping(Schema schema) {
        this.schema = schema;
        this.filters = new FilterMapping(schema);
        this.overviews = new OverviewMapping(schema);
        for (Dimension dimension : schema.dimensions()) {
            if (GroupBy.forNumber(dimension.groupByNumber()) == null) {
                throw new IllegalArgumentException(
                        dimension.name() + ": the enum GroupBy has no value " + dimension.groupByNumber());
            }
        }
    }

    /**
     * @throws InvalidQueryException with one line for the caller
     */
    public TopNQuery query(TopNRequest message) {
        List<Integer> numbers = message.getGroupByAllCount() > 0
                ? message.getGroupByAllValueList()
                : List.of(message.getGroupByValue());
        return new TopNQuery(
                filter(message.hasFilter(), message.getFilter()),
                groups(numbers),
                message.getN(),
                window(message.getWindowValue()));
    }

    /**
     * @throws InvalidQueryException with one line for the caller
     */
    public TrendQuery query(TrendRequest message) {
        return new TrendQuery(filter(message.hasFilter(), message.getFilter()), window(message.getWindowValue()));
    }

    private Filter filter(boolean present, logtail.wire.proto.Filter message) {
        return present ? filters.toCore(message) : Filter.ALL;
    }

    private List<Dimension> groups(List<Integer> numbers) {
        // More than there are dimensions is one twice, which the query refuses; a long list need not be looked at.
        List<Dimension> groups = new ArrayList<>();
        for (int number : numbers.subList(0, Math.min(numbers.size(), schema.size() + 1))) {
            groups.add(schema.ofGroupByNumber(number)
                    .orElseThrow(() -> new InvalidQueryException("group by: " + number + " is not known")));
        }
        return groups;
    }

    private static Window window(int number) {
        return Window.ofNumber(number)
                .orElseThrow(() -> new InvalidQueryException("window: " + number + " is not known"));
    }

    /**
     * @throws InvalidQueryException for a filter that is too long
     */
    public TopNRequest message(TopNQuery query) {
        TopNRequest.Builder message = TopNRequest.newBuilder()
                .setN(query.n())
                .setWindowValue(query.window().number())
                .setGroupByValue(query.groupBy().get(0).groupByNumber());
        if (!query.filter().terms().isEmpty()) {
            message.setFilter(filters.toMessage(query.filter()));
        }
        if (query.groupBy().size() > 1) {
            query.groupBy().forEach(dimension -> message.addGroupByAllValue(dimension.groupByNumber()));
        }
        return message.build();
    }

    /**
     * @throws InvalidQueryException for a filter that is too long
     */
    public TrendRequest message(TrendQuery query) {
        TrendRequest.Builder message =
                TrendRequest.newBuilder().setWindowValue(query.window().number());
        if (!query.filter().terms().isEmpty()) {
            message.setFilter(filters.toMessage(query.filter()));
        }
        return message.build();
    }

    /**
     * @param source display name of this node
     */
    public TopNResponse message(String source, TopNAnswer answer) {
        TopNResponse.Builder message = TopNResponse.newBuilder()
                .setSource(source)
                .setTotal(answer.total())
                .setUnknown(answer.unknown())
                .setExact(answer.exact())
                .setBuckets(answer.buckets())
                .setExpressions(true);
        for (TopNAnswer.Row row : answer.rows()) {
            message.addEntries(TopNEntry.newBuilder()
                    .setLabel(String.join("\0", row.labels()))
                    .setCount(row.count())
                    .setAtMost(row.atMost())
                    .setFolded(row.folded()));
        }
        return message.build();
    }

    /**
     * The answer to a question that asked for an overview.
     *
     * @param source display name of this node
     */
    public TopNResponse message(String source, Overview overview, Loss loss) {
        return message(source, overview.ranking()).toBuilder()
                .setOverview(overviews.message(overview).toBuilder().setLoss(OverviewMapping.message(loss)))
                .build();
    }

    /**
     * @param source display name of this node
     */
    public TrendResponse message(String source, TrendAnswer answer) {
        TrendResponse.Builder message =
                TrendResponse.newBuilder().setSource(source).setExpressions(true);
        for (TrendAnswer.Point point : answer.points()) {
            message.addPoints(TrendPoint.newBuilder()
                    .setTimestampUnix(point.timestampSeconds())
                    .setCount(point.count())
                    .setUnknown(point.unknown()));
        }
        return message.build();
    }

    /**
     * Reads the answer to a question.
     *
     * @throws InvalidQueryException when the peer cannot have understood the question: one of the original system
     *     groups by one dimension, and by none of ours, and an older one knows fewer conditions
     */
    public TopNReply reply(TopNQuery query, TopNResponse message) {
        boolean bounded = message.hasTotal();
        if (!bounded && (query.groupBy().size() > 1 || query.groupBy().get(0).groupByNumber() >= EXTENSIONS)) {
            throw new InvalidQueryException("group by: this node knows single dimensions only, and not is_tor");
        }
        checkUnderstood(query.filter(), message.getExpressions());
        List<TopNAnswer.Row> rows = new ArrayList<>(message.getEntriesCount());
        long sum = 0;
        for (TopNEntry entry : message.getEntriesList()) {
            rows.add(new TopNAnswer.Row(
                    labels(query.groupBy(), entry.getLabel()),
                    entry.getFolded(),
                    entry.getCount(),
                    entry.hasAtMost() ? entry.getAtMost() : entry.getCount()));
            sum += entry.getCount();
        }
        return new TopNReply(
                message.getSource(),
                new TopNAnswer(
                        rows,
                        bounded ? message.getTotal() : sum,
                        message.getUnknown(),
                        message.getExact(),
                        message.getBuckets()),
                bounded);
    }

    /**
     * Reads the answer to a question that asked for an overview too; a peer may have answered the question alone.
     *
     * @throws InvalidQueryException as for {@link #reply(TopNQuery, TopNResponse)}
     */
    public OverviewReply overview(TopNQuery query, TopNResponse message) {
        TopNReply ranking = reply(query, message);
        if (!message.hasOverview()) {
            return new OverviewReply(ranking, null, null);
        }
        logtail.wire.proto.Overview sent = message.getOverview();
        return new OverviewReply(
                ranking,
                overviews.overview(ranking.answer(), sent),
                sent.hasLoss() ? OverviewMapping.loss(sent.getLoss()) : null);
    }

    private static List<String> labels(List<Dimension> groupBy, String label) {
        if (groupBy.size() == 1) {
            return List.of(label);
        }
        List<String> labels = new ArrayList<>(Arrays.asList(label.split(String.valueOf(NUL), -1)));
        while (labels.size() < groupBy.size()) {
            labels.add(groupBy.get(labels.size()).neutral());
        }
        return labels.subList(0, groupBy.size());
    }

    /** A node that does not know expressions has answered another question, one with fewer conditions. */
    private void checkUnderstood(Filter filter, boolean expressions) {
        List<Term> beyond = expressions ? List.of() : filters.beyondOriginal(filter);
        if (!beyond.isEmpty()) {
            throw new InvalidQueryException("filter: this node does not know " + Expression.print(beyond));
        }
    }

    /**
     * Reads the answer to a question.
     *
     * @throws InvalidQueryException when the peer cannot have understood the question
     */
    public TrendReply reply(TrendQuery query, TrendResponse message) {
        checkUnderstood(query.filter(), message.getExpressions());
        List<TrendAnswer.Point> points = new ArrayList<>(message.getPointsCount());
        for (TrendPoint point : message.getPointsList()) {
            points.add(new TrendAnswer.Point(point.getTimestampUnix(), point.getCount(), point.getUnknown()));
        }
        return new TrendReply(message.getSource(), new TrendAnswer(points, points.size()));
    }

    /** The answer of ListTargets. */
    public ListTargetsResponse message(List<Target> targets) {
        ListTargetsResponse.Builder message = ListTargetsResponse.newBuilder();
        for (Target target : targets) {
            message.addTargets(TargetInfo.newBuilder()
                    .setName(target.name())
                    .setAddr(target.addr())
                    .setState(state(target.state()))
                    .setAgeSeconds(target.ageSeconds()));
        }
        return message.build();
    }

    /** The answer of ListTargets to who also asked how the node is. */
    public ListTargetsResponse message(List<Target> targets, NodeStatus status) {
        return message(targets).toBuilder()
                .setStatus(StatusMapping.message(status))
                .build();
    }

    private static TargetState state(Freshness state) {
        switch (state) {
            case FRESH:
                return TargetState.FRESH;
            case STALE:
                return TargetState.STALE;
            case DEGRADED:
                return TargetState.DEGRADED;
            case NEVER:
                return TargetState.NEVER;
            default:
                return TargetState.TARGET_STATE_UNSPECIFIED;
        }
    }

    /** Reads the answer of ListTargets. */
    public List<Target> targets(ListTargetsResponse message) {
        List<Target> targets = new ArrayList<>(message.getTargetsCount());
        for (TargetInfo info : message.getTargetsList()) {
            targets.add(new Target(info.getName(), info.getAddr(), freshness(info.getState()), info.getAgeSeconds()));
        }
        return targets;
    }

    /** Reads the answer of ListTargets, and how the node is if it says so. */
    public NodeReply node(ListTargetsResponse message) {
        return new NodeReply(targets(message), message.hasStatus() ? StatusMapping.status(message.getStatus()) : null);
    }

    private static Freshness freshness(TargetState state) {
        switch (state) {
            case FRESH:
                return Freshness.FRESH;
            case STALE:
                return Freshness.STALE;
            case DEGRADED:
                return Freshness.DEGRADED;
            case NEVER:
                return Freshness.NEVER;
            default:
                return Freshness.UNKNOWN;
        }
    }
}
