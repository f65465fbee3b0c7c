package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import logtail.runtime.report.BuildInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every program shows. */
class TelemetryTest {
    /** Shown only when a collection of garbage has happened, or its collector has that notion. */
    private static final Set<Metric> NOT_ALWAYS =
            Set.of(Metric.JVM_GC_PAUSE, Metric.JVM_GC_PAUSE_MAX, Metric.JVM_USAGE_AFTER_GC, Metric.JVM_GC_LIVE);

    private final Vertx vertx = Vertx.vertx();
    private Telemetry telemetry;

    @BeforeEach
    void create() {
        telemetry = Telemetry.create(vertx).await();
    }

    @AfterEach
    void close() {
        telemetry.close();
        vertx.close().await();
    }

    private static Set<String> families(String page) {
        return page.lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMetricOfTheTableIsShownAndNoOther() throws Exception {
        Set<String> expected = Arrays.stream(Metric.values())
                .filter(metric -> metric.group() == Metric.Group.PROGRAM || metric.group() == Metric.Group.JVM)
                .map(Metric::metric)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = families(Rendered.text(telemetry.meters()));
        assertThat(expected).containsAll(shown);
        expected.removeAll(shown);
        assertThat(NOT_ALWAYS.stream().map(Metric::metric)).containsAll(expected);
    }

    @Test
    void helpAndTypeAreThoseOfTheTable() throws Exception {
        String page = Rendered.text(telemetry.meters());
        for (Metric metric : Metric.values()) {
            if (families(page).contains(metric.metric())) {
                assertThat(page).contains(PageFormat.TEXT.head(metric));
            }
        }
    }

    @Test
    void buildIsNamed() throws Exception {
        assertThat(BuildInfo.current().version()).matches("[0-9.]+.*");
        assertThat(Rendered.text(telemetry.meters()))
                .contains("version=\"" + BuildInfo.current().version() + "\"");
    }

    @Test
    void everyEventLoopIsMeasured() throws Exception {
        long loops = Rendered.text(telemetry.meters())
                .lines()
                .filter(line -> line.startsWith("logtail_event_loop_lag_seconds{"))
                .count();
        assertThat(loops).isEqualTo(io.vertx.core.VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
    }

    @Test
    void residentMemoryIsReadFromLinux(@TempDir Path folder) throws Exception {
        Path status = folder.resolve("status");
        Files.writeString(status, "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  123456 kB\nRssAnon:\t 1 kB\n");
        assertThat(ProcessMeters.residentBytes(status)).isEqualTo(123_456 * 1024.0);
        assertThat(ProcessMeters.residentBytes(folder.resolve("none"))).isNaN();
        Files.writeString(status, "Name:\tjava\n");
        assertThat(ProcessMeters.residentBytes(status)).isNaN();
    }
}
