package logtail.sources.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import logtail.core.line.ClientFacts;
import logtail.sources.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFilesTest {
    private final Path dir;
    private long writtenMs = 1_763_628_000_000L;

    ClientFilesTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void withoutFiles_nothingIsKnown() throws IOException {
        ClientFiles files = new ClientFiles(Optional.empty(), Optional.empty());
        assertThat(files.isEmpty()).isTrue();
        assertThat(files.facts()).isSameAs(ClientFacts.NONE);
    }

    @Test
    void exits_areThoseOfTheList() throws IOException {
        Path list = write("# made today\n192.0.2.1\n\nExitNode 0011\nExitAddress 192.0.2.9 2026-11-20 08:59:41\n"
                + "2001:db8::1\n2001:db8::ffff:1\n");
        ClientFacts facts = new ClientFiles(Optional.empty(), Optional.of(list)).facts();
        assertThat(isTor(facts, "192.0.2.1")).isTrue();
        assertThat(isTor(facts, "192.0.2.2")).isFalse();
        assertThat(isTor(facts, "192.0.2.9")).isTrue();
        assertThat(isTor(facts, "2001:db8::1")).isTrue();
        assertThat(isTor(facts, "2001:db8::ffff:1")).isTrue();
        assertThat(isTor(facts, "2001:db8::2")).isFalse();
        assertThat(asn(facts, "192.0.2.1")).isZero();
    }

    @Test
    void listThatChanges_isReadAgain_unlessItIsNone() throws IOException {
        Path list = write("192.0.2.1\n");
        ClientFiles files = new ClientFiles(Optional.empty(), Optional.of(list));
        ClientFacts facts = files.facts();
        assertThat(files.look()).isEmpty();
        write("192.0.2.2\n");
        assertThat(files.look()).containsExactly("torList: " + list + " has changed and is in use");
        assertThat(isTor(facts, "192.0.2.1")).isFalse();
        assertThat(isTor(facts, "192.0.2.2")).isTrue();
        write("<html>not found</html>\n");
        assertThat(files.look())
                .containsExactly("torList: " + list + ": is no list of addresses; going on with the one before");
        assertThat(files.look()).isEmpty();
        assertThat(isTor(facts, "192.0.2.2")).isTrue();
        Files.delete(list);
        assertThat(files.look()).isEmpty();
        assertThat(isTor(facts, "192.0.2.2")).isTrue();
    }

    @Test
    void fileThatCannotBeUsedAtTheStart_isOneLine() throws IOException {
        Path none = dir.resolve("none");
        assertThatThrownBy(() -> new ClientFiles(Optional.of(none), Optional.empty()))
                .hasMessage("asnDb: " + none + ": no such file");
        Path text = write("192.0.2.1\n");
        assertThatThrownBy(() -> new ClientFiles(Optional.of(text), Optional.empty()))
                .hasMessage("asnDb: " + text + ": is no database in MaxMind's format");
    }

    @Test
    void databaseOfSystems_isAskedOncePerClient() throws IOException {
        Path shared = SharedData.file("data/mmdb/GeoLite2-ASN-Test.mmdb");
        Path file = dir.resolve("asn.mmdb");
        Files.copy(shared, file);
        ClientFiles files = new ClientFiles(Optional.of(file), Optional.empty());
        ClientFacts facts = files.facts();
        for (int again = 0; again < 2; again++) {
            assertThat(asn(facts, "1.128.0.0")).isEqualTo(1221);
            assertThat(asn(facts, "12.81.92.1")).isEqualTo(7018);
            assertThat(asn(facts, "2600:5420::1")).isEqualTo(237);
            assertThat(asn(facts, "127.0.0.1")).isZero();
        }
        Files.writeString(file, "damaged");
        assertThat(files.look()).hasSize(1);
        assertThat(asn(facts, "12.81.92.1")).isEqualTo(7018);
    }

    @Test
    void databaseOfSomethingElse_isRefused() {
        Path cities = SharedData.file("data/mmdb/GeoLite2-Country-Test.mmdb");
        assertThatThrownBy(() -> new ClientFiles(Optional.of(cities), Optional.empty()))
                .hasMessage("asnDb: " + cities + ": has no autonomous systems");
    }

    private Path write(String text) throws IOException {
        Path file = Files.writeString(dir.resolve("list"), text);
        // Two writes may fall into one tick of the file system's clock.
        writtenMs += 1_000;
        return Files.setLastModifiedTime(file, FileTime.fromMillis(writtenMs));
    }

    private static boolean isTor(ClientFacts facts, String address) throws IOException {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        return facts.isTor(bytes, bytes.length);
    }

    private static int asn(ClientFacts facts, String address) throws IOException {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        return facts.asn(bytes, bytes.length);
    }
}
