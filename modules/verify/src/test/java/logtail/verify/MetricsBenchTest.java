package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.traffic.TrafficCopy;
import logtail.core.traffic.TrafficLimits;
import logtail.core.traffic.TrafficTable;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Figures;
import logtail.verify.harness.LogWriter;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.PageTotals;
import logtail.verify.harness.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metrics cost: recording a request, and a scrape at all limits at once. */
@NeedsJar
@Tag("bench")
class MetricsBenchTest {
    private static final int ROUNDS = 11;
    private static final int BATCH_BYTES = 256 << 10;

    // ---- recording ---------------------------------------------------------------------------------------------

    @Test
    void recordingARequest() throws IOException {
        Figures figures = new Figures("recording");
        Recording real = new Recording(Files.readAllBytes(Shared.file("data/access/logtail_v2.log")));
        real.measure("real log", figures, 2_000_000);
        Recording limits = new Recording(lines(1_000_000).getBytes(StandardCharsets.UTF_8));
        limits.measure("all labels random, all limits met", figures, 1_000_000);
        double[] copies = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            copies[i] = cpuNs(none -> limits.table.copy()) / 1e6;
        }
        TrafficCopy copy = limits.table.copy();
        assertThat(copy.series()).isEqualTo(250_000);
        assertThat(copy.pairs()).isEqualTo(2_001);
        figures.add("copy for the page, on the store's thread, at all limits", "%.1f ms", Figures.median(copies));
        figures.write();
    }

    /** One log, and what counts it. */
    private static final class Recording {
        private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
        private final KeyHash hash = new KeyHash(1, 2);
        private final LogtailDecoder decoder = new LogtailDecoder(layout, hash, DecoderOptions.defaults());
        private final TrafficTable table = new TrafficTable(layout, hash, TrafficLimits.defaults());
        private final List<Batch> batches = new ArrayList<>();
        private long records;

        Recording(byte[] log) {
            for (int at = 0; at < log.length; ) {
                int to = Math.min(log.length, at + BATCH_BYTES);
                while (to < log.length && log[to - 1] != '\n') {
                    to--;
                }
                Batch batch = new Batch(BATCH_BYTES, new InputStats("bench", Schema.LOGTAIL));
                System.arraycopy(log, at, batch.raw(), 0, to - at);
                batch.rawLength(to - at);
                decoder.decode(batch);
                records += batch.records();
                batches.add(batch);
                at = to;
            }
        }

        void measure(String what, Figures figures, long requests) {
            int times = (int) Math.max(1, requests / records);
            double[] decode = new double[ROUNDS];
            double[] record = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                decode[round] = cpuNs(none -> repeat(times, decoder::decode)) / times / records;
                record[round] = cpuNs(none -> repeat(times, table::add)) / times / records;
            }
            figures.add(
                    "recording a request, " + what,
                    "%.0f ns of CPU (decoding its line: %.0f ns)",
                    Figures.median(record),
                    Figures.median(decode));
        }

        private void repeat(int times, Consumer<Batch> work) {
            for (int i = 0; i < times; i++) {
                batches.forEach(work);
            }
        }
    }

    private static double cpuNs(Consumer<Boolean> work) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.accept(true);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    // ---- scraping ----------------------------------------------------------------------------------------------

    private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT"};
    private static final int[] STATUSES = {200, 201, 204, 206, 301, 302, 304, 400, 403, 404, 429, 500, 502, 503};

    /** Lines that soon meet every limit. */
    private static String lines(int count) {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder(count * 120);
        for (int i = 0; i < count; i++) {
            lines.append("v2\thost-").append(random.nextInt(6_000)).append(".attack.example\t192.0.2.1\t");
            lines.append(METHODS[random.nextInt(METHODS.length)]).append("\t/\t");
            lines.append(STATUSES[random.nextInt(STATUSES.length)]).append('\t');
            lines.append(random.nextInt(3_000_000))
                    .append('\t')
                    .append(random.nextInt(3_000))
                    .append("\t0.");
            lines.append(100 + random.nextInt(900)).append("\t0.").append(100 + random.nextInt(900));
            lines.append("\t200\t0\t64496\ttag").append(random.nextInt(300)).append("\t-\thttps\n");
        }
        return lines.toString();
    }

    @Test
    void scrapingAtAllLimits(@TempDir Path folder) throws Exception {
        try (LogWriter log = new LogWriter(folder.resolve("access.log"), new Numbered("unused"));
                Collector collector = Collector.start("--logs", folder + "/*.log", "--rings-fine-bucket", "60s")) {
            int port = collector.process().port("prometheus", "collector");
            byte[] lines = lines(1_000_000).getBytes(StandardCharsets.UTF_8);
            log.raw(lines);
            awaitLines(port, 1_000_000);
            PageTotals page = PageTotals.scrape(port, sample -> false);
            assertThat(page.series("nginx_http_requests_total")).isEqualTo(250_000);
            assertThat(page.series("nginx_http_bytes_sent_count")).isEqualTo(2_001);

            Figures figures = new Figures("scrape");
            scrapes(figures, "plain", port, "identity");
            scrapes(figures, "gzip", port, "gzip");
            twentyAtOnce(figures, port);
            whileCounting(figures, log, port, lines);
            figures.write();
        }
    }

    private static void awaitLines(int port, long lines) {
        Await.until(
                lines + " lines",
                () -> PageTotals.scrape(port, sample -> false).sum("logtail_lines_total"),
                now -> now >= lines);
    }

    private static void scrapes(Figures figures, String what, int port, String encoding) throws IOException {
        double[] ms = new double[ROUNDS];
        long bytes = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            bytes = scrape(port, encoding);
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        figures.add(
                "scrape, " + what,
                "%.0f ms (%.0f to %.0f), %.1f MB",
                Figures.median(ms),
                IntStream.range(0, ROUNDS).mapToDouble(i -> ms[i]).min().orElseThrow(),
                IntStream.range(0, ROUNDS).mapToDouble(i -> ms[i]).max().orElseThrow(),
                bytes / 1e6);
    }

    /** Bytes of an answer, head and body. */
    private static long scrape(int port, String encoding) throws IOException {
        try (Socket socket = ask(port, encoding, 1 << 20)) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 16];
            long all = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all += n;
            }
            return all;
        }
    }

    private static Socket ask(int port, String encoding, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBufferBytes);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: " + encoding
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void twentyAtOnce(Figures figures, int port) throws Exception {
        ExecutorService scrapers = Executors.newFixedThreadPool(19);
        try (Socket slow = ask(port, "identity", 4096)) {
            assertThat(slow.getInputStream().read()).isEqualTo('H');
            long start = System.nanoTime();
            List<Future<Long>> scrapes = new ArrayList<>();
            for (int i = 0; i < 19; i++) {
                scrapes.add(scrapers.submit(() -> scrape(port, "gzip")));
            }
            for (Future<Long> scrape : scrapes) {
                assertThat(scrape.get()).isPositive();
            }
            figures.add(
                    "19 scrapes at once beside one that does not read, all 19",
                    "%.0f ms",
                    (System.nanoTime() - start) / 1e6);
        } finally {
            scrapers.shutdown();
        }
    }

    /** Scrapes one after the other while lines come in: how late the event loops ran, that of the store among them. */
    private static void whileCounting(Figures figures, LogWriter log, int port, byte[] lines) throws Exception {
        long counted = PageTotals.scrape(port, sample -> false).sum("logtail_lines_total");
        Thread writer = new Thread(() -> {
            int each = lines.length / 100;
            long next = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                log.raw(Arrays.copyOfRange(lines, i * each, i == 99 ? lines.length : (i + 1) * each));
                next += 100_000_000;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        });
        writer.start();
        int scrapes = 0;
        for (; writer.isAlive(); scrapes++) {
            scrape(port, "gzip");
        }
        awaitLines(port, counted + 1_000_000);
        PageTotals page = PageTotals.scrape(port, sample -> false);
        assertThat(page.sum("logtail_lines_total")).isEqualTo(counted + 1_000_000);
        double lag = Metrics.scrape(port)
                .samples("logtail_event_loop_lag_seconds")
                .mapToDouble(Metrics.Sample::value)
                .max()
                .orElseThrow();
        figures.add(
                "worst lag of an event loop, the store's among them, at 100 000 lines/s",
                "%.0f ms during %d scrapes one after the other",
                lag * 1e3,
                scrapes);
    }
}
