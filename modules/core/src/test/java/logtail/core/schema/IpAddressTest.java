package logtail.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    /** Reads it as it stands in a line and as it stands alone, which must be the same. */
    private static byte[] parse(String text) {
        byte[] alone = parse("<", text, ">");
        assertThat(parse("v2\texample.org\t", text, "\tGET\t/1.2.3.4\t"))
                .as(text)
                .isEqualTo(alone);
        return alone;
    }

    private static byte[] parse(String before, String text, String behind) {
        byte[] padded = (before + text + behind).getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[16];
        int from = before.length();
        int length = IpAddress.parse(padded, from, padded.length - behind.length(), out);
        return Arrays.copyOf(out, length);
    }

    /** Java reads literals too; what it also takes for one (127.1, octal) never comes up here. */
    private static byte[] java(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadAddressesInEverySpellingAsJavaDoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            String text = random.nextInt(4) == 0 ? quad(random) : groups(random);
            assertThat(parse(text)).as(text).isEqualTo(java(text)).isNotEmpty();
        }
    }

    /** With a colon in it, Java never asks a name server, and refuses what is no address. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldRefuseBrokenAddressesAsJavaDoes(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(groups(random));
            for (int change = random.nextInt(3); change >= 0 && text.length() > 0; change--) {
                int at = random.nextInt(text.length());
                char c = "0123456789abcdefABCDEFg:::.".charAt(random.nextInt(27));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.deleteCharAt(at);
                }
            }
            String broken = text.toString();
            if (broken.indexOf(':') < 0 || isLaxInJava(broken)) {
                continue;
            }
            byte[] read = parse(broken);
            assertThat(read).as(broken).isEqualTo(java(broken));
            refused += read.length == 0 ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    /** A quad is read in two ways, and by Java's integers in a third. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadQuadsThatAreOneAndNoOthers(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(quad(random));
            for (int change = random.nextInt(3); change > 0; change--) {
                char c = "0123456789../-a\0\u00e9".charAt(random.nextInt(17));
                text.setCharAt(random.nextInt(text.length()), c);
            }
            byte[] read = parse(text.toString());
            assertThat(read).as(text.toString()).isEqualTo(split(text.toString()));
            refused += read.length == 0 ? 1 : 0;
        }
        assertThat(refused).isBetween(10_000, 40_000);
    }

    private static byte[] split(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] address = new byte[4];
        for (int i = 0; i < parts.length; i++) {
            if (parts.length != 4 || !parts[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(parts[i]) > 255) {
                return new byte[0];
            }
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return address;
    }

    /** Java reads more zeros in front than a part or group has room for, and a lone colon at the end. */
    private static boolean isLaxInJava(String text) {
        return text.matches(".*[:.]0[0-9]+(\\..*|$)")
                || text.matches(".*0[0-9a-fA-F]{4}.*")
                || text.matches(".*[^:]:$");
    }

    private static String quad(Random random) {
        return random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private static String groups(Random random) {
        boolean quad = random.nextInt(5) == 0;
        int count = quad ? 6 : 8;
        int gapFrom = random.nextBoolean() ? random.nextInt(count) : count;
        int gapTo = gapFrom + 1 + random.nextInt(Math.max(1, count - gapFrom));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (i == gapFrom) {
                text.append("::");
            } else if (i < gapFrom || i >= gapTo) {
                text.append(i == 0 || text.toString().endsWith(":") ? "" : ":").append(group(random));
            }
        }
        if (quad) {
            text.append(text.toString().endsWith(":") ? "" : ":").append(quad(random));
        }
        return text.toString();
    }

    private static String group(Random random) {
        int value = random.nextInt(3) == 0 ? 0 : random.nextInt(0x10000);
        String hex = random.nextBoolean() ? Integer.toHexString(value) : String.format("%04X", value);
        return random.nextInt(10) == 0 ? "ffff" : hex;
    }

    @Test
    void shouldReadMappedAddressesAsTheirIpv4Client() {
        byte[] client = {(byte) 203, 0, 113, 9};

        assertThat(parse("203.0.113.9")).isEqualTo(client);
        assertThat(parse("::ffff:203.0.113.9")).isEqualTo(client);
        assertThat(parse("::FFFF:cb00:7109")).isEqualTo(client);
    }

    /** The examples of RFC 5952, section 4 and after. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::ABCD, 2001:db8::abcd",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void shouldWriteTheShortestText(String text, String shortest) {
        assertThat(IpAddress.rfc5952(parse(text))).isEqualTo(shortest);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatIsWritten_readsBack(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] address = new byte[16];
            random.nextBytes(address);
            for (int group = 0; group < 8; group++) {
                if (random.nextInt(3) == 0) {
                    address[2 * group] = 0;
                    address[2 * group + 1] = 0;
                }
            }
            String text = IpAddress.rfc5952(address);
            assertThat(java(text)).as(text).isEqualTo(address);
        }
    }
}
