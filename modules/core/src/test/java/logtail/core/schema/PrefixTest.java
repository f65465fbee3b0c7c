package logtail.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void everyLength_masksTheBitsBehindIt(int addressBytes) throws UnknownHostException {
        Random random = new Random(addressBytes);
        for (int bits = 0; bits <= addressBytes * 8; bits++) {
            byte[] address = new byte[addressBytes];
            random.nextBytes(address);
            byte[] out = new byte[2 + Prefix.BYTES_MAX];
            Arrays.fill(out, (byte) 0x55);
            int length = Prefix.write(address, 0, addressBytes, bits, out, 1);
            byte[] encoded = Arrays.copyOfRange(out, 1, 1 + length);

            BigInteger masked = new BigInteger(1, address)
                    .shiftRight(addressBytes * 8 - bits)
                    .shiftLeft(addressBytes * 8 - bits);
            String[] text = Prefix.text(encoded).split("/", -1);
            assertThat(InetAddress.getByName(text[0]).getAddress()).hasSize(addressBytes);
            assertThat(new BigInteger(1, InetAddress.getByName(text[0]).getAddress()))
                    .isEqualTo(masked);
            assertThat(text[1]).isEqualTo(String.valueOf(bits));
            assertThat(new BigInteger(1, Prefix.address(encoded))).isEqualTo(masked);
            assertThat(Prefix.parse(Prefix.text(encoded))).isEqualTo(encoded);
            assertThat(out[1 + length]).isEqualTo((byte) 0x55);
        }
    }

    @Test
    void equalPrefixes_haveEqualBytes() {
        assertThat(Prefix.parse("2001:DB8:0:0::/48")).isEqualTo(Prefix.parse("2001:db8::/48"));
        assertThat(Prefix.parse("192.0.2.255/24")).isEqualTo(Prefix.parse("192.0.2.0/24"));
        assertThat(Prefix.parse("::/0")).isNotEqualTo(Prefix.parse("0.0.0.0/0"));
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::/48, 2001:db8::/48", "0.0.0.0/0, 0.0.0.0/0", "::/0, ::/0", "10.1.2.3/32, 10.1.2.3/32"})
    void shouldPrintAsCidr(String text, String printed) {
        assertThat(Prefix.text(Objects.requireNonNull(Prefix.parse(text)))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/0024",
                "::/129",
                "10.0.0/24",
                "10.0.0.0/2x",
                "(other)",
                "::ffff:10.0.0.0/120",
                "10.0.0.0/24/24"
            })
    void textThatIsNoPrefix_isNone(String text) {
        assertThat(Prefix.parse(text)).isNull();
    }
}
