package logtail.runtime.telemetry;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A part of any size. */
record BigPart(int lengthBytes) implements PagePart {
    private static final String LINE = "# some words that take place\n";

    @Override
    public void write(PageFormat format, OutputStream out) throws IOException {
        byte[] line = LINE.getBytes(StandardCharsets.US_ASCII);
        for (int written = 0; written < lengthBytes; written += line.length) {
            out.write(line, 0, line.length);
        }
    }

    @Override
    public List<MetricSnapshot> snapshots() {
        return List.of();
    }

    /** What it writes. */
    String text() {
        return LINE.repeat((lengthBytes + LINE.length() - 1) / LINE.length());
    }
}
