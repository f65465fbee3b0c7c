package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import logtail.runtime.docs.GeneratedPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/metrics.md} is what the code says; {@code -Dlogtail.docs.write=true} writes it. */
class MetricsPageTest {
    @Test
    void shouldListEveryMetricAsTheCodeHasIt() throws IOException {
        new GeneratedPart("metrics.md", "metrics").shouldRead(tables());
    }

    private static String tables() {
        return Arrays.stream(Metric.Group.values()).map(MetricsPageTest::table).collect(Collectors.joining("\n"));
    }

    private static String table(Metric.Group group) {
        String rows = Arrays.stream(Metric.values())
                .filter(metric -> metric.group() == group)
                .map(MetricsPageTest::row)
                .collect(Collectors.joining());
        return "## " + group.title() + "\n\nShown by: " + group.programs()
                + ".\n\n| metric | type | labels | what it says | when to worry |\n|---|---|---|---|---|\n" + rows;
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return String.join(
                        " | ",
                        "| `" + metric.metric() + "`",
                        metric.type().name().toLowerCase(Locale.ROOT),
                        labels,
                        metric.help(),
                        metric.worry())
                + " |\n";
    }

    /** The heads of the page that is written by hand rely on it, and so does this table. */
    @ParameterizedTest
    @EnumSource
    void textsNeedNoEscaping(Metric metric) {
        assertThat(metric.help() + metric.worry())
                .doesNotContain("\\", "\n", "\"", "|")
                .endsWith(".");
    }

    @ParameterizedTest
    @EnumSource
    void namesFollowTheConventions(Metric metric) {
        assertThat(metric.metric()).matches("[a-z][a-z0-9_]*[a-z0-9]");
        assertThat(metric.metric().endsWith("_total")).isEqualTo(metric.type() == Metric.Type.COUNTER);
        assertThat(metric.labels()).allMatch(label -> label.matches("[a-z_]+"));
    }
}
