package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import logtail.verify.harness.Answers;
import logtail.verify.harness.Await;
import logtail.verify.harness.Cli;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Shared;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real requests through a real collector, answer by answer as awk, sort and uniq computed them. */
@NeedsJar
class DataAnswersTest {
    /** Long enough that all questions are asked before a bucket leaves the longest window. */
    private static final String BUCKET = "5s";

    private static final int ALL_ROWS = 50_000;

    private static final List<Feed> FEEDS = new ArrayList<>();

    private static Path folder;

    /** One log on its way into one collector, and the answers that must come out. */
    private record Feed(String name, String log, Answers answers, String input, Collector collector) {
        long accepted() {
            return answers.number("accepted_count");
        }

        long counted() {
            return collector.metrics().count("logtail_lines_total");
        }
    }

    @BeforeAll
    static void feedEveryLog(@TempDir Path temporary) throws IOException {
        folder = temporary;
        Shared.dir();
        FEEDS.add(file("v1", "data/access/logtail_v1.log", "data/access/expected_v1"));
        FEEDS.add(file("v2", "data/access/logtail_v2.log", "data/access/expected_v2"));
        FEEDS.add(file("mixed", "data/vectors/mixed.log", "data/vectors/expected_mixed"));
        FEEDS.add(udp("datagrams", "data/vectors/datagrams.bin", "data/vectors/expected_mixed"));
        for (Feed feed : FEEDS) {
            Await.until(feed.name + " to be accepted", feed::counted, now -> now >= feed.accepted());
        }
        Await.until(
                "every request in a complete bucket",
                () -> ask("--group-by", "status").stream().map(Cli.TopN::total).toList(),
                FEEDS.stream().map(Feed::accepted).toList()::equals);
    }

    @AfterAll
    static void stop() {
        FEEDS.forEach(feed -> feed.collector.close());
        FEEDS.clear();
    }

    private static Feed file(String name, String log, String answers) throws IOException {
        Path file = Files.createFile(folder.resolve(name + ".log"));
        Collector collector = Collector.start("--logs", file.toString(), "--rings-fine-bucket", BUCKET);
        byte[] bytes = Files.readAllBytes(Shared.file(log));
        // A size that splits most lines in two.
        for (int at = 0; at < bytes.length; at += 10_007) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 10_007));
            Files.write(file, part, StandardOpenOption.APPEND);
        }
        return new Feed(name, log, new Answers(answers), "file:" + file, collector);
    }

    private static Feed udp(String name, String log, String answers) throws IOException {
        int port = Udp.freePort();
        Collector collector = Collector.start("--logtail-port", Integer.toString(port), "--rings-fine-bucket", BUCKET);
        byte[] records = Files.readAllBytes(Shared.file(log));
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(records));
                Udp sender = new Udp(port)) {
            while (in.available() > 0) {
                sender.send(in.readNBytes(in.readUnsignedShort()));
                LockSupport.parkNanos(1_000_000); // a receive buffer holds some hundred of these
            }
        }
        return new Feed(name, log, new Answers(answers), "udp", collector);
    }

    /** One run of the command against all collectors. */
    private static List<Cli.TopN> ask(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--window", "60m"));
        all.addAll(List.of(arguments));
        List<Integer> ports = FEEDS.stream().map(feed -> feed.collector.grpc()).toList();
        return Cli.topn(ports, all.toArray(String[]::new));
    }

    private enum Dimension {
        WEBSITE("website", "website"),
        CLIENT_PREFIX("prefix", "client_prefix"),
        URI("uri", "uri"),
        STATUS("status", "status"),
        ASN("asn", "asn"),
        SOURCE_TAG("source_tag", "source_tag"),
        TUPLE("tuple", "tuple7");

        final String flag;
        final String file;

        Dimension(String flag, String file) {
            this.flag = flag;
            this.file = file;
        }
    }

    @TestFactory
    Stream<DynamicTest> everyDimensionRanksAsExpected() {
        return Arrays.stream(Dimension.values()).flatMap(dimension -> {
            List<Cli.TopN> answers = ask("--group-by", dimension.flag, "-n", Integer.toString(ALL_ROWS));
            return perFeed(dimension.flag, answers, (feed, answer) -> {
                Map<String, Long> expected = feed.answers.ranking("top20_" + dimension.file);
                assertThat(first(expected.size(), answer)).containsExactlyEntriesOf(expected);
                assertThat(answer.entries()).hasSize((int) feed.answers.number("distinct_" + dimension.file));
                assertThat(answer.total()).isEqualTo(feed.accepted());
                assertThat(answer.counts().values().stream().mapToLong(n -> n).sum())
                        .isEqualTo(feed.accepted());
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFilterLeavesWhatIsExpected() {
        return filters().flatMap(filter -> {
            List<String> arguments = new ArrayList<>(List.of("--group-by", filter.groupBy, "-n", "20"));
            arguments.addAll(filter.flags);
            List<Cli.TopN> answers = ask(arguments.toArray(String[]::new));
            return perFeed(filter.file, answers, (feed, answer) -> assertThat(answer.counts())
                    .containsExactlyEntriesOf(feed.answers.ranking("filter_" + filter.file)));
        });
    }

    private record Filter(String file, String groupBy, List<String> flags) {
        Filter(String file, String groupBy, String... flags) {
            this(file, groupBy, List.of(flags));
        }
    }

    private static Stream<Filter> filters() {
        return Stream.of(
                new Filter("status_ge_400__by_prefix", "prefix", "--status", ">=400"),
                new Filter("status_eq_404__by_uri", "uri", "--status", "404"),
                new Filter("status_ne_200__by_website", "website", "--status", "!=200"),
                new Filter("status_lt_300__by_asn", "asn", "--status", "<300"),
                new Filter("tor_yes__by_prefix", "prefix", "--is-tor", "1"),
                new Filter("tor_no__by_status", "status", "--is-tor", "!=1"),
                new Filter("asn_ne_0__by_website", "website", "--asn", "!=0"),
                new Filter("asn_gt_60000__by_asn", "asn", "--asn=>60000"),
                new Filter("tag_direct__by_status", "status", "--source-tag", "direct"),
                new Filter("website_re_example_dot_org__by_uri", "uri", "--website-re", "example\\.org$"),
                new Filter(
                        "website_notre_example_dot_org__by_website", "website", "--website-re-neg", "example\\.org$"),
                new Filter(
                        "uri_re_join_or_erddap_or_images__by_prefix", "prefix", "--uri-re", "^/(join|erddap|images)"),
                new Filter("uri_notre_digits__by_uri", "uri", "--uri-re-neg", "[0-9]"),
                new Filter("v6_prefix_only__by_prefix", "prefix", "--q", "prefix=::/0"),
                new Filter("website_and_4xx__by_tuple", "tuple", "--q", "website=www.example.org AND status=4xx"),
                // The same once more, as an expression says them.
                new Filter("status_ge_400__by_prefix", "prefix", "--q", "NOT status<400"),
                new Filter("status_lt_300__by_asn", "asn", "--q", "status NOT IN (3xx, 4xx, 5xx)"),
                new Filter("tor_no__by_status", "status", "--q", "is_tor!=1"),
                new Filter("tag_direct__by_status", "status", "--q", "source_tag IN (direct, nobody)"),
                new Filter(
                        "website_notre_example_dot_org__by_website",
                        "website",
                        "--q",
                        "website!~=example\\.org$ AND website!=nobody"));
    }

    @Test
    void torRequestsAreAsManyAsExpected() {
        List<Cli.TopN> answers = ask("--is-tor", "1", "--group-by", "status");
        for (int i = 0; i < FEEDS.size(); i++) {
            Map<String, Long> expected = FEEDS.get(i).answers.ranking("top20_is_tor");
            assertThat(answers.get(i).total()).as(FEEDS.get(i).name).isEqualTo(expected.get("1"));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRejectedLineIsCountedWithItsInput() {
        return FEEDS.stream()
                .map(feed -> DynamicTest.dynamicTest(feed.name, () -> assertThat(feed.collector.rejected(feed.input))
                        .isEqualTo(feed.answers.number("rejected_count"))));
    }

    /** A family of the metrics page: its labels in the columns of the expected table, then one column per sample. */
    private enum Family {
        REQUESTS("nginx_http_requests_total", "requests_total__host_method_status", "host", "method", "status"),
        BY_SOURCE("nginx_http_requests_by_source_total", "requests_by_source__tag_class", "source_tag", "status_class"),
        UPSTREAM(
                "nginx_http_upstream_requests_total",
                "upstream_requests__host_tag_class",
                "host",
                "source_tag",
                "status_class"),
        BYTES("nginx_http_bytes_sent", "bytes_sent__host_tag_count_sum", "host", "source_tag"),
        REQUEST_BYTES("nginx_http_request_bytes", "request_bytes__host_tag_count_sum", "host", "source_tag"),
        DURATION(
                "nginx_http_request_duration_seconds",
                "request_duration__host_tag_count_sumMillis",
                "host",
                "source_tag"),
        UPSTREAM_DURATION(
                "nginx_http_upstream_duration_seconds",
                "upstream_duration__host_tag_count_sumMillis",
                "host",
                "source_tag");

        final String metric;
        final String file;
        final List<String> labels;

        Family(String metric, String file, String... labels) {
            this.metric = metric;
            this.file = "prom_" + file;
            this.labels = List.of(labels);
        }

        boolean isHistogram() {
            return file.contains("_count_sum");
        }

        /** Sums of times are tabled in milliseconds and exposed in seconds. */
        double sumUnit() {
            return file.endsWith("Millis") ? 1000 : 1;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPrometheusFamilyAddsUp(Family family) {
        assumeTrue(
                FEEDS.get(0).collector.metrics().has(Family.REQUESTS.metric), "the traffic families come later (FR-8)");
        for (Feed feed : FEEDS) {
            Metrics page = feed.collector.metrics();
            List<List<String>> rows = feed.answers.table(family.file);
            for (List<String> row : rows) {
                String[] labels = new String[2 * family.labels.size()];
                for (int i = 0; i < family.labels.size(); i++) {
                    labels[2 * i] = family.labels.get(i);
                    labels[2 * i + 1] = row.get(i);
                }
                String what = feed.name + " " + String.join(" ", row);
                double count = Double.parseDouble(row.get(family.labels.size()));
                if (family.isHistogram()) {
                    double sum = Double.parseDouble(row.get(family.labels.size() + 1));
                    assertThat(page.sum(family.metric + "_count", labels))
                            .as(what)
                            .isEqualTo(count);
                    assertThat(page.sum(family.metric + "_sum", labels) * family.sumUnit())
                            .as(what)
                            .isCloseTo(sum, org.assertj.core.data.Offset.offset(0.5));
                } else {
                    assertThat(page.sum(family.metric, labels)).as(what).isEqualTo(count);
                }
            }
            String counter = family.isHistogram() ? family.metric + "_count" : family.metric;
            assertThat(page.samples(counter).filter(sample -> sample.value() > 0))
                    .as(feed.name)
                    .hasSize(rows.size());
        }
    }

    private interface Check {
        void on(Feed feed, Cli.TopN answer);
    }

    private static Stream<DynamicTest> perFeed(String question, List<Cli.TopN> answers, Check check) {
        return FEEDS.stream()
                .map(feed -> DynamicTest.dynamicTest(question + " of " + feed.name, () -> {
                    Cli.TopN answer = answers.get(FEEDS.indexOf(feed));
                    assertThat(answer.exact()).isTrue();
                    assertThat(answer.unknown()).isZero();
                    check.on(feed, answer);
                }));
    }

    private static Map<String, Long> first(int rows, Cli.TopN answer) {
        Map<String, Long> counts = answer.counts();
        counts.keySet().retainAll(counts.keySet().stream().limit(rows).toList());
        return counts;
    }
}
