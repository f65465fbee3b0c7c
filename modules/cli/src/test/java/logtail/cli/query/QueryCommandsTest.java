package logtail.cli.query;

import static logtail.cli.query.TestNode.hits;
import static logtail.cli.query.TestNode.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import logtail.cli.ExitCode;
import logtail.wire.proto.TopNEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class QueryCommandsTest {
    private static final long MINUTE = 1_763_627_880;
    private static final TopNEntry[] TRAFFIC = {
        hits(800, "www.example.org", 200),
        hits(150, "www.example.org", 404),
        row(45, "api.example.org", "2001:db8:1::/48", "/v1", "429", "1", "4200000000", "gre1"),
        row(5, "evil\u001b[2Jhost", "198.51.100.0/24", "/\u202e\u009b", "400", "0", "0", ""),
    };

    private final Vertx vertx = Vertx.vertx();
    private final TestNode node = new TestNode(vertx, "nginx1", 0, 50_000).rotate(MINUTE, TRAFFIC);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private Asked topN(String... args) {
        return Asked.run(TopNCommand::run, withTarget(args));
    }

    private Asked trend(String... args) {
        return Asked.run(TrendCommand::run, withTarget(args));
    }

    private String[] withTarget(String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--target";
        all[args.length + 1] = node.target();
        return all;
    }

    @Test
    void topN_printsATable() {
        assertThat(topN())
                .isEqualTo(new Asked(
                        ExitCode.OK,
                        """
                        950  95.0%  www.example.org
                         45   4.5%  api.example.org
                          5   0.5%  evil\\x1B[2Jhost
                        """,
                        ""));
    }

    @Test
    void topN_printsJson() {
        assertThat(topN("--json", "--group-by", "website", "--window", "1m", "-n", "2"))
                .isEqualTo(new Asked(
                        ExitCode.OK,
                        "[{\"target\":\"" + node.target() + "\",\"source\":\"nginx1\",\"window\":\"1m\","
                                + "\"group_by\":[\"website\"],\"total\":1000,\"unknown\":0,\"exact\":true,\"buckets\":1,"
                                + "\"entries\":[{\"label\":\"www.example.org\",\"count\":950,\"at_most\":950},"
                                + "{\"label\":\"api.example.org\",\"count\":45,\"at_most\":45}]}]\n",
                        ""));
    }

    @Test
    void json_escapesEveryControlCharacter() {
        String out = topN("--json", "--group-by", "uri", "--status", "400").out();

        assertThat(out).contains("\"/\u202e\\u009b\"");
        assertThat(out.codePoints().filter(Character::isISOControl).toArray()).containsExactly('\n');
        assertThat(new JsonArray(out)
                        .getJsonObject(0)
                        .getJsonArray("entries")
                        .getJsonObject(0)
                        .getString("label"))
                .isEqualTo("/\u202e\u009b");
    }

    @Test
    void tables_showWhatCouldMoveTheCursor() {
        assertThat(topN("--group-by", "uri", "--status", "400").out())
                .isEqualTo("5  100.0%  /\\xE2\\x80\\xAE\\xC2\\x9B\n");
    }

    @Test
    void topN_groupsBySeveral() {
        assertThat(topN("--group-by", "status,website", "--status", ">=400").out())
                .isEqualTo(
                        """
                        150  75.0%  404\twww.example.org
                         45  22.5%  429\tapi.example.org
                          5   2.5%  400\tevil\\x1B[2Jhost
                        """);
        assertThat(topN("--group-by", "tuple", "--is-tor", "1").out())
                .isEqualTo("45  100.0%  api.example.org\t2001:db8:1::/48\t/v1\t429\t1\t4200000000\tgre1\n");
        assertThat(topN("--group-by", "website,source_tag", "--status", "400").out())
                .as("an empty field at the end")
                .isEqualTo("5  100.0%  evil\\x1B[2Jhost\t\n");
        assertThat(topN("--json", "--group-by", "is_tor, status", "--is-tor", "!=0")
                        .out())
                .contains("\"group_by\":[\"is_tor\",\"status\"]", "\"label\":\"1\\t429\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--website          | api.example.org | 45",
                "-website           | api.example.org | 45",
                "--prefix           | 2001:db8:1:0::/48 | 45",
                "--uri              | /v1             | 45",
                "--status           | 404             | 150",
                "--status           | !=200           | 200",
                "--status           | '>= 400'        | 200",
                "--status           | <404            | 805",
                "--asn              | 4200000000      | 45",
                "--asn              | >64496          | 45",
                "-asn               | !=0             | 995",
                "--is-tor           | 1               | 45",
                "--is-tor           | !=1             | 955",
                "--is-tor           | 0               | 955",
                "--source-tag       | gre1            | 45",
                "--source-tag       | ''              | 5",
                "--website-re       | ^api[.]         | 45",
                "--website-re-neg   | example          | 5",
                "--uri-re           | v[0-9]          | 45",
                "--uri-re-neg       | ^/$             | 50",
                "--status           | 4xx             | 200",
                "--prefix           | 2001:db8::/32   | 45",
                "--q                | status>=404 AND status<429 | 150",
                "-q                 | status=4XX AND status!=404 | 50",
                "--q                | prefix!=2000::/3 and NOT prefix=192.0.0.0/8 | 5",
                "--q                | website IN (api.example.org, nobody) | 45",
                "--q                | website!=www.example.org AND uri!=/v1 | 5",
            })
    void everyFilter_countsWhatItLetsThrough(String flag, String value, long expected) {
        assertThat(trend("--json", "--window", "1m", flag, value).out()).contains("\"count\":" + expected + "}");
        assertThat(trend("--json", "--window", "1m", flag + "=" + value).out()).contains("\"count\":" + expected + "}");
    }

    @Test
    void filters_areAConjunction() {
        assertThat(topN("--website", "www.example.org", "--q", "status=4xx AND asn=64496")
                        .out())
                .isEqualTo("150  100.0%  www.example.org\n");
        assertThat(topN("--website", "www.example.org", "--status", "404", "--asn", "64496")
                        .out())
                .isEqualTo("150  100.0%  www.example.org\n");
    }

    @Test
    void anExpressionThatMakesNoSense_isRefusedWithItsColumn() {
        assertThat(topN("--q", "status=5xx OR website=a"))
                .isEqualTo(new Asked(
                        ExitCode.USAGE,
                        "",
                        "--q: all conditions have to hold, there is no OR; one of several values is written"
                                + " website IN (a.example, b.example) at column 12\n"));
        assertThat(trend("--q", "websit=a").err()).contains("did you mean website? at column 1");
    }

    @Test
    void nothingFound_isNothingPrinted() {
        assertThat(topN("--website", "nobody")).isEqualTo(new Asked(ExitCode.OK, "", ""));
        assertThat(topN("--website", "nobody", "--json").out()).contains("\"total\":0", "\"entries\":[]");
    }

    @Test
    void whatIsNotExact_hasBounds() {
        TestNode small = new TestNode(vertx, "small", 0, 3).rotate(MINUTE, TRAFFIC);

        Asked table = Asked.run(TopNCommand::run, "--target", small.target(), "--group-by", "uri", "--status", "200");
        Asked json = Asked.run(
                TopNCommand::run, "--target", small.target(), "--group-by", "uri", "--status", "200", "--json");

        assertThat(table)
                .isEqualTo(new Asked(
                        ExitCode.OK,
                        "800  <=850  100.0%  /\n",
                        small.target() + ": 50 more requests may match; their details were folded away\n"));
        assertThat(json.out()).contains("\"total\":800", "\"unknown\":50", "\"exact\":false", "\"at_most\":850");
    }

    @Test
    void trend_printsATable() {
        node.rotate(MINUTE + 60, hits(7, "a", 200));

        assertThat(trend())
                .isEqualTo(new Asked(
                        ExitCode.OK,
                        """
                        2025-11-20T08:38:00Z  1000
                        2025-11-20T08:39:00Z     7
                        """,
                        ""));
    }

    @Test
    void trend_printsJson() {
        node.rotate(MINUTE + 60, hits(7, "a", 200));

        assertThat(trend("--json", "--status=200").out())
                .isEqualTo("[{\"target\":\"" + node.target() + "\",\"source\":\"nginx1\",\"window\":\"5m\",\"points\":["
                        + "{\"timestamp\":1763627880,\"count\":800},{\"timestamp\":1763627940,\"count\":7}]}]\n");
    }

    @Test
    void targets_printsATableAndJson() {
        node.rotate(MINUTE + 60, hits(7, "a", 200));
        TestNode empty = new TestNode(vertx, "nginx2", 0, 10);

        assertThat(Asked.run(TargetsCommand::run, "--target", node.target()).out())
                .isEqualTo("nginx1  -  fresh  0s\n");
        assertThat(Asked.run(TargetsCommand::run, "--json", "--target", node.target() + "," + empty.target())
                        .out())
                .isEqualTo("[{\"target\":\"" + node.target()
                        + "\",\"name\":\"nginx1\",\"addr\":\"\",\"state\":\"fresh\",\"age_seconds\":0},"
                        + "{\"target\":\"" + empty.target()
                        + "\",\"name\":\"nginx2\",\"addr\":\"\",\"state\":\"never\",\"age_seconds\":0}]\n");
    }

    @Test
    void severalTargets_areAskedOnceEachAndPrintedInTheirOrder() {
        TestNode second = new TestNode(vertx, "nginx2", 0, 10).rotate(MINUTE, hits(3, "other.example.org", 200));

        Asked asked = Asked.run(
                TopNCommand::run,
                "-target",
                second.target() + ", " + node.target() + ",",
                "--target=" + second.target(),
                "-n=1");

        assertThat(asked)
                .isEqualTo(new Asked(
                        ExitCode.OK,
                        second.target() + "\n3  100.0%  other.example.org\n" + node.target()
                                + "\n950  95.0%  www.example.org\n",
                        ""));
    }

    @Test
    void someTargetsFail_theOthersArePrinted() {
        String down = "127.0.0.1:1";

        Asked table = Asked.run(TopNCommand::run, "--target", down + "," + node.target(), "-n", "1");
        Asked json = Asked.run(TopNCommand::run, "--json", "--target", down + "," + node.target(), "-n", "1");

        assertThat(table)
                .isEqualTo(new Asked(
                        ExitCode.PARTIAL,
                        node.target() + "\n950  95.0%  www.example.org\n",
                        down + ": UNAVAILABLE: Connection refused\n"));
        assertThat(json.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(json.out())
                .startsWith(
                        "[{\"target\":\"127.0.0.1:1\",\"error\":\"UNAVAILABLE: Connection refused\"},{\"target\":\"");
    }

    @Test
    void everyTargetFails_isAFailure() {
        Asked table = Asked.run(TrendCommand::run, "--target", "127.0.0.1:1");
        Asked json = Asked.run(TargetsCommand::run, "--json", "--target", "127.0.0.1:1");

        assertThat(table).isEqualTo(new Asked(ExitCode.FAILURE, "", "127.0.0.1:1: UNAVAILABLE: Connection refused\n"));
        assertThat(json)
                .isEqualTo(new Asked(
                        ExitCode.FAILURE,
                        "[{\"target\":\"127.0.0.1:1\",\"error\":\"UNAVAILABLE: Connection refused\"}]\n",
                        ""));
    }

    @Test
    void aTargetThatSaysNothing_timesOut() {
        int silent = vertx.createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();

        assertThat(Asked.run(TrendCommand::run, "--target", "127.0.0.1:" + silent, "--timeout", "100ms"))
                .isEqualTo(new Asked(
                        ExitCode.FAILURE,
                        "",
                        "127.0.0.1:" + silent + ": DEADLINE_EXCEEDED: no answer within 100 ms\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-n          | 0        | -n: \"0\" is not a whole number from 1 to 50000",
                "-n          | 50001    | -n: \"50001\" is not a whole number from 1 to 50000",
                "-n          | ten      | -n: \"ten\" is not a whole number from 1 to 50000",
                "--window    | 2m       | --window: \"2m\" is not one of 1m, 5m, 15m, 60m, 6h, 24h",
                "--window    | live     | --window: live is not available yet, it is one of 1m, 5m, 15m, 60m, 6h, 24h",
                "--group-by  | webiste  | --group-by: \"webiste\" is not known, did you mean \"website\"?",
                "--group-by  | uri,uri  | --group-by: uri is named twice",
                "--timeout   | 5        | --timeout: \"5\" is not a duration such as 500ms, 5s or 1m",
                "--timeout   | 0s       | --timeout: \"0s\" is not a duration such as 500ms, 5s or 1m",
                "--status    | 4xy      | --status: \"4xy\" is not a number from 0 to 9999",
                "--is-tor    | yes      | --is-tor: \"yes\" is neither 0 nor 1",
                "--is-tor    | >0       | --is-tor: takes = !=, not >",
            })
    void aValueThatMakesNoSense_isAUsageErrorOfOneLine(String flag, String value, String line) {
        assertThat(topN(flag, value)).isEqualTo(new Asked(ExitCode.USAGE, "", line + "\n"));
    }

    @Test
    void aBadRegex_isAUsageErrorOfOneLine() {
        Asked asked = topN("--uri-re", "a(b");

        assertThat(asked.code()).isEqualTo(ExitCode.USAGE);
        assertThat(asked.err()).startsWith("--uri-re: ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx1", "nginx1:0", "", " , ", "::1:9090", "a b:1"})
    void aTargetThatIsNoAddress_isAUsageErrorOfOneLine(String target) {
        Asked asked = Asked.run(TopNCommand::run, "--target", target);

        assertThat(asked.code()).isEqualTo(ExitCode.USAGE);
        assertThat(asked.err()).startsWith("--target: ").hasLineCount(1);
    }

    @Test
    void anUnknownFlag_isAUsageErrorWithAHint() {
        assertThat(topN("--websites", "a").err()).startsWith("topn: unknown flag --websites, did you mean --website?");
        assertThat(Asked.run(TargetsCommand::run, "--window", "5m").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void help_namesEveryFlag() {
        String help = topN("--help").out();

        assertThat(help)
                .contains(List.of(
                        "--target",
                        "--json",
                        "--timeout",
                        "--group-by",
                        "-n",
                        "--window",
                        "--website",
                        "--prefix",
                        "--uri",
                        "--status",
                        "--is-tor",
                        "--asn",
                        "--source-tag",
                        "--website-re",
                        "--website-re-neg",
                        "--uri-re",
                        "--uri-re-neg"));
    }

    @Test
    void aReaderThatHasLeft_isNoFailure() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code =
                TopNCommand.run(Asked.shell(new Asked.BrokenPipe(), err), List.of("--json", "--target", node.target()));

        assertThat(code).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
