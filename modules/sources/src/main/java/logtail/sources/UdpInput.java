package logtail.sources;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import logtail.core.line.InputStats;
import org.jspecify.annotations.Nullable;

/** The UDP socket and what it counted (FR-8.6, D32). The receiver writes; any thread may read. */
public final class UdpInput {
    private final InputStats stats;
    private final AtomicLong packets = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();
    private final AtomicLong kernelDrops = new AtomicLong();
    private volatile @Nullable InetSocketAddress address;
    private volatile int receiveBufferBytes;

    UdpInput(InputStats stats) {
        this.stats = stats;
    }

    public InputStats stats() {
        return stats;
    }

    /** Datagrams received, empty ones too: {@code logtail_udp_packets_received_total}. */
    public long packetsReceived() {
        return packets.get();
    }

    /** Lines that parsed: {@code logtail_udp_loglines_success_total}. */
    public long linesSuccess() {
        return stats.acceptedLines();
    }

    /** Lines handed to the store, not dropped: {@code logtail_udp_loglines_consumed_total}. */
    public long linesConsumed() {
        return consumed.get();
    }

    /** Datagrams the kernel dropped because the socket's buffer was full: {@code logtail_udp_kernel_drops_total}. */
    public long kernelDrops() {
        return kernelDrops.get();
    }

    /** Where the socket is bound; null while it is not. */
    public @Nullable InetSocketAddress address() {
        return address;
    }

    /** The receive buffer the kernel granted. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /** For the receiver: the socket is bound. */
    public void bound(InetSocketAddress to, int grantedBytes) {
        receiveBufferBytes = grantedBytes;
        address = to;
    }

    /** For the receiver: nothing is received any more. */
    public void closed() {
        address = null;
    }

    /** For the receiver. */
    public void addPackets(long n) {
        packets.setRelease(packets.getPlain() + n);
    }

    /** For the receiver. */
    public void addConsumed(long n) {
        consumed.setRelease(consumed.getPlain() + n);
    }

    /** For the receiver: the total so far. */
    public void kernelDrops(long total) {
        kernelDrops.set(total);
    }
}
