package logtail.cli.query;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logtail.cli.CommandLines;
import logtail.cli.ExitCode;
import logtail.cli.Shell;
import logtail.cli.scan.LogFile;
import logtail.cli.scan.Scan;
import logtail.cli.scan.ScanOptions;
import logtail.cli.scan.ScanResult;
import logtail.core.format.LogFormat;
import logtail.core.format.Variables;
import logtail.core.format.WebsitePattern;
import logtail.core.line.DecoderOptions;
import logtail.core.line.Explanation;
import logtail.core.line.InputStats;
import logtail.core.line.LineExplainer;
import logtail.core.line.RejectReason;
import logtail.core.line.TimeRange;
import logtail.core.query.Filter;
import logtail.core.query.InvalidQueryException;
import logtail.core.query.Queries;
import logtail.core.query.Term;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;
import logtail.core.text.Visible;
import logtail.core.time.Window;
import logtail.sources.client.ClientFiles;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code scan FILE...}: {@code topn} over log files, without any daemon. */
public final class ScanCommand implements Callable<Integer> {
    private static final int ROWS = 10;
    private static final int KEYS_MAX = 10_000_000;
    private static final int THREADS_MAX = 256;

    private final Shell shell;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PositionalParamSpec files;
    private final Flags flags = new Flags(spec);
    private final OptionSpec groupBy;
    private final OptionSpec n;
    private final OptionSpec keys;
    private final OptionSpec jobs;
    private final OptionSpec site;
    private final OptionSpec asnDb;
    private final OptionSpec torList;
    private final OptionSpec json;
    private final OptionSpec csv;
    private final FormatFlags format;
    private final TimeFlags time;
    private final FilterFlags filter;
    private final FailIfFlag failIf;

    private ScanCommand(Shell shell) {
        this.shell = shell;
        spec.usageMessage()
                .description("The websites, clients, paths and so on that most requests in log files go to or come"
                        + " from. Files may be compressed by gzip; - is standard input. Counts are exact.");
        files = PositionalParamSpec.builder()
                .paramLabel("FILE")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Log files.")
                .build();
        spec.addPositional(files);
        groupBy = flags.values(
                "--group-by",
                "NAME[,...]",
                "What to rank: " + String.join(", ", Rankings.names())
                        + ". Default: website. Several are joined by tabs; may be repeated for several rankings.");
        n = flags.value("-n", "N", "Rows, 1 to " + TopNQuery.ROWS_MAX + ". Default: " + ROWS + ".");
        format = new FormatFlags(flags);
        site = flags.value(
                "--site",
                "PATTERN",
                "Website of lines whose format has none, from the name of the file: *.access.log is what stands for"
                        + " the star.");
        asnDb = flags.value(
                "--asn-db", "FILE", "Database in MaxMind's format with the ASN of clients, for formats without one.");
        torList = flags.value("--tor-list", "FILE", "Exit addresses of the Tor network, for formats without is_tor.");
        time = new TimeFlags(flags);
        keys = flags.value(
                "--keys", "N", "Count in at most N rows; requests beyond fold into (other). Default: no limit.");
        jobs = flags.value("--jobs", "N", "Files read at the same time. Default: one per processor.");
        json = flags.toggle("--json", "Print JSON.");
        csv = flags.toggle("--csv", "Print comma-separated values.");
        failIf = new FailIfFlag(flags, concat(FailIfFlag.RANKING, List.of("lines", "rejected")));
        filter = new FilterFlags(flags, Schema.LOGTAIL);
    }

    private static List<String> concat(List<String> left, List<String> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }

    /** Runs it to its end and returns the exit code. */
    public static int run(Shell shell, List<String> args) {
        return CommandLines.run("scan", command(shell), shell, args);
    }

    /** Its flags, for help and completion. */
    public static CommandLine command(Shell shell) {
        return new CommandLine(new ScanCommand(shell).spec);
    }

    @Override
    public Integer call() throws Exception {
        List<LogFile> given = files();
        LogFormat lines = format.format();
        List<TopNQuery> queries = queries(lines);
        failIf.prepare();
        Scan scan = new Scan(options(lines, queries), given);
        ScanResult result;
        Progress progress = Terminal.isStderrTerminal() ? Progress.start(shell.err(), scan) : null;
        try {
            result = scan.run();
        } finally {
            if (progress != null) {
                progress.close();
            }
        }
        List<TopNAnswer> answers = new ArrayList<>();
        for (TopNQuery query : queries) {
            answers.add(Queries.topN(result.view(), query, () -> false));
        }
        print(result, queries, answers);
        return finish(lines, result, answers);
    }

    private List<LogFile> files() {
        List<String> names = files.originalStringValues();
        if (names.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "name the files to scan, or - for standard input");
        }
        if (names.stream().filter(LogFile.STDIN::equals).count() > 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "- is given twice");
        }
        return names.stream().map(LogFile::new).toList();
    }

    private List<TopNQuery> queries(LogFormat lines) {
        Filter terms = filter.filter();
        for (Term term : terms.terms()) {
            requireFed(lines, term.dimension());
        }
        List<String> given = groupBy.originalStringValues();
        List<TopNQuery> queries = new ArrayList<>();
        for (String list : given.isEmpty() ? List.of(defaultGroup(lines)) : given) {
            List<Dimension> groups = Rankings.groups(flags, groupBy, list);
            try {
                queries.add(new TopNQuery(terms, groups, flags.number(n, ROWS, TopNQuery.ROWS_MAX), Window.W1M));
            } catch (InvalidQueryException wrong) {
                throw flags.wrong(groupBy, String.valueOf(wrong.getMessage()).replaceFirst("^group by: ", ""));
            }
        }
        return queries;
    }

    /** A format without a website has its clients ranked. */
    private String defaultGroup(LogFormat lines) {
        boolean hasWebsite = lines.isLogtail()
                || Flags.isGiven(site)
                || Variables.of(lines, "website").isPresent();
        return hasWebsite ? "website" : "prefix";
    }

    /** A filter on what the format does not have would let nothing through, or everything. */
    private void requireFed(LogFormat lines, Dimension dimension) {
        boolean fed = lines.isLogtail()
                || Variables.of(lines, dimension.name()).isPresent()
                || dimension.name().equals("website")
                || dimension.name().equals("asn") && Flags.isGiven(asnDb)
                || dimension.name().equals("is_tor") && Flags.isGiven(torList);
        if (!fed) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "the format " + lines.name() + " has no " + dimension.name() + " to filter by");
        }
    }

    private ScanOptions options(LogFormat lines, List<TopNQuery> queries) throws IOException {
        List<Dimension> asked = new ArrayList<>();
        for (TopNQuery query : queries) {
            asked.addAll(query.groupBy());
            query.filter().terms().forEach(term -> asked.add(term.dimension()));
        }
        TimeRange range = time.range(System.currentTimeMillis());
        boolean timed = !lines.isLogtail() && Variables.of(lines, "time").isPresent();
        if (!range.equals(TimeRange.ALL) && !timed) {
            throw flags.wrong(time.given(), "lines of the format " + lines.name() + " have no time");
        }
        return new ScanOptions(
                lines,
                DecoderOptions.defaults(),
                websites(),
                shell.hostName().get(),
                range,
                Scan.dimensions(asked),
                clients(),
                Flags.isGiven(keys) ? OptionalInt.of(flags.number(keys, 1, KEYS_MAX)) : OptionalInt.empty(),
                flags.number(jobs, Runtime.getRuntime().availableProcessors(), THREADS_MAX));
    }

    private ClientFiles clients() throws IOException {
        return new ClientFiles(file(asnDb), file(torList));
    }

    private static Optional<Path> file(OptionSpec option) {
        return Flags.isGiven(option) ? Optional.of(Path.of(Flags.text(option, ""))) : Optional.empty();
    }

    private WebsitePattern websites() {
        try {
            return new WebsitePattern(Flags.text(site, ""));
        } catch (IllegalArgumentException wrong) {
            throw flags.wrong(site, "\"" + Flags.text(site, "") + "\" " + wrong.getMessage());
        }
    }

    private void print(ScanResult result, List<TopNQuery> queries, List<TopNAnswer> answers) throws IOException {
        if (Flags.isGiven(json)) {
            printJson(result, queries, answers);
        } else if (Flags.isGiven(csv)) {
            printCsv(queries, answers);
        } else {
            printTables(queries, answers);
        }
        shell.out().flush();
    }

    private void printTables(List<TopNQuery> queries, List<TopNAnswer> answers) {
        OptionalInt columns = Terminal.columns(shell);
        PrintStream out = shell.out();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.size() > 1) {
                out.println((i > 0 ? "\n" : "") + names(queries.get(i)));
            }
            Rankings.print(out, columns, answers.get(i), true);
        }
    }

    private static String names(TopNQuery query) {
        return query.groupBy().stream().map(Dimension::name).collect(Collectors.joining(","));
    }

    private void printCsv(List<TopNQuery> queries, List<TopNAnswer> answers) {
        Csv rows = new Csv(shell.out());
        for (int i = 0; i < answers.size(); i++) {
            if (i > 0) {
                shell.out().print('\n');
            }
            rows.row(Rankings.csvHeader(queries.get(i).groupBy()));
            answers.get(i).rows().forEach(row -> rows.row(Rankings.csvRow(row, true)));
        }
    }

    private void printJson(ScanResult result, List<TopNQuery> queries, List<TopNAnswer> answers) throws IOException {
        try (JsonGenerator out = Json.generator(shell.out())) {
            out.writeStartObject();
            out.writeNumberField("lines", result.lines());
            out.writeNumberField("parsed", result.parsed());
            out.writeObjectFieldStart("rejected");
            for (RejectReason reason : RejectReason.values()) {
                out.writeNumberField(reason.label(), result.rejected(reason));
            }
            out.writeEndObject();
            out.writeNumberField("outside", result.outside());
            out.writeArrayFieldStart("results");
            for (int i = 0; i < answers.size(); i++) {
                TopNAnswer answer = answers.get(i);
                out.writeStartObject();
                Rankings.writeGroups(out, queries.get(i).groupBy());
                out.writeNumberField("total", answer.total());
                out.writeNumberField("unknown", answer.unknown());
                out.writeBooleanField("exact", answer.exact());
                Rankings.writeEntries(out, answer, true);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        shell.out().println();
    }

    private int finish(LogFormat lines, ScanResult result, List<TopNAnswer> answers) {
        result.failures().forEach(line -> shell.err().println(Visible.text(line)));
        if (result.rejected() > 0) {
            shell.err().println(rejected(lines, result));
        }
        failIf.see("lines", result.lines());
        failIf.see("rejected", result.rejected());
        answers.forEach(failIf::see);
        boolean nothing = result.parsed() + result.outside() == 0;
        if (nothing && (result.rejected() > 0 || !result.failures().isEmpty())) {
            return ExitCode.FAILURE;
        }
        // Who set a condition wants to hear of it, whatever else there is to say.
        return failIf.isMet() ? ExitCode.CONDITION_MET : result.failures().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL;
    }

    /** How many lines were refused and what the last one of those kept seems to be. */
    private static String rejected(LogFormat lines, ScanResult result) {
        String reasons = Arrays.stream(RejectReason.values())
                .filter(reason -> result.rejected(reason) > 0)
                .map(reason -> reason.label() + " " + result.rejected(reason))
                .collect(Collectors.joining(", "));
        String counts = "scan: " + result.rejected() + " of " + result.lines() + " lines rejected (" + reasons + ")";
        List<InputStats.Reject> kept = result.rejects();
        InputStats.Reject last = kept.get(kept.size() - 1);
        LineExplainer explainer = new LineExplainer(lines, DecoderOptions.defaults());
        Explanation.Rejection why = explainer.explain(last.text()).rejection();
        boolean whole = last.text().length == last.lengthBytes();
        String said = !whole ? explainer.adviceOnBeginning(last.text()) : why == null ? "" : why.advice();
        String advice = said.isEmpty() ? "" : "; of the last one: " + said;
        return Visible.text(counts + advice + "; logtail explain says more");
    }
}
