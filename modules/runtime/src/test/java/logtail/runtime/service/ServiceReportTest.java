package logtail.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ServiceReportTest {
    private final List<String> lines = new ArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServiceReport report = new ServiceReport(logger(), registry);

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
        report.subscriberLeft("192.0.2.1:4711", 7, 1);

        assertThat(lines)
                .containsExactly(
                        "INFO subscriber 192.0.2.1:4711 connected",
                        "INFO subscriber 192.0.2.1:4711 left: 7 snapshots sent, 1 dropped");
        assertThat(registry.scrape()).contains("logtail_snapshots_dropped_total{reason=\"subscriber\"} 1.0");
    }

    @Test
    void queries_areTimedAndNeverLogged() {
        report.queryFinished("TopN", GrpcStatus.OK, 30_000_000);
        report.queryFinished("TopN", GrpcStatus.INVALID_ARGUMENT, 1_000);

        assertThat(lines).isEmpty();
        assertThat(registry.scrape())
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
