package logtail.wire;

import java.util.ArrayList;
import java.util.List;
import logtail.core.query.Overview;
import logtail.core.query.Overview.Detail;
import logtail.core.query.Overview.Moment;
import logtail.core.query.StatusCounts;
import logtail.core.query.TopNAnswer;
import logtail.core.schema.Schema;
import logtail.wire.proto.Change;
import logtail.wire.proto.RowDetail;
import logtail.wire.proto.Stretch;

/** What stands beside a ranking, as messages and back. */
final class OverviewMapping {
    private final Schema schema;

    OverviewMapping(Schema schema) {
        this.schema = schema;
    }

    logtail.wire.proto.Overview message(Overview overview) {
        logtail.wire.proto.Overview.Builder message = logtail.wire.proto.Overview.newBuilder()
                .setWindow(message(overview.window()))
                .setBefore(message(overview.before()))
                .setNow(message(overview.now()))
                .setEarlier(message(overview.earlier()))
                .setFolded(overview.folded())
                .setCatchUp(overview.catchUp())
                .setSince(overview.sinceSeconds());
        if (!overview.trend().isEmpty()) {
            message.setTrendFrom(overview.trend().get(0).startSeconds());
        }
        overview.trend().forEach(moment -> message.addTrend(message(moment.requests())));
        for (Detail detail : overview.details()) {
            message.addRows(RowDetail.newBuilder()
                    .setNow(message(detail.now()))
                    .setEarlier(detail.earlier())
                    .addAllPoints(detail.points()));
        }
        for (Overview.Change change : overview.changes()) {
            message.addChanges(Change.newBuilder()
                    .setDimensionValue(change.dimension().groupByNumber())
                    .setLabel(change.label())
                    .setNow(change.now())
                    .setEarlier(change.earlier()));
        }
        return message.build();
    }

    private static Stretch message(Overview.Stretch stretch) {
        return Stretch.newBuilder()
                .setFrom(stretch.fromSeconds())
                .setSeconds(stretch.seconds())
                .setBucketSeconds(stretch.bucketSeconds())
                .build();
    }

    private static logtail.wire.proto.StatusCounts message(StatusCounts counts) {
        return logtail.wire.proto.StatusCounts.newBuilder()
                .setTotal(counts.total())
                .setC2Xx(counts.c2xx())
                .setC3Xx(counts.c3xx())
                .setC4Xx(counts.c4xx())
                .setC5Xx(counts.c5xx())
                .build();
    }

    /** Reads what a peer sent; what it says of dimensions that are not known here is left out. */
    Overview overview(TopNAnswer ranking, logtail.wire.proto.Overview message) {
        Overview.Stretch window = stretch(message.getWindow());
        List<Moment> trend = new ArrayList<>(message.getTrendCount());
        for (logtail.wire.proto.StatusCounts counts : message.getTrendList()) {
            long start = message.getTrendFrom() + (long) trend.size() * window.bucketSeconds();
            trend.add(new Moment(start, counts(counts)));
        }
        List<Detail> details = new ArrayList<>(message.getRowsCount());
        for (RowDetail row : message.getRowsList()) {
            details.add(new Detail(counts(row.getNow()), row.getEarlier(), row.getPointsList()));
        }
        List<Overview.Change> changes = new ArrayList<>();
        for (Change change : message.getChangesList()) {
            schema.ofGroupByNumber(change.getDimensionValue())
                    .ifPresent(dimension -> changes.add(
                            new Overview.Change(dimension, change.getLabel(), change.getNow(), change.getEarlier())));
        }
        return new Overview(
                ranking,
                details,
                window,
                stretch(message.getBefore()),
                counts(message.getNow()),
                counts(message.getEarlier()),
                trend,
                changes,
                message.getFolded(),
                message.getCatchUp(),
                message.getSince());
    }

    private static Overview.Stretch stretch(Stretch message) {
        return new Overview.Stretch(message.getFrom(), message.getSeconds(), message.getBucketSeconds());
    }

    private static StatusCounts counts(logtail.wire.proto.StatusCounts message) {
        return new StatusCounts(
                message.getTotal(), message.getC2Xx(), message.getC3Xx(), message.getC4Xx(), message.getC5Xx());
    }

    static logtail.wire.proto.Loss message(Loss loss) {
        return logtail.wire.proto.Loss.newBuilder()
                .setLines(loss.lines())
                .setRejected(loss.rejected())
                .setLastRejectedMs(loss.lastRejectedMs())
                .setDropped(loss.dropped())
                .setDatagramsLost(loss.datagramsLost())
                .setLagBytes(loss.lagBytes())
                .build();
    }

    static Loss loss(logtail.wire.proto.Loss message) {
        return new Loss(
                message.getLines(),
                message.getRejected(),
                message.getLastRejectedMs(),
                message.getDropped(),
                message.getDatagramsLost(),
                message.getLagBytes());
    }
}
