package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

/** A sender of datagrams to a port on loopback, from one source port. */
public final class Udp implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress receiver;

    /** A sender with a source port of its own. */
    public Udp(int port) {
        this("127.0.0.1", port);
    }

    /** A sender to another loopback address. */
    public Udp(String address, int port) {
        try {
            socket = new DatagramSocket(0, InetAddress.getByName(address));
            socket.setSendBufferSize(1 << 20);
            receiver = new InetSocketAddress(address, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one datagram. */
    public Udp send(byte[] payload) {
        try {
            socket.send(new DatagramPacket(payload, payload.length, receiver));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sends one datagram. */
    public Udp send(String payload) {
        return send(payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Where the datagrams come from. */
    public int sourcePort() {
        return socket.getLocalPort();
    }

    /** A UDP port that nobody has now; the programs take port 0 for "off". */
    public static int freePort() {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A TCP port that nobody has now. */
    public static int freeTcpPort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
