package logtail.sources.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelDropsTest {
    private static final String HEADER = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
            + "   uid  timeout inode ref pointer drops\n";

    private final Path proc;

    KernelDropsTest(@TempDir Path proc) throws IOException {
        this.proc = proc;
        Files.createDirectories(proc.resolve("net"));
    }

    private static String row(String address, int inode, long drops) {
        return "  518: " + address + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 " + inode
                + " 2 0000000000000000 " + drops + "        \n";
    }

    private void tables(String udp, String udp6) throws IOException {
        Files.writeString(proc.resolve("net/udp"), HEADER + udp);
        Files.writeString(proc.resolve("net/udp6"), HEADER + udp6);
    }

    private void own(int... inodes) throws IOException {
        Path descriptors = Files.createDirectories(proc.resolve("self/fd"));
        for (int inode : inodes) {
            Files.createSymbolicLink(descriptors.resolve("" + inode), Path.of("socket:[" + inode + "]"));
        }
        Files.createSymbolicLink(descriptors.resolve("0"), Path.of("pipe:[7]"));
    }

    @Test
    void shouldSumOurSocketsOnThePort() throws IOException {
        own(11, 12);
        // 9514 is 0x252A.
        tables(
                row("0100007F:252A", 11, 5) + row("0200007F:252A", 99, 700) + row("0100007F:252B", 12, 1_000),
                row("00000000000000000000000001000000:252A", 12, 3));
        assertThat(new KernelDrops(proc, 9514).total()).isEqualTo(8);
    }

    @Test
    void shouldGoByThePort_whereDescriptorsAreNotShown() throws IOException {
        tables(row("0100007F:252A", 11, 5), "");
        assertThat(new KernelDrops(proc, 9514).total()).isEqualTo(5);
    }

    @Test
    void shouldNeverFall_whenTheCounterStartsAgain() throws IOException {
        KernelDrops drops = new KernelDrops(proc, 9514);
        tables(row("0100007F:252A", 11, 5), "");
        assertThat(drops.total()).isEqualTo(5);
        tables(row("0100007F:252A", 11, 2), "");
        assertThat(drops.total()).isEqualTo(7);
        tables("", "");
        assertThat(drops.total()).isEqualTo(7);
        tables(row("0100007F:252A", 11, 1), "");
        assertThat(drops.total()).isEqualTo(8);
    }

    @Test
    void shouldStayZero_withoutProc() {
        assertThat(new KernelDrops(proc.resolve("absent"), 9514).total()).isZero();
    }
}
