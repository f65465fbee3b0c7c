package logtail.verify.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A running collector with one-second minutes and ports of its own. */
public final class Collector implements AutoCloseable {
    /** What a test may override. */
    private static final Map<String, String> DEFAULTS = defaults();

    private final LogtailProcess process;

    private Collector(LogtailProcess process) {
        this.process = process;
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("--listen", "127.0.0.1:0");
        defaults.put("--prom-listen", "127.0.0.1:0");
        defaults.put("--rings-fine-bucket", "1s");
        defaults.put("--scan-interval", "200ms");
        return defaults;
    }

    /** Starts one and waits until it is ready. */
    public static Collector start(String... arguments) {
        return of(launch(arguments).start());
    }

    /** The launch of one, for tests that surround it with more. */
    public static Launch launch(String... arguments) {
        List<String> all = new ArrayList<>(List.of("collector"));
        List<String> given = Arrays.asList(arguments);
        DEFAULTS.forEach((flag, value) -> {
            if (!given.contains(flag)) {
                all.add(flag);
                all.add(value);
            }
        });
        all.addAll(given);
        return Launch.of(all);
    }

    /** A collector that somebody else has started. */
    public static Collector of(LogtailProcess process) {
        return new Collector(process);
    }

    /** Its process. */
    public LogtailProcess process() {
        return process;
    }

    /** Its gRPC port. */
    public int grpc() {
        return process.port("grpc", "collector");
    }

    /** What its metrics page says now. */
    public Metrics metrics() {
        return Metrics.scrape(process.port("prometheus", "collector"));
    }

    /** Requests of a website accepted since the start, as far as its windows reach back. */
    public long accepted(String website) {
        return Totals.of(grpc(), website);
    }

    /** Lines of an input rejected since the start, over all reasons. */
    public long rejected(String input) {
        return metrics().count("logtail_parse_errors_total", "input", input);
    }

    /** {@code topn --json} against it. */
    public Cli.TopN topn(String... arguments) {
        return Cli.topn(grpc(), arguments);
    }

    /** Waits until that many requests of a website were accepted, at least. */
    public void awaitAccepted(String website, long requests) {
        Await.until(requests + " requests of " + website, () -> accepted(website), now -> now >= requests);
    }

    /** Waits until every line given out is in a complete bucket; fails when one is missing or counted twice. */
    public void awaitExactly(Numbered written) {
        awaitExactly(written, "60m");
    }

    /** As {@link #awaitExactly(Numbered)}, for a test that takes longer than the sixty seconds of that window. */
    public void awaitExactly(Numbered written, String window) {
        awaitAccepted(written.website(), written.total());
        Cli.TopN answer = Await.until(
                written.total() + " requests of " + written.website() + " in complete buckets",
                () -> topn("--website", written.website(), "--group-by", "uri", "-n", "50000", "--window", window),
                now -> now.total() >= written.total());
        assertThat(answer.counts()).containsExactlyInAnyOrderEntriesOf(written.expected());
        assertThat(answer.total()).isEqualTo(written.total());
        assertThat(answer.exact()).isTrue();
        assertThat(accepted(written.website())).isEqualTo(written.total());
    }

    @Override
    public void close() {
        process.close();
    }
}
