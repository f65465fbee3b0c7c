package logtail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import logtail.verify.harness.Await;
import logtail.verify.harness.Collector;
import logtail.verify.harness.Metrics;
import logtail.verify.harness.NeedsJar;
import logtail.verify.harness.Numbered;
import logtail.verify.harness.Udp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to datagrams, by case number: the three counters of FR-8.6 and what the windows say. */
@NeedsJar
class UdpTest {
    private static Collector collector;
    private static int port;

    @BeforeAll
    static void start() {
        port = Udp.freePort();
        collector = Collector.start("--logtail-port", Integer.toString(port));
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    /** The counters of the page, and what they are after more datagrams. */
    private record Counters(long received, long success, long consumed, long rejected) {
        static Counters now() {
            Metrics page = collector.metrics();
            return new Counters(
                    page.count("logtail_udp_packets_received_total"),
                    page.count("logtail_udp_loglines_success_total"),
                    page.count("logtail_udp_loglines_consumed_total"),
                    page.count("logtail_parse_errors_total", "input", "udp"));
        }

        Counters plus(long datagrams, long good, long bad) {
            return new Counters(received + datagrams, success + good, consumed + good, rejected + bad);
        }
    }

    /** Sends datagrams from one port; then exactly these counts have been added. */
    private static void sent(List<byte[]> datagrams, long good, long bad) {
        Counters expected = Counters.now().plus(datagrams.size(), good, bad);
        try (Udp sender = new Udp(port)) {
            datagrams.forEach(sender::send);
        }
        Await.until("the counters " + expected, Counters::now, expected::equals);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void b01_oneLineWithoutItsEnd() {
        Numbered numbered = new Numbered("b01.test");
        sent(List.of(bytes(numbered.next(1).trim())), 1, 0);
        collector.awaitExactly(numbered);
    }

    @Test
    void b02_twentyLinesWithAndWithoutALastEnd() {
        Numbered numbered = new Numbered("b02.test");
        String text = numbered.next(20);
        sent(List.of(bytes(text)), 20, 0);
        sent(List.of(bytes(numbered.next(20).stripTrailing())), 20, 0);
        sent(List.of(bytes(numbered.next(2).replace("\n", "\r\n"))), 2, 0);
        collector.awaitExactly(numbered);
    }

    @Test
    void b04_bigDatagramsAreNotCut() {
        Numbered numbered = new Numbered("b04.test");
        for (int sizeBytes : new int[] {3_000, 9_000, 65_507}) {
            int lines = sizeBytes / numbered.lineBytes();
            sent(List.of(bytes(numbered.next(lines))), lines, 0);
        }
        collector.awaitExactly(numbered);
    }

    @Test
    void b07_lineSplitOverTwoDatagramsIsNotJoined() {
        String line = new Numbered("b07.test").next(1);
        sent(List.of(bytes(line.substring(0, 40)), bytes(line.substring(40))), 0, 2);
        assertThat(collector.accepted("b07.test")).isZero();
    }

    @Test
    void b08_emptyDatagramsAndEmptyLinesCountAsNothing() {
        sent(List.of(new byte[0], bytes("\n"), bytes("\n\n\r\n\n")), 0, 0);
        sent(List.of(bytes("x")), 0, 1);
        assertThat(collector.process().stderr()).noneMatch(line -> line.contains("Exception"));
    }

    @Test
    void b09_randomBytesAreRejectedInSilence() {
        Random random = new Random(9);
        Counters before = Counters.now();
        long said = collector.process().lineCount();
        try (Udp sender = new Udp(port)) {
            byte[] noise = new byte[1_400];
            for (int i = 0; i < 10_000; i++) {
                random.nextBytes(noise);
                sender.send(noise);
                if (i % 50 == 0) {
                    LockSupport.parkNanos(2_000_000);
                }
            }
        }
        Numbered numbered = new Numbered("b09.test");
        try (Udp sender = new Udp(port)) {
            sender.send(numbered.next(1));
        }
        collector.awaitExactly(numbered);
        Metrics page = collector.metrics();
        Counters after = Counters.now();
        assertThat(after.success).isEqualTo(before.success + 1);
        assertThat(after.received - before.received + page.count("logtail_udp_kernel_drops_total"))
                .isEqualTo(10_001);
        assertThat(after.rejected).isGreaterThan(before.rejected + after.received - before.received - 2);
        assertThat(collector.process().lineCount() - said).isLessThan(5);
        Await.until("it to idle again", UdpTest::cpuMsOfASecond, cpuMs -> cpuMs < 300);
    }

    private static long cpuMsOfASecond() {
        long before = collector.process().cpuMs();
        Await.holds("alive", Duration.ofSeconds(1), () -> collector.process().isAlive());
        return collector.process().cpuMs() - before;
    }

    /** NFR-6.2. */
    @Test
    void b12_onlyLoopbackIsBound() {
        assertThat(collector.process().listening())
                .anyMatch(one -> one.kind().equals("udp") && one.host().equals("127.0.0.1") && one.port() == port);
        List<String> bound = udpSockets().stream()
                .filter(address -> address.endsWith(String.format(":%04X", port)))
                .toList();
        assertThat(bound).containsExactly(String.format("0100007F:%04X", port));
    }

    /** The local addresses of all UDP sockets, as the kernel prints them. */
    private static List<String> udpSockets() {
        return Stream.of("/proc/net/udp", "/proc/net/udp6")
                .flatMap(file -> lines(Path.of(file)).stream().skip(1))
                .map(line -> line.trim().split("\\s+")[1])
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void b13_anySourcePortIsAcceptedAndNoneIsRecorded() {
        Numbered numbered = new Numbered("b13.test");
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            try (Udp sender = new Udp(port)) {
                ports.add(sender.sourcePort());
                sender.send(numbered.next(1));
            }
        }
        collector.awaitExactly(numbered);
        assertThat(collector.process().stdout())
                .noneMatch(line -> ports.stream().anyMatch(source -> line.contains(":" + source)));
    }

    /** UDP is off by default, and port 0 means off, not any. */
    @Test
    void b15_portZeroOpensNoSocket(@TempDir Path folder) {
        try (Collector off = Collector.start("--logs", folder + "/*.log", "--logtail-port", "0")) {
            assertThat(off.process().listening()).noneMatch(one -> one.kind().equals("udp"));
            assertThat(socketsOf(off)).isEmpty();
        }
    }

    /** Inodes of the UDP sockets that this process holds. */
    private static List<String> socketsOf(Collector one) {
        List<String> open = one.process().openFiles();
        return Stream.of("/proc/net/udp", "/proc/net/udp6")
                .flatMap(file -> lines(Path.of(file)).stream().skip(1))
                .map(line -> line.trim().split("\\s+")[9])
                .filter(inode -> open.contains("socket:[" + inode + "]"))
                .toList();
    }

    @Test
    void b17_countersOnlyRise() {
        Counters last = Counters.now();
        Numbered numbered = new Numbered("b17.test");
        try (Udp sender = new Udp(port)) {
            for (int i = 0; i < 20; i++) {
                sender.send(numbered.next(i)).send("bad line").send(numbered.next(1) + "\nbad\n");
                Counters now = Counters.now();
                assertThat(now.received).isGreaterThanOrEqualTo(last.received);
                assertThat(now.success).isGreaterThanOrEqualTo(last.success);
                assertThat(now.consumed).isGreaterThanOrEqualTo(last.consumed).isLessThanOrEqualTo(now.success);
                assertThat(now.rejected).isGreaterThanOrEqualTo(last.rejected);
                last = now;
            }
        }
        collector.awaitExactly(numbered);
    }

    @Test
    void b18_oneDatagramOfAThousandLinesIsAThousandOfOneLine() {
        String line = "v1\tb18.test\t192.0.2.1\tGET\t/\t200\t1\t0\t0\t0\td\t-\t-\n";
        List<byte[]> single = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            single.add(bytes(line));
        }
        for (int at = 0; at < single.size(); at += 100) {
            sent(single.subList(at, at + 100), 100, 0);
        }
        sent(List.of(bytes(line.repeat(1000))), 1000, 0);
        collector.awaitAccepted("b18.test", 2000);
        assertThat(collector.accepted("b18.test")).isEqualTo(2000);
    }

    @Test
    void b18_sendersItCannotHearDoNoHarm() {
        Counters before = Counters.now();
        try (Udp sender = new Udp("::1", port)) {
            sender.send(new Numbered("b18-v6.test").next(1));
        } catch (UncheckedIOException noIpv6Here) {
            assertThat(noIpv6Here).hasCauseInstanceOf(IOException.class);
        }
        sent(List.of(bytes(new Numbered("b18-after.test").next(1))), 1, 0);
        assertThat(Counters.now()).isEqualTo(before.plus(1, 1, 0));
    }
}
