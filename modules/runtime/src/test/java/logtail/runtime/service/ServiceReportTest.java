package logtail.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.vertx.grpc.common.GrpcStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import logtail.runtime.telemetry.Meters;
import org.junit.jupiter.api.Test;

class ServiceReportTest {
    private final List<String> lines = new ArrayList<>();
    private final Meters meters = new Meters();
    private final ServiceReport report = new ServiceReport(logger(), meters);

    private String page() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(page, meters.registry().scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString(StandardCharsets.UTF_8);
    }

    private Logger logger() {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(record.getLevel() + " " + record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        return logger;
    }

    @Test
    void subscribers_areLoggedWhenTheyComeAndGo() {
        report.subscriberConnected("192.0.2.1:4711");
        report.snapshotDropped("192.0.2.1:4711");
        assertThat(page()).contains("logtail_subscribers 1.0\n");
        report.subscriberLeft("192.0.2.1:4711", 7, 1);

        assertThat(lines)
                .containsExactly(
                        "INFO subscriber 192.0.2.1:4711 connected",
                        "INFO subscriber 192.0.2.1:4711 left: 7 snapshots sent, 1 dropped");
        assertThat(page())
                .contains("logtail_snapshots_dropped_total{reason=\"subscriber\"} 1.0")
                .contains("logtail_subscribers 0.0\n");
    }

    @Test
    void queries_areTimedAndNeverLogged() {
        report.queryFinished("TopN", GrpcStatus.OK, 30_000_000);
        report.queryFinished("TopN", GrpcStatus.INVALID_ARGUMENT, 1_000);

        assertThat(lines).isEmpty();
        assertThat(page())
                .contains("logtail_query_duration_seconds_bucket{rpc=\"TopN\",le=\"0.025\"} 1")
                .contains("logtail_query_duration_seconds_bucket{rpc=\"TopN\",le=\"0.05\"} 2")
                .contains("logtail_query_duration_seconds_count{rpc=\"TopN\"} 2")
                .contains("logtail_query_duration_seconds_count{rpc=\"Trend\"} 0");
    }

    @Test
    void aBugThatIsMetAgain_isLoggedOnce() {
        report.failed("TopN", new IllegalStateException("bug"));
        report.failed("TopN", new IllegalStateException("bug"));
        report.failed("Trend", new IllegalStateException("bug"));

        assertThat(lines).containsExactly("WARNING TopN failed", "WARNING Trend failed");
    }
}
