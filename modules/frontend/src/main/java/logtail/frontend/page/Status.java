package logtail.frontend.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import logtail.core.text.Visible;
import logtail.frontend.backend.Outcome;
import logtail.frontend.query.PageDefaults;
import logtail.frontend.query.PageQuery;
import logtail.wire.Freshness;
import logtail.wire.NodeReply;
import logtail.wire.NodeStatus;
import logtail.wire.Target;
import org.jspecify.annotations.Nullable;

/**
 * The page of how a node is.
 *
 * @param target the node that was asked
 * @param failure why it did not answer; empty when it did
 * @param nodes whom it speaks for
 * @param self how it is itself; null when it does not say
 */
public record Status(String target, String failure, List<Node> nodes, @Nullable Self self) {
    /**
     * @param address empty for the node that was asked
     * @param behind whether its numbers are not current
     * @param age of its newest bucket; empty when it has none
     * @param href its dashboard
     * @param statusHref its own page of this kind; empty when this is it
     */
    public record Node(
            String name, String address, String state, boolean behind, String age, String href, String statusHref) {}

    /**
     * @param since when it began
     * @param notes what is wrong; none when nothing is
     */
    public record Self(
            String version,
            String since,
            List<String> notes,
            List<Input> inputs,
            List<Level> levels,
            List<Ring> rings) {}

    /**
     * @param rejected reasons and numbers; empty for none
     * @param badLines the newest first
     */
    public record Input(
            String name,
            String rate,
            String lines,
            String bytes,
            String lag,
            String files,
            String rejected,
            boolean broken,
            List<BadLine> badLines) {}

    /**
     * @param why reason and column
     * @param text what can be seen of it around that column
     * @param caret points at it, from the line below; empty when the text ends before
     */
    public record BadLine(String at, String why, String text, String caret) {}

    public record Level(String name, String used, String most, String share, String width) {}

    public record Ring(String name, String buckets, String rows, String requests, String bytes) {}

    /** Characters shown in front of the column, and behind it. */
    private static final int CONTEXT_BYTES = 60;

    public static Status of(String target, Outcome<NodeReply> answer, PageDefaults defaults) {
        PageQuery start = PageQuery.start(defaults);
        return answer.fold(
                reply -> new Status(
                        Shown.label(target),
                        "",
                        reply.targets().stream().map(node -> node(node, start)).toList(),
                        reply.status() == null ? null : self(reply.status())),
                failure -> new Status(Shown.label(target), Shown.sentence(failure.text()), List.of(), null));
    }

    /** Of the node that a page asks. */
    static String href(PageQuery query) {
        return "/status"
                + PageQuery.start(query.defaults())
                        .withTarget(query.target())
                        .url()
                        .substring(1);
    }

    private static Node node(Target node, PageQuery start) {
        boolean dated = node.state() == Freshness.FRESH || node.state() == Freshness.STALE;
        return new Node(
                Shown.label(node.name().isEmpty() ? node.addr() : node.name()),
                Shown.label(node.addr().isEmpty() ? "this node" : node.addr()),
                node.state() == Freshness.NEVER
                        ? "no data yet"
                        : node.state().name().toLowerCase(Locale.ROOT),
                node.state() != Freshness.FRESH && node.state() != Freshness.UNKNOWN,
                dated ? Numbers.duration(node.ageSeconds()) + " ago" : "",
                start.withTarget(node.addr()).url(),
                node.addr().isEmpty() ? "" : href(start.withTarget(node.addr())));
    }

    private static Self self(NodeStatus status) {
        return new Self(
                Shown.label(status.version()),
                status.startedSeconds() == 0 ? "" : Numbers.dayAndTime(status.startedSeconds()) + " UTC",
                notes(status),
                status.inputs().stream().map(Status::input).toList(),
                status.levels().stream().map(Status::level).toList(),
                status.rings().stream().map(Status::ring).toList());
    }

    private static List<String> notes(NodeStatus status) {
        List<String> notes = new ArrayList<>();
        if (status.folded() > 0) {
            notes.add(
                    Numbers.count(status.folded()) + " requests have been folded: they count in totals and as (other)");
        }
        if (status.dropped() > 0) {
            notes.add(Numbers.count(status.dropped()) + " requests have been dropped for want of room");
        }
        if (status.clockOffsetMs() != 0) {
            notes.add("bucket timestamps are " + Numbers.count(status.clockOffsetMs()) + " ms ahead of the wall clock");
        }
        for (NodeStatus.Input input : status.inputs()) {
            if (input.unreadable() > 0) {
                notes.add(
                        Shown.label(input.name()) + ": " + Numbers.count(input.unreadable()) + " files cannot be read");
            }
            if (input.kernelDrops() > 0) {
                notes.add(Shown.label(input.name()) + ": the kernel dropped " + Numbers.count(input.kernelDrops())
                        + " datagrams");
            }
            if (!input.fieldErrors().isEmpty()) {
                notes.add(Shown.label(input.name()) + ": bad values, by field: " + named(input.fieldErrors()));
            }
        }
        return notes;
    }

    private static Input input(NodeStatus.Input input) {
        long rejected =
                input.rejected().stream().mapToLong(NodeStatus.Named::count).sum();
        List<BadLine> badLines = new ArrayList<>();
        for (NodeStatus.BadLine bad : input.badLines()) {
            badLines.add(0, badLine(bad));
        }
        return new Input(
                Shown.label(input.name()),
                Numbers.rate(input.linesPerSecond()),
                Numbers.count(input.lines()),
                Numbers.bytes(input.bytes()),
                input.packets() > 0 ? "" : Numbers.bytes(input.lagBytes()),
                input.packets() > 0
                        ? Numbers.count(input.packets()) + " datagrams"
                        : Numbers.count(input.files()) + (input.files() == 1 ? " file" : " files"),
                named(input.rejected()),
                rejected > 0 && input.lines() == 0,
                badLines);
    }

    private static String named(List<NodeStatus.Named> counts) {
        return counts.stream()
                .map(named -> Numbers.count(named.count()) + " " + Shown.label(named.name()))
                .collect(Collectors.joining(", "));
    }

    private static BadLine badLine(NodeStatus.BadLine bad) {
        byte[] text = bad.text();
        int column = Math.max(0, Math.min(bad.column(), text.length));
        int from = Math.max(0, column - CONTEXT_BYTES);
        int to = Math.min(text.length, column + CONTEXT_BYTES);
        String before = Visible.text(utf8(text, from, column));
        String shown = (from > 0 ? "…" : "")
                + before
                + Visible.text(utf8(text, column, to))
                + (to < bad.lengthBytes() ? "…" : "");
        int indent = before.codePointCount(0, before.length()) + (from > 0 ? 1 : 0);
        return new BadLine(
                Numbers.dayAndTime(TimeUnit.MILLISECONDS.toSeconds(bad.atMs())) + " UTC",
                Shown.label(bad.reason()) + ", column " + (bad.column() + 1) + " of "
                        + Numbers.count(bad.lengthBytes()),
                shown,
                bad.column() > text.length ? "" : " ".repeat(indent) + "^");
    }

    private static String utf8(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private static Level level(NodeStatus.Level level) {
        boolean bytes = level.name().endsWith("bytes");
        return new Level(
                Shown.label(bytes ? level.name().substring(0, level.name().length() - 6) : level.name()),
                bytes ? Numbers.bytes(level.used()) : Numbers.count(level.used()),
                bytes ? Numbers.bytes(level.most()) : Numbers.count(level.most()),
                Numbers.percent(level.used(), level.most()),
                Numbers.width(level.used(), level.most()));
    }

    private static Ring ring(NodeStatus.Ring ring) {
        return new Ring(
                (ring.coarse() ? "coarse, " : "fine, ") + Numbers.duration(ring.bucketSeconds()),
                Numbers.count(ring.buckets()) + " of " + Numbers.count(ring.bucketsMost()),
                Numbers.count(ring.rows()),
                Numbers.count(ring.requests()),
                Numbers.bytes(ring.bytes()));
    }
}
