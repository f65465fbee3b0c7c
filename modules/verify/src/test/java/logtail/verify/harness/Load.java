package logtail.verify.harness;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** A keep-alive HTTP/1.1 client with pipelining that knows how many of its requests were answered. */
public final class Load {
    private static final int PIPELINED = 20;

    private final int port;
    private final String host;
    private final LongFunction<String> path;

    /**
     * @param path of request number n
     */
    public Load(int port, String host, LongFunction<String> path) {
        this.port = port;
        this.host = host;
        this.path = path;
    }

    /**
     * Sends requests 0 to {@code requests - 1}; fails unless each got a complete answer with status 200.
     *
     * @param connections divides {@code requests} without remainder
     * @param perSecond rate over all connections
     */
    public void send(int requests, int connections, int perSecond) {
        int each = requests / connections;
        long startNanos = System.nanoTime();
        long gapNanos = TimeUnit.SECONDS.toNanos(1) * connections / perSecond;
        ExecutorService senders = Executors.newFixedThreadPool(connections);
        try {
            List<Callable<Void>> jobs = new ArrayList<>();
            for (int c = 0; c < connections; c++) {
                long first = (long) c * each;
                jobs.add(() -> connection(first, each, startNanos, gapNanos));
            }
            for (Future<Void> job : senders.invokeAll(jobs)) {
                job.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a request was not answered: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            senders.shutdownNow();
        }
    }

    private Void connection(long first, int count, long startNanos, long gapNanos) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            for (int done = 0; done < count; ) {
                int burst = Math.min(PIPELINED, count - done);
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < burst; i++) {
                    text.append("GET ").append(path.apply(first + done + i)).append(" HTTP/1.1\r\nHost: ");
                    text.append(host).append("\r\n\r\n");
                }
                socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < burst; i++) {
                    answer(in);
                }
                done += burst;
                LockSupport.parkNanos(startNanos + done * gapNanos - System.nanoTime());
            }
        }
        return null;
    }

    private static void answer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(status);
        }
        int length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
