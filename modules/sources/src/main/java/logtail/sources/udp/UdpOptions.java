package logtail.sources.udp;

/**
 * The UDP socket.
 *
 * @param host address to bind ({@code logtailBind})
 * @param port port to bind ({@code logtailPort}); 0 picks a free one, so off is for the caller to decide
 * @param receiveBufferBytes what to ask the kernel for; it may grant less
 * @param collectMs how long the first line of a batch waits for more
 */
public record UdpOptions(String host, int port, int receiveBufferBytes, long collectMs) {
    public static UdpOptions of(String host, int port) {
        return new UdpOptions(host, port, 4 << 20, 4);
    }
}
