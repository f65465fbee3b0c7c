package logtail.sources.udp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.logging.Logger;
import logtail.core.line.Batch;
import logtail.core.line.LineDecoder;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.Lines;
import logtail.runtime.time.Clock;
import logtail.sources.Sources;
import logtail.sources.UdpInput;
import logtail.sources.channel.Outlet;
import org.jspecify.annotations.Nullable;

/**
 * Receives lines in datagrams (D8). To be deployed on an event loop, after the store that receives
 * {@link Addresses#lines()}, and undeployed before it. Deployment fails when the address cannot be bound, with a
 * message for the operator; after it {@link Sources#udp()} says where the socket is bound.
 *
 * <p>The datagrams themselves are received by a thread of its own, see {@link UdpReceiver}.
 */
public final class UdpVerticle extends VerticleBase {
    /** Its name on the bus. */
    public static final String SOURCE = "udp";

    private static final long KERNEL_DROPS_MS = 1_000;
    private static final Path PROC = Path.of("/proc");
    private static final Logger LOG = Logger.getLogger(UdpVerticle.class.getPackageName());

    private final UdpOptions options;
    private final Addresses addresses;
    private final UdpInput input;
    private final Supplier<LineDecoder> decoder;
    private final Sources sources;
    private final Clock clock;
    private final Promise<Void> ended = Promise.promise();

    private @Nullable UdpReceiver receiver;

    /**
     * @param decoder makes the decoder of the lines, which should accept syslog headers (D7); asked once
     * @param sources where the input is registered
     * @param clock asked once per batch
     */
    public UdpVerticle(
            UdpOptions options, Supplier<LineDecoder> decoder, Sources sources, Addresses addresses, Clock clock) {
        this.options = options;
        this.addresses = addresses;
        this.decoder = decoder;
        this.sources = sources;
        this.clock = clock;
        this.input = sources.openUdp();
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        // A host name may have to be looked up.
        return vertx.executeBlocking(() -> open(bus)).onSuccess(opened -> {
            receiver = opened;
            bus.consume(addresses.credit(SOURCE), message -> opened.returned(message.batch()));
            countKernelDrops();
        });
    }

    private UdpReceiver open(Bus bus) throws IOException {
        DatagramChannel channel;
        try {
            channel = UdpReceiver.bind(options);
        } catch (IOException e) {
            throw new IOException(
                    "udp: cannot bind " + options.host() + ":" + options.port() + ": " + e.getMessage(), e);
        }
        announce(channel);
        Outlet outlet = new Outlet(
                sources.channel().share(),
                Outlet.BATCH_BYTES,
                Integer.MAX_VALUE,
                (Batch batch) -> bus.send(addresses.lines(), new Lines(batch, addresses.credit(SOURCE))));
        UdpReceiver opened =
                UdpReceiver.of(channel, new DatagramBatcher(input, decoder.get(), outlet, clock, options.collectMs()));
        Thread thread = new Thread(
                () -> {
                    try {
                        opened.run();
                    } finally {
                        input.closed();
                        ended.tryComplete();
                    }
                },
                "logtail-udp");
        thread.setDaemon(true);
        thread.start();
        return opened;
    }

    private void announce(DatagramChannel channel) throws IOException {
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        input.bound(address, granted);
        String less = granted < options.receiveBufferBytes()
                ? " of " + options.receiveBufferBytes() + " asked for (net.core.rmem_max)"
                : "";
        LOG.info(() -> "udp: listening on " + address.getAddress().getHostAddress() + ":" + address.getPort()
                + " with a receive buffer of " + granted + " bytes" + less);
    }

    private void countKernelDrops() {
        InetSocketAddress address = input.address();
        if (address != null) {
            vertx.<KernelDrops>executeBlocking(() -> new KernelDrops(PROC, address.getPort()))
                    .onSuccess(
                            drops -> vertx.setPeriodic(KERNEL_DROPS_MS, id -> vertx.<Long>executeBlocking(drops::total)
                                    .onSuccess(input::kernelDrops)));
        }
    }

    /** Closes the socket; what has arrived is still sent. */
    @Override
    public Future<?> stop() {
        if (receiver == null) {
            return Future.succeededFuture();
        }
        receiver.close();
        return ended.future();
    }
}
