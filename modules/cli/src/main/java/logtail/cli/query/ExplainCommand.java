package logtail.cli.query;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import logtail.cli.CommandLines;
import logtail.cli.ExitCode;
import logtail.cli.Shell;
import logtail.cli.scan.Lines;
import logtail.cli.scan.LogFile;
import logtail.core.line.DecoderOptions;
import logtail.core.line.Explanation;
import logtail.core.line.LineExplainer;
import logtail.core.line.RejectReason;
import logtail.core.text.Visible;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code explain [FILE...]}: every field of each line, or where it stops being of its format, and why. */
public final class ExplainCommand implements Callable<Integer> {
    private static final String INDENT = "    ";

    /** Bytes of a rejected line that are shown in front of the place where it stops, and behind. */
    private static final int SHOWN_BEFORE = 60;

    private static final int SHOWN_BEHIND = 40;

    private final Shell shell;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PositionalParamSpec files;
    private final Flags flags = new Flags(spec);
    private final FormatFlags format;
    private final OptionSpec rejectedOnly;
    private final OptionSpec syslog;
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private long accepted;

    private ExplainCommand(Shell shell) {
        this.shell = shell;
        spec.usageMessage()
                .description(
                        "Every field of each line, or the column and the reason where it stops being of its"
                                + " format. Without files, or with -, of standard input. Exits with 1 when a line is rejected.");
        files = PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Log files, plain or compressed by gzip.")
                .build();
        spec.addPositional(files);
        format = new FormatFlags(flags);
        rejectedOnly = flags.toggle("--rejected", "Show only the lines that are rejected.");
        syslog = flags.toggle("--syslog", "A syslog header may stand in front of lines, as in datagrams.");
    }

    /** Runs it to its end and returns the exit code. */
    public static int run(Shell shell, List<String> args) {
        return CommandLines.run("explain", command(shell), shell, args);
    }

    /** Its flags, for help and completion. */
    public static CommandLine command(Shell shell) {
        return new CommandLine(new ExplainCommand(shell).spec);
    }

    @Override
    public Integer call() {
        DecoderOptions options = DecoderOptions.defaults().withSyslogHeader(Flags.isGiven(syslog));
        LineExplainer explainer = new LineExplainer(format.format(), options);
        List<String> names = files.originalStringValues();
        boolean failed = false;
        for (String name : names.isEmpty() ? List.of(LogFile.STDIN) : names) {
            failed |= !explain(new LogFile(name), explainer, options.lineBytes());
            if (shell.out().checkError()) {
                return ExitCode.OK;
            }
        }
        shell.out().println(summary());
        shell.out().flush();
        return failed || !rejected.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
    }

    private boolean explain(LogFile file, LineExplainer explainer, int lineBytes) {
        String name = file.isStdin() ? "line " : Visible.text(file.name()) + ":";
        try (InputStream in = new BufferedInputStream(file.open(new AtomicLong()))) {
            Lines lines = new Lines(in, lineBytes + 1);
            long number = 0;
            for (byte[] line = lines.next(); line != null && !shell.out().checkError(); line = lines.next()) {
                number++;
                boolean empty = line.length == 0 || line.length == 1 && line[0] == '\r';
                if (!empty) {
                    show(name + number, line, explainer.explain(line));
                }
            }
            return true;
        } catch (IOException e) {
            shell.err().println(Visible.text(file.name() + ": " + LogFile.reason(e)));
            return false;
        }
    }

    private void show(String place, byte[] line, Explanation explained) {
        Explanation.Rejection why = explained.rejection();
        PrintStream out = shell.out();
        if (why == null) {
            accepted++;
            if (!Flags.isGiven(rejectedOnly)) {
                out.println(place + ": " + explained.format());
                fields(out, explained);
            }
            return;
        }
        rejected.merge(why.reason(), 1L, Long::sum);
        out.println(place + ": rejected (" + why.reason().label() + ") at column " + (why.column() + 1) + ": "
                + Visible.text(why.what()) + (why.advice().isEmpty() ? "" : "; " + Visible.text(why.advice())));
        pointAt(out, line, why.column());
        fields(out, explained);
    }

    /** The part of the line around the place where it stops, with a mark below. */
    private static void pointAt(PrintStream out, byte[] line, int column) {
        int from = Math.max(0, column - SHOWN_BEFORE);
        int to = Math.min(line.length, column + SHOWN_BEHIND);
        String before = visible(line, from, Math.min(column, line.length));
        String behind = visible(line, Math.min(column, line.length), to);
        String dots = from > 0 ? "..." : "";
        out.println(INDENT + dots + before + behind + (to < line.length ? "..." : ""));
        out.println(INDENT + " ".repeat(dots.length() + before.codePointCount(0, before.length())) + "^");
    }

    private static String visible(byte[] line, int from, int to) {
        String text = new String(line, from, Math.max(0, to - from), StandardCharsets.UTF_8);
        return Visible.text(text.replace("\t", "\\t"));
    }

    private static void fields(PrintStream out, Explanation explained) {
        Table table = new Table(OptionalInt.empty());
        for (Explanation.Field field : explained.fields()) {
            String use = field.countedAs().isEmpty() ? "skipped" : String.join(", ", field.countedAs());
            table.row(
                    INDENT + "column " + (field.column() + 1),
                    "$" + field.variable(),
                    use,
                    Visible.text(field.value()) + (field.note().isEmpty() ? "" : "   (" + field.note() + ")"));
        }
        table.print(out, 0);
    }

    private String summary() {
        long bad = rejected.values().stream().mapToLong(n -> n).sum();
        List<String> reasons = new ArrayList<>();
        rejected.forEach((reason, n) -> reasons.add(reason.label() + " " + n));
        return accepted + " accepted, " + bad + " rejected"
                + (reasons.isEmpty() ? "" : reasons.stream().collect(Collectors.joining(", ", " (", ")")));
    }
}
