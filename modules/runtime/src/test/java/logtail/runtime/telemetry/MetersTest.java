package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final Meters meters = new Meters();

    @Test
    void metersAreAskedByEachRendering() throws Exception {
        AtomicLong folded = new AtomicLong(3);
        meters.counter(Metric.FOLDED, folded::get);
        meters.gauge(Metric.CLOCK_OFFSET, () -> folded.get() / 2.0);
        assertThat(Rendered.text(meters))
                .contains("# HELP logtail_folded_total " + Metric.FOLDED.help() + "\n")
                .contains("# TYPE logtail_folded_total counter\nlogtail_folded_total 3.0\n")
                .contains("# TYPE logtail_clock_offset_seconds gauge\nlogtail_clock_offset_seconds 1.5\n");
        folded.set(4);
        assertThat(Rendered.text(meters)).contains("\nlogtail_folded_total 4.0\n");
    }

    @Test
    void labelValuesAreEscaped() throws Exception {
        meters.counter(Metric.LINES, () -> 1, "file:/var/log/\"odd\\\n\".log");
        assertThat(Rendered.text(meters))
                .contains("logtail_lines_total{input=\"file:/var/log/\\\"odd\\\\\\n\\\".log\"} 1.0\n");
    }

    @Test
    void gaugeThatIsNoNumberIsLeftOut() throws Exception {
        meters.gauge(Metric.CLOCK_OFFSET, () -> Double.NaN);
        assertThat(Rendered.text(meters)).isEmpty();
    }

    @Test
    void histogramsAreCumulative() throws Exception {
        var histogram = meters.histogram(Metric.QUERY_DURATION, 0.1, 1);
        histogram.labelValues("TopN").observe(0.05);
        histogram.labelValues("TopN").observe(0.5);
        histogram.labelValues("TopN").observe(5);
        assertThat(Rendered.text(meters))
                .contains(
                        "# TYPE logtail_query_duration_seconds histogram\n",
                        "logtail_query_duration_seconds_bucket{rpc=\"TopN\",le=\"0.1\"} 1\n",
                        "logtail_query_duration_seconds_bucket{rpc=\"TopN\",le=\"1.0\"} 2\n",
                        "logtail_query_duration_seconds_bucket{rpc=\"TopN\",le=\"+Inf\"} 3\n",
                        "logtail_query_duration_seconds_count{rpc=\"TopN\"} 3\n",
                        "logtail_query_duration_seconds_sum{rpc=\"TopN\"} 5.55\n");
    }

    @Test
    void infoIsALabelledOne() throws Exception {
        meters.info(Metric.BUILD_INFO, "1.2", "abcdef0", "today");
        assertThat(Rendered.text(meters))
                .contains("# TYPE logtail_build_info gauge\n")
                .contains("logtail_build_info{built=\"today\",commit=\"abcdef0\",version=\"1.2\"} 1\n");
    }

    @Test
    void whatTheTableDoesNotSayIsRefused() {
        meters.counter(Metric.LINES, () -> 1, "udp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.counter(Metric.LINES, () -> 2, "udp"))
                .withMessageContaining("logtail_lines_total{input=\"udp\"} is there already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.gauge(Metric.LINES, () -> 2, "file"))
                .withMessage("logtail_lines_total is a COUNTER");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> meters.counter(Metric.LINES, () -> 2))
                .withMessage("logtail_lines_total has the labels [input]");
        assertThatIllegalArgumentException().isThrownBy(() -> meters.histogram(Metric.LINES, 1));
    }
}
