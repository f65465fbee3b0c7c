package logtail.cli.query;

import java.io.PrintStream;
import java.util.Locale;
import logtail.cli.scan.Scan;

/** How far a scan is, on one line of the terminal, until it is closed. */
final class Progress implements AutoCloseable {
    private static final long INTERVAL_MS = 500;
    private static final String CLEAR = "\r\u001b[K";
    private static final double MEGA = 1e6;

    private final PrintStream err;
    private final Scan scan;
    private final long startNs;
    private final Thread thread;

    private Progress(PrintStream err, Scan scan) {
        this.err = err;
        this.scan = scan;
        this.startNs = System.nanoTime();
        this.thread = new Thread(this::run, "progress");
        thread.setDaemon(true);
        thread.start();
    }

    /** Shows it from now on. */
    static Progress start(PrintStream err, Scan scan) {
        return new Progress(err, scan);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL_MS);
                err.print(CLEAR + line(scan.readBytes(), scan.totalBytes(), scan.lines(), System.nanoTime() - startNs));
                err.flush();
            }
        } catch (InterruptedException closed) {
            err.print(CLEAR);
            err.flush();
        }
    }

    /** {@code 1200 of 4000 MB, 310 MB/s, 3.1 million lines, 9 s left}. */
    static String line(long readBytes, long totalBytes, long lines, long elapsedNs) {
        double perSecond = readBytes / (Math.max(1, elapsedNs) / 1e9);
        boolean known = totalBytes > 0 && readBytes <= totalBytes;
        String size = known
                ? String.format(Locale.ROOT, "%.0f of %.0f MB", readBytes / MEGA, totalBytes / MEGA)
                : String.format(Locale.ROOT, "%.0f MB", readBytes / MEGA);
        String left = known && perSecond > 0
                ? String.format(Locale.ROOT, ", %.0f s left", Math.ceil((totalBytes - readBytes) / perSecond))
                : "";
        return String.format(
                Locale.ROOT, "%s, %.0f MB/s, %.1f million lines%s", size, perSecond / MEGA, lines / MEGA, left);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(INTERVAL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
