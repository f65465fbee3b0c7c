package logtail.cli.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.FormatDecoder;
import logtail.core.line.InputStats;
import logtail.core.line.LineDecoder;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/**
 * Counts the requests in files: each thread reads files of its own and counts in a table of its own, and the tables are
 * added up at the end. Used once.
 */
public final class Scan {
    /** Raw lines that are read at once: they and their keys stay in the processor's cache. */
    private static final int BLOCK_BYTES = 256 << 10;

    private final ScanOptions options;
    private final TupleLayout layout;
    private final KeyHash hash;
    private final DecoderOptions decoding;
    private final Queue<LogFile> files;
    private final long totalBytes;
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    public Scan(ScanOptions options, List<LogFile> files) {
        this.options = options;
        SecureRandom random = new SecureRandom();
        this.hash = new KeyHash(random.nextLong(), random.nextLong());
        this.files = new ConcurrentLinkedQueue<>(files);
        this.totalBytes = files.stream().mapToLong(LogFile::sizeBytes).sum();
        boolean clients = options.dimensions().stream().anyMatch(d -> d.kind() == ColumnKind.PREFIX);
        this.layout = new TupleLayout(schema(options));
        this.decoding = clients ? options.decoder() : anyClient(options.decoder());
    }

    /**
     * Only what is asked about makes a tuple. The client is always read, because a line without an address is none;
     * where nobody asks, all clients are one.
     */
    private static Schema schema(ScanOptions options) {
        return new Schema(Schema.LOGTAIL.dimensions().stream()
                .filter(d ->
                        d.kind() == ColumnKind.PREFIX || options.dimensions().contains(d))
                .toList());
    }

    private static DecoderOptions anyClient(DecoderOptions given) {
        return new DecoderOptions(0, 0, given.lineBytes(), given.fieldBytes(), given.syslogHeader());
    }

    /** Bytes of all files as they are stored; 0 when nobody knows. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes read so far; may be asked by any thread. */
    public long readBytes() {
        return readBytes.get();
    }

    /** Lines read so far; may be asked by any thread. */
    public long lines() {
        return lines.get();
    }

    /**
     * Reads the files.
     *
     * @throws InterruptedException when the calling thread is told to stop
     */
    public ScanResult run() throws InterruptedException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < Math.max(1, Math.min(options.threads(), files.size())); i++) {
            workers.add(new Worker());
        }
        // The calling thread does its share: one file needs no other.
        List<Thread> threads = new ArrayList<>();
        for (Worker worker : workers.subList(1, workers.size())) {
            Thread thread = new Thread(worker, "scan");
            thread.start();
            threads.add(thread);
        }
        workers.get(0).run();
        for (Thread thread : threads) {
            thread.join();
        }
        Counts all = workers.get(0).counts;
        workers.subList(1, workers.size()).forEach(worker -> all.addAll(worker.counts));
        return new ScanResult(
                all.view(),
                workers.stream().map(worker -> worker.stats).toList(),
                workers.stream().mapToLong(worker -> worker.outside).sum(),
                new ArrayList<>(failures));
    }

    private final class Worker implements Runnable {
        private final Counts counts = Counts.of(layout, hash, options.keys());
        private final InputStats stats = new InputStats("scan", layout.schema());
        private final Batch batch =
                new Batch(Math.max(BLOCK_BYTES, options.decoder().lineBytes() * 2), stats);
        private long outside;

        @Override
        public void run() {
            for (LogFile file = files.poll(); file != null; file = files.poll()) {
                try (InputStream in = file.open(readBytes)) {
                    read(file, in);
                } catch (IOException e) {
                    failures.add(file.name() + ": " + LogFile.reason(e));
                } catch (IllegalStateException | OutOfMemoryError tooMany) {
                    failures.add(file.name() + ": too many different requests for this memory, bound them with --keys");
                    files.clear();
                }
            }
        }

        private void read(LogFile file, InputStream in) throws IOException {
            LineDecoder decoder = decoder(file);
            LineBlocks blocks = new LineBlocks(in, options.decoder().lineBytes());
            try {
                while (blocks.fill(batch)) {
                    decoder.decode(batch);
                    counts.add(batch);
                    lines.addAndGet(batch.records());
                }
            } finally {
                outside += decoder instanceof FormatDecoder formatted ? formatted.outside() : 0;
            }
        }
    }

    private LineDecoder decoder(LogFile file) {
        if (options.format().isLogtail()) {
            return new LogtailDecoder(layout, hash, decoding, false);
        }
        String website = options.website().of(file.fileName(), options.source());
        return new FormatDecoder(
                options.format(),
                layout,
                hash,
                decoding,
                website.getBytes(StandardCharsets.UTF_8),
                options.clients().facts(),
                options.range());
    }

    /** The dimensions that a question touches, each once, in the order of the schema. */
    public static List<Dimension> dimensions(List<Dimension> asked) {
        return Schema.LOGTAIL.dimensions().stream().filter(asked::contains).toList();
    }
}
