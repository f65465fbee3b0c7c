package logtail.sources.udp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import logtail.core.line.Batch;

/**
 * The UDP socket and the thread that empties it.
 *
 * <p>A thread of its own rather than an event loop, for two reasons. Whatever else runs on an event loop, an answer
 * of 50 000 rows say, would keep datagrams waiting, and a burst overflows the kernel's buffer within milliseconds.
 * And a plain channel reads into one buffer for good, large enough for any datagram, without an object or a buffer
 * per packet; Vert.x's socket truncates at 2048 bytes, or allocates a buffer of the size asked for, per packet.
 *
 * <p>When datagrams keep coming the thread rests for a millisecond between two sweeps instead of being woken for each of
 * them; the kernel's buffer holds some tens of milliseconds.
 */
final class UdpReceiver implements Runnable {
    /** Larger than any datagram (65 507 bytes), so that none is truncated. */
    private static final int BUFFER_BYTES = 1 << 16;

    /** Datagrams taken before looking at anything else. */
    private static final int SWEEP_MAX = 1024;

    /** After so many it is not worth resting. */
    private static final int SWEEP_BUSY = 256;

    private static final long REST_NS = 1_000_000;
    private static final long ERROR_REST_NS = 100_000_000;
    /** How long closing waits for the store to count what was sent. */
    private static final long STOP_MS = 2_000;

    private static final Logger LOG = Logger.getLogger(UdpReceiver.class.getPackageName());

    private final DatagramChannel channel;
    private final Selector selector;
    private final DatagramBatcher batcher;
    private final Queue<Batch> returned = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private boolean failing;
    private volatile boolean closing;

    private UdpReceiver(DatagramChannel channel, Selector selector, DatagramBatcher batcher) {
        this.channel = channel;
        this.selector = selector;
        this.batcher = batcher;
    }

    /** Binds the socket: never connected, so that every sender and every port is heard. */
    static DatagramChannel bind(UdpOptions options) throws IOException {
        InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
        if (address.isUnresolved()) {
            throw new IOException("no such address");
        }
        // An IPv4 address on an IPv4 socket, so that it is shown as such.
        DatagramChannel channel = address.getAddress() instanceof Inet4Address
                ? DatagramChannel.open(StandardProtocolFamily.INET)
                : DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
            channel.bind(address);
            channel.configureBlocking(false);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** Takes over a bound socket. */
    static UdpReceiver of(DatagramChannel channel, DatagramBatcher batcher) throws IOException {
        Selector selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
        return new UdpReceiver(channel, selector, batcher);
    }

    /** Gives back a batch that was counted. Any thread. */
    void returned(Batch batch) {
        returned.add(batch);
        selector.wakeup();
    }

    /** Ends {@link #run()}, which sends what it has and closes the socket. Any thread. */
    void close() {
        closing = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try (channel;
                selector) {
            while (!closing) {
                takeReturned();
                int datagrams = sweep();
                batcher.sendIfDue(nowMs());
                rest(datagrams);
            }
            sweep();
            batcher.flush();
            awaitReturned();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.SEVERE, "udp: the receiver has stopped", e);
        }
    }

    private void takeReturned() {
        for (Batch batch = returned.poll(); batch != null; batch = returned.poll()) {
            batcher.returned(batch);
        }
    }

    /** Lets the store count what was sent. */
    private void awaitReturned() {
        long untilMs = nowMs() + STOP_MS;
        while (batcher.underWay() > 0 && nowMs() < untilMs) {
            LockSupport.parkNanos(REST_NS);
            takeReturned();
        }
    }

    /** Takes what has arrived; says how many datagrams that were. */
    private int sweep() throws ClosedChannelException {
        long nowMs = nowMs();
        int n = 0;
        try {
            while (n < SWEEP_MAX && channel.receive(buffer.clear()) != null) {
                batcher.add(buffer.flip(), nowMs);
                n++;
            }
            failing = false;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            failed(e);
        }
        return n;
    }

    private void failed(IOException e) {
        if (!failing) {
            failing = true;
            LOG.warning(() -> "udp: cannot receive: " + e.getMessage() + "; trying again");
        }
        LockSupport.parkNanos(ERROR_REST_NS);
    }

    private void rest(int datagrams) throws IOException {
        if (datagrams == 0 && batcher.isEmpty()) {
            selector.select();
            selector.selectedKeys().clear();
        } else if (datagrams < SWEEP_BUSY) {
            LockSupport.parkNanos(REST_NS);
        }
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
