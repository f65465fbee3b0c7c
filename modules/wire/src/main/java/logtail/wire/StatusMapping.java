package logtail.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import logtail.wire.NodeStatus.BadLine;
import logtail.wire.NodeStatus.Input;
import logtail.wire.NodeStatus.Level;
import logtail.wire.NodeStatus.Named;
import logtail.wire.NodeStatus.Ring;
import logtail.wire.proto.InputStatus;
import logtail.wire.proto.NamedCount;
import logtail.wire.proto.RingStatus;

/** How a node is, as a message and back. */
final class StatusMapping {
    private StatusMapping() {}

    static logtail.wire.proto.NodeStatus message(NodeStatus status) {
        logtail.wire.proto.NodeStatus.Builder message = logtail.wire.proto.NodeStatus.newBuilder()
                .setVersion(status.version())
                .setStarted(status.startedSeconds())
                .setFolded(status.folded())
                .setDropped(status.dropped())
                .setClockOffsetMs(status.clockOffsetMs());
        status.inputs().forEach(input -> message.addInputs(message(input)));
        for (Level level : status.levels()) {
            message.addLevels(logtail.wire.proto.Level.newBuilder()
                    .setName(level.name())
                    .setUsed(level.used())
                    .setMost(level.most()));
        }
        for (Ring ring : status.rings()) {
            message.addRings(RingStatus.newBuilder()
                    .setCoarse(ring.coarse())
                    .setBucketSeconds(ring.bucketSeconds())
                    .setBuckets(ring.buckets())
                    .setBucketsMost(ring.bucketsMost())
                    .setRows(ring.rows())
                    .setRequests(ring.requests())
                    .setBytes(ring.bytes()));
        }
        return message.build();
    }

    private static InputStatus message(Input input) {
        InputStatus.Builder message = InputStatus.newBuilder()
                .setName(input.name())
                .setLines(input.lines())
                .setLinesPerSecond(input.linesPerSecond())
                .setBytes(input.bytes())
                .setFiles(input.files())
                .setUnreadable(input.unreadable())
                .setLagBytes(input.lagBytes())
                .setPackets(input.packets())
                .setKernelDrops(input.kernelDrops());
        input.rejected().forEach(named -> message.addRejected(message(named)));
        input.fieldErrors().forEach(named -> message.addFieldErrors(message(named)));
        for (BadLine bad : input.badLines()) {
            message.addBadLines(logtail.wire.proto.BadLine.newBuilder()
                    .setAtMs(bad.atMs())
                    .setReason(bad.reason())
                    .setColumn(bad.column())
                    .setText(ByteString.copyFrom(bad.text()))
                    .setLengthBytes(bad.lengthBytes()));
        }
        return message.build();
    }

    private static NamedCount message(Named named) {
        return NamedCount.newBuilder()
                .setName(named.name())
                .setCount(named.count())
                .build();
    }

    static NodeStatus status(logtail.wire.proto.NodeStatus message) {
        return new NodeStatus(
                message.getVersion(),
                message.getStarted(),
                message.getInputsList().stream().map(StatusMapping::input).toList(),
                message.getLevelsList().stream()
                        .map(level -> new Level(level.getName(), level.getUsed(), level.getMost()))
                        .toList(),
                message.getRingsList().stream().map(StatusMapping::ring).toList(),
                message.getFolded(),
                message.getDropped(),
                message.getClockOffsetMs());
    }

    private static Input input(InputStatus message) {
        List<BadLine> badLines = new ArrayList<>();
        for (logtail.wire.proto.BadLine bad : message.getBadLinesList()) {
            badLines.add(new BadLine(
                    bad.getAtMs(),
                    bad.getReason(),
                    bad.getColumn(),
                    bad.getText().toByteArray(),
                    bad.getLengthBytes()));
        }
        return new Input(
                message.getName(),
                message.getLines(),
                message.getLinesPerSecond(),
                message.getBytes(),
                named(message.getRejectedList()),
                named(message.getFieldErrorsList()),
                badLines,
                message.getFiles(),
                message.getUnreadable(),
                message.getLagBytes(),
                message.getPackets(),
                message.getKernelDrops());
    }

    private static List<Named> named(List<NamedCount> counts) {
        return counts.stream()
                .map(count -> new Named(count.getName(), count.getCount()))
                .toList();
    }

    private static Ring ring(RingStatus message) {
        return new Ring(
                message.getCoarse(),
                message.getBucketSeconds(),
                message.getBuckets(),
                message.getBucketsMost(),
                message.getRows(),
                message.getRequests(),
                message.getBytes());
    }
}
