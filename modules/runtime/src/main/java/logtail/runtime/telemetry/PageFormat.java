package logtail.runtime.telemetry;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** The two text formats of a metrics page. */
public enum PageFormat {
    TEXT("text/plain; version=0.0.4; charset=utf-8", PrometheusTextFormatWriter.create()),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8", OpenMetricsTextFormatWriter.create());

    private final String contentType;
    private final ExpositionFormatWriter writer;

    PageFormat(String contentType, ExpositionFormatWriter writer) {
        this.contentType = contentType;
        this.writer = writer;
    }

    /** What the answer says it is. */
    public String contentType() {
        return contentType;
    }

    /** The two lines in front of the samples of a family. */
    public String head(Metric metric) {
        String name = this == TEXT ? metric.metric() : metric.family();
        return "# HELP " + name + " " + metric.help() + "\n# TYPE " + name + " "
                + metric.type().name().toLowerCase(Locale.ROOT) + "\n";
    }

    /** Writes families by the client library, and what the format wants at the end of a page. */
    void write(OutputStream out, MetricSnapshots families) throws IOException {
        writer.write(out, families);
    }
}
