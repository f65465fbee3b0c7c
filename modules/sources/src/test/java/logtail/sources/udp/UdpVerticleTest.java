package logtail.sources.udp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static logtail.sources.FakeStore.await;
import static logtail.sources.NumberedLines.line;
import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Objects;
import logtail.core.line.DecoderOptions;
import logtail.core.schema.Schema;
import logtail.runtime.time.Clock;
import logtail.sources.FakeStore;
import logtail.sources.NumberedLines;
import logtail.sources.SaidLines;
import logtail.sources.Sources;
import logtail.sources.UdpInput;
import logtail.sources.channel.ChannelOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpVerticleTest {
    private final SaidLines said = new SaidLines("logtail.sources.udp");
    private final Vertx vertx = Vertx.vertx();
    private final FakeStore store = new FakeStore();
    private final Sources sources = new Sources(Schema.LOGTAIL, ChannelOptions.defaults());

    @AfterEach
    void close() {
        vertx.close().await();
        said.close();
    }

    private String deploy(String host, int port) {
        vertx.deployVerticle(store).await();
        return vertx.deployVerticle(new UdpVerticle(
                        UdpOptions.of(host, port),
                        NumberedLines.decoder(DecoderOptions.defaults().withSyslogHeader(true)),
                        sources,
                        store.addresses,
                        Clock.SYSTEM))
                .await();
    }

    private UdpInput udp() {
        return sources.udp().orElseThrow();
    }

    private InetSocketAddress bound() {
        return Objects.requireNonNull(udp().address());
    }

    private void send(byte[] datagram) throws IOException {
        // A socket each: every datagram comes from another port.
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(datagram, datagram.length, bound()));
        }
    }

    private void send(String datagram) throws IOException {
        send(datagram.getBytes(ISO_8859_1));
    }

    @Test
    void datagramsOfEverySizeAndSender_areCounted() throws IOException {
        deploy("127.0.0.1", 0);
        send(line(0));
        send(lines(1, 30));
        send(lines(30, 80));
        send(new byte[0]);
        String large = lines(80, 600);
        send(large + "\n".repeat(65_507 - large.length()));
        send(line(600));
        await("lines counted", () -> store.counted.records() >= 601);
        assertThat(store.counted.wrong(0, 601)).isEmpty();
        assertThat(udp().packetsReceived()).isEqualTo(6);
        assertThat(udp().linesSuccess()).isEqualTo(601);
        assertThat(udp().linesConsumed()).isEqualTo(601);
        await("all returned", () -> sources.channel().records() == 0);
    }

    @Test
    void shouldBindWhereItIsTold_andSayItOnce() {
        deploy("127.0.0.1", 0);
        assertThat(bound().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(bound().getPort()).isPositive();
        assertThat(udp().receiveBufferBytes()).isPositive();
        assertThat(said.lines())
                .singleElement()
                .asString()
                .contains("127.0.0.1:" + bound().getPort(), "" + udp().receiveBufferBytes());
    }

    @Test
    void portInUse_failsTheDeploymentWithTheAddress() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> deploy("127.0.0.1", port))
                    .hasMessageContaining("udp: cannot bind 127.0.0.1:" + port);
        }
        assertThatThrownBy(() -> deploy("no.such.host.invalid", 1)).hasMessageContaining("no.such.host.invalid");
    }

    @Test
    void stalledStore_makesDatagramsDropCounted_andTheSocketIsStillEmptied() throws IOException {
        deploy("127.0.0.1", 0);
        store.stall(true);
        String large = lines(0, 500);
        int packets = 1_000;
        for (int i = 0; i < packets; i++) {
            send(large);
            int sent = i + 1;
            await("datagram received", () -> udp().packetsReceived() + udp().kernelDrops() >= sent);
        }
        await("lines dropped", () -> udp().linesSuccess() > udp().linesConsumed());
        assertThat(sources.channel().records()).isLessThanOrEqualTo(200_000);
        store.stall(false);
        await("all returned", () -> sources.channel().records() == 0);
        // Counting goes on.
        send(line(1_000));
        await("counted", () -> store.counted.missing(1_000, 1_001).isEmpty());
        assertThat(store.counted.records()).isEqualTo(udp().linesConsumed());
    }

    @Test
    void undeployed_sendsWhatHasArrivedAndFreesThePort() throws IOException {
        String id = deploy("127.0.0.1", 0);
        int port = bound().getPort();
        send(lines(0, 10));
        vertx.undeploy(id).await();
        new DatagramSocket(port).close();
        await("counted", () -> store.counted.records() == 10);
    }
}
