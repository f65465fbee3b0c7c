package logtail.collector.traffic;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import logtail.core.traffic.TrafficCopy;
import logtail.runtime.telemetry.PageFormat;
import logtail.runtime.telemetry.PagePart;

/** The families of FR-8 on the metrics page. */
record TrafficPage(TrafficCopy copy) implements PagePart {
    @Override
    public void write(PageFormat format, OutputStream out) throws IOException {
        if (copy.series() > 0) {
            new RequestLines(copy).write(format, out);
        }
    }

    @Override
    public List<MetricSnapshot> snapshots() {
        return new TrafficFamilies(copy).all();
    }
}
