package logtail.core.line;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.core.format.Variables;
import logtail.core.line.Explanation.Field;
import logtail.core.line.Explanation.Rejection;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import org.jspecify.annotations.Nullable;

/**
 * Says what a format makes of a line, and what a line that is not of it may be instead. The decoder itself is asked
 * whether the line is accepted, so that what is explained is what is counted. Not threadsafe; for people, not for the
 * hot path.
 */
public final class LineExplainer {
    private static final int FOUND_BYTES = 24;
    private static final TupleLayout LAYOUT = new TupleLayout(Schema.LOGTAIL);
    private static final String ERROR_LOG = "this is a line of nginx's error log, not of an access log";
    private static final String NO_NUMBER = "is no number, counted without it";

    private final LogFormat format;
    private final DecoderOptions options;
    private final LineDecoder decoder;
    private final KeyHash hash = new KeyHash(0, 0);

    /**
     * @param options as for the decoder of the lines
     */
    public LineExplainer(LogFormat format, DecoderOptions options) {
        this.format = format;
        this.options = options;
        this.decoder = decoder(format);
    }

    private LineDecoder decoder(LogFormat of) {
        return of.isLogtail()
                ? new LogtailDecoder(LAYOUT, hash, options)
                : new FormatDecoder(of, LAYOUT, hash, options, new byte[0], ClientFacts.NONE, TimeRange.ALL);
    }

    /**
     * Explains one line.
     *
     * @param line without its LF, not empty
     */
    public Explanation explain(byte[] line) {
        Decoded decoded = decode(decoder, line);
        LogFormat shape = format.isLogtail() ? version(line) : format;
        LineMatcher matcher = new LineMatcher(shape);
        byte[] raw = Arrays.copyOf(line, line.length + Batch.SLACK);
        int end = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        int start = options.syslogHeader() && line.length > 0 && line[0] == '<' ? SyslogHeader.end(raw, 0, end) : 0;
        boolean matched = matcher.match(raw, start, end);
        int known = matched ? matcher.names().size() : Math.max(0, matcher.failedVariable());
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < Math.min(known, matcher.names().size()); i++) {
            fields.add(field(shape, matcher, raw, i, decoded.stats));
        }
        if (decoded.reject == null) {
            return new Explanation(shape.name(), fields, null);
        }
        InputStats.Reject reject = decoded.reject;
        String what =
                switch (reject.reason()) {
                    case VERSION -> "begins with " + found(raw, start, end) + " instead of v1 or v2 and a tab";
                    case ADDRESS ->
                        "the client is " + found(raw, reject.column(), wordEnd(raw, reject.column(), end))
                                + ", which is no address";
                    case TOO_LONG -> "is longer than " + options.lineBytes() + " bytes";
                    case FIELDS -> format.isLogtail() && matched ? "has a tab too many" : mismatch(matcher, raw, end);
                };
        int column = reject.reason() == RejectReason.FIELDS && !matched ? matcher.failedAt() : reject.column();
        return new Explanation(
                shape.name(),
                fields,
                new Rejection(reject.reason(), column, what, advice(reject, line, raw, matcher, end)));
    }

    /**
     * What a line seems to be of which only the beginning is known.
     *
     * @return empty when nobody knows
     */
    public String adviceOnBeginning(byte[] beginning) {
        byte[] raw = Arrays.copyOf(beginning, beginning.length + Batch.SLACK);
        List<LogFormat> formats = new ArrayList<>(List.of(KnownFormats.V1, KnownFormats.V2));
        KnownFormats.all().stream().filter(known -> !known.isLogtail()).forEach(formats::add);
        for (LogFormat known : formats) {
            LineMatcher matcher = new LineMatcher(known);
            boolean goesOn = !matcher.match(raw, 0, beginning.length)
                    && matcher.failedAt() == beginning.length
                    && matcher.failedVariable() > 0;
            if (goesOn && !known.equals(format)) {
                return isErrorLog(raw, beginning.length)
                        ? ERROR_LOG
                        : "it begins like a line of the format " + known.name();
            }
        }
        return isErrorLog(raw, beginning.length) ? ERROR_LOG : "";
    }

    private record Decoded(InputStats stats, InputStats.@Nullable Reject reject) {
        /** Whether it is accepted and every number in it is one. */
        boolean isClean() {
            return reject == null
                    && IntStream.range(0, stats.fields().size()).allMatch(field -> stats.fieldErrors(field) == 0);
        }
    }

    private static Decoded decode(LineDecoder decoder, byte[] line) {
        InputStats stats = new InputStats("explain", Schema.LOGTAIL);
        Batch batch = new Batch(line.length + 1, stats);
        System.arraycopy(line, 0, batch.raw(), 0, line.length);
        batch.raw()[line.length] = '\n';
        batch.rawLength(line.length + 1);
        decoder.decode(batch);
        return new Decoded(stats, stats.rejects().stream().findFirst().orElse(null));
    }

    private static LogFormat version(byte[] line) {
        return line.length > 1 && line[0] == 'v' && line[1] == '1' ? KnownFormats.V1 : KnownFormats.V2;
    }

    private static Field field(LogFormat shape, LineMatcher matcher, byte[] raw, int i, InputStats stats) {
        String variable = matcher.names().get(i);
        List<String> countedAs = Variables.countedAs(shape, variable);
        int from = matcher.from(i);
        String value = new String(raw, from, matcher.to(i) - from, StandardCharsets.UTF_8);
        String bad = countedAs.stream().anyMatch(name -> isBad(stats, name)) ? NO_NUMBER : "";
        boolean noRequest =
                variable.equals(Variables.REQUEST) && countedAs.contains("uri") && !value.matches("(?s)[A-Z_-]+ .+");
        return new Field(from, variable, value, countedAs, noRequest ? "is no request line, counted as -" : bad);
    }

    private static boolean isBad(InputStats stats, String name) {
        int field = stats.fields().indexOf(name);
        return field >= 0 && stats.fieldErrors(field) > 0;
    }

    private static String mismatch(LineMatcher matcher, byte[] raw, int end) {
        int variable = matcher.failedVariable();
        String found = matcher.failedAt() >= end ? "the line ends" : "found " + found(raw, matcher.failedAt(), end);
        if (variable < 0) {
            return "should begin with " + quoted(matcher.lead()) + ", " + found;
        }
        if (variable == matcher.names().size()) {
            return "should end behind $" + matcher.names().get(variable - 1) + ", " + found;
        }
        byte[] text = matcher.behind(variable);
        return quoted(text) + " should follow $" + matcher.names().get(variable) + ", " + found;
    }

    /** What the line seems to be. */
    private String advice(InputStats.Reject reject, byte[] line, byte[] raw, LineMatcher matcher, int end) {
        Optional<LogFormat> other = KnownFormats.all().stream()
                .filter(known -> !known.equals(format))
                .filter(known -> decode(decoder(known), line).isClean())
                .findFirst();
        if (other.isPresent()) {
            return "this is a line of the format " + other.get().name();
        }
        if (isErrorLog(raw, end)) {
            return ERROR_LOG;
        }
        int header = SyslogHeader.end(raw, 0, end);
        if (header > 0 && !options.syslogHeader()) {
            return "a syslog header stands in front of the line";
        }
        if (reject.reason() == RejectReason.ADDRESS || reject.reason() == RejectReason.TOO_LONG) {
            return "";
        }
        Optional<String> two = twoLines(line, raw, end);
        if (two.isPresent()) {
            return two.get();
        }
        if (matcher.failedAt() >= end && matcher.failedVariable() > 0) {
            return "the rest of the line is missing";
        }
        return nearest(line, raw, end);
    }

    /** Whether a line of some format has another one behind it. */
    private Optional<String> twoLines(byte[] line, byte[] raw, int end) {
        List<LogFormat> formats = new ArrayList<>(List.of(format));
        formats.addAll(KnownFormats.all());
        for (LogFormat first : formats) {
            LineMatcher matcher = new LineMatcher(first);
            if (first.isLogtail()
                    || matcher.match(raw, 0, end)
                    || matcher.failedVariable() < matcher.names().size()) {
                continue;
            }
            int at = matcher.failedAt();
            byte[] rest = Arrays.copyOfRange(line, at, end);
            if (formats.stream().anyMatch(second -> decode(decoder(second), rest).reject == null)) {
                return Optional.of(
                        first.equals(format)
                                ? "another line begins there, as if a line break had been lost"
                                : "this is a line of the format " + first.name() + ", and another one from column "
                                        + (at + 1) + " on, as if a line break had been lost");
            }
        }
        return Optional.empty();
    }

    /** {@code 2026/11/20 08:59:41 [error] 31#31: ...}. */
    private static boolean isErrorLog(byte[] raw, int end) {
        return end > 22
                && raw[4] == '/'
                && raw[7] == '/'
                && raw[10] == ' '
                && raw[13] == ':'
                && raw[19] == ' '
                && raw[20] == '[';
    }

    /** The format of which most of the line is. */
    private String nearest(byte[] line, byte[] raw, int end) {
        LogFormat best = null;
        int furthest = 0;
        List<LogFormat> formats = new ArrayList<>(List.of(KnownFormats.V1, KnownFormats.V2));
        KnownFormats.all().stream().filter(known -> !known.isLogtail()).forEach(formats::add);
        for (LogFormat known : formats) {
            LineMatcher matcher = new LineMatcher(known);
            int reached = matcher.match(raw, 0, end) ? end : matcher.failedAt();
            if (reached > furthest && matcher.failedVariable() > 0 && !known.equals(format)) {
                furthest = reached;
                best = known;
            }
        }
        return best == null
                ? ""
                : "the nearest known format is " + best.name() + ", up to column " + (furthest + 1) + " of "
                        + line.length;
    }

    private static int wordEnd(byte[] raw, int from, int end) {
        int blank = Bytes.indexOf(raw, from, end, ' ');
        int tab = Bytes.indexOf(raw, from, end, '\t');
        int to = blank < 0 ? end : blank;
        return tab >= 0 && tab < to ? tab : to;
    }

    private static String found(byte[] raw, int from, int end) {
        int to = Math.min(end, from + FOUND_BYTES);
        return quoted(Arrays.copyOfRange(raw, from, to)) + (to < end ? "..." : "");
    }

    /** Between apostrophes where it holds quotes; a tab is shown as nginx writes it. */
    private static String quoted(byte[] text) {
        String shown = new String(text, StandardCharsets.UTF_8).replace("\t", "\\t");
        return shown.indexOf('"') >= 0 ? '\'' + shown + '\'' : '"' + shown + '"';
    }
}
