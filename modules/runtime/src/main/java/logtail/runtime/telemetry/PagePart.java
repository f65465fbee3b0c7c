package logtail.runtime.telemetry;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What a page shows beside the meters: gathered anew for each rendering, and used by its thread alone. */
public interface PagePart {
    /** Nothing. */
    PagePart NONE = new PagePart() {
        @Override
        public void write(PageFormat format, OutputStream out) {}

        @Override
        public List<MetricSnapshot> snapshots() {
            return List.of();
        }
    };

    /** Writes the families that are too large for the client library, heads included. Called first. */
    void write(PageFormat format, OutputStream out) throws IOException;

    /** Families for the client library. */
    List<MetricSnapshot> snapshots();
}
