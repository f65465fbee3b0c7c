package logtail.runtime.telemetry;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A rendered metrics page in pieces, the same for every client that asked for it. Immutable. */
record Page(List<Buffer> chunks, long lengthBytes) {
    /** What is handed to a connection at a time: the most that waits in the buffers of a client that does not read. */
    static final int CHUNK_BYTES = 64 << 10;

    /** Renders the meters and a part; takes a while, never to be called on an event loop. */
    static Page render(PageFormat format, boolean gzip, Meters meters, PagePart part) throws IOException {
        Chunks chunks = new Chunks();
        try (OutputStream out = gzip ? new FastGzip(chunks) : chunks) {
            part.write(format, out);
            List<MetricSnapshot> families = new ArrayList<>(part.snapshots());
            meters.registry().scrape().forEach(families::add);
            format.write(out, new MetricSnapshots(families));
        }
        return chunks.page();
    }

    /** Collects what is written. */
    private static final class Chunks extends OutputStream {
        private final List<Buffer> full = new ArrayList<>();
        private byte[] chunk = new byte[CHUNK_BYTES];
        private int used;
        private long length;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            int at = from;
            int rest = count;
            while (rest > 0) {
                int part = Math.min(rest, CHUNK_BYTES - used);
                System.arraycopy(bytes, at, chunk, used, part);
                used += part;
                at += part;
                rest -= part;
                if (used == CHUNK_BYTES) {
                    flushChunk();
                }
            }
            length += count;
        }

        private void flushChunk() {
            if (used > 0) {
                full.add(Buffer.buffer(used).appendBytes(chunk, 0, used));
                used = 0;
            }
        }

        Page page() {
            flushChunk();
            return new Page(List.copyOf(full), length);
        }
    }

    /** Metrics repeat themselves so much that the fastest level leaves little to gain. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, CHUNK_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
