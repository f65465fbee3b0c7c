package logtail.core.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Client prefixes as bytes (FR-1.3, D4): family (4 or 6), prefix length in bits, then the bytes of the address that
 * the length covers, with the bits behind it zero. Equal prefixes have equal bytes.
 */
public final class Prefix {
    /** Longest encoding: family, length, 16 address bytes. */
    public static final int BYTES_MAX = 18;

    /** Longest text: 39 bytes of address, a slash, three digits. */
    public static final int TEXT_BYTES_MAX = IpAddress.TEXT_BYTES_MAX + 4;

    private Prefix() {}

    /**
     * Writes the prefix of an address.
     *
     * @param address 4 or 16 bytes at {@code from}
     * @param addressBytes 4 or 16
     * @param bits prefix length, 0 to 32 or 128
     * @return bytes written to {@code out} at {@code at}
     */
    public static int write(byte[] address, int from, int addressBytes, int bits, byte[] out, int at) {
        int whole = bits >>> 3;
        int rest = bits & 7;
        out[at] = (byte) (addressBytes == 4 ? 4 : 6);
        out[at + 1] = (byte) bits;
        int end = at + 2;
        for (int i = 0; i < whole; i++) {
            out[end++] = address[from + i];
        }
        if (rest != 0) {
            out[end++] = (byte) (address[from + whole] & (0xff << (8 - rest)));
        }
        return end - at;
    }

    /** The prefix as CIDR text; IPv6 per RFC 5952. */
    public static String text(byte[] encoded) {
        byte[] out = new byte[TEXT_BYTES_MAX];
        int length = writeText(encoded, 0, encoded.length, new byte[16], out, 0);
        return new String(out, 0, length, StandardCharsets.US_ASCII);
    }

    /**
     * Writes an encoded prefix as CIDR text.
     *
     * @param scratch at least 16 bytes, overwritten
     * @param out with room for {@value #TEXT_BYTES_MAX} bytes at {@code at}
     * @return length of the text
     */
    public static int writeText(byte[] encoded, int from, int length, byte[] scratch, byte[] out, int at) {
        System.arraycopy(encoded, from + 2, scratch, 0, length - 2);
        Arrays.fill(scratch, length - 2, 16, (byte) 0);
        int to = encoded[from] == 4 ? IpAddress.writeV4(scratch, out, at) : IpAddress.writeV6(scratch, out, at);
        out[to++] = '/';
        return IpAddress.writeDecimal(encoded[from + 1] & 0xff, out, to) - at;
    }

    /** The address part, 4 or 16 bytes. */
    public static byte[] address(byte[] encoded) {
        byte[] address = new byte[encoded[0] == 4 ? 4 : 16];
        System.arraycopy(encoded, 2, address, 0, encoded.length - 2);
        return address;
    }

    /** Whether every address of {@code inner} is one of {@code outer}; both encoded. */
    public static boolean contains(byte[] outer, byte[] inner) {
        int bits = outer[1] & 0xff;
        if (outer[0] != inner[0] || (inner[1] & 0xff) < bits) {
            return false;
        }
        int whole = 2 + (bits >>> 3);
        int rest = bits & 7;
        return Arrays.equals(outer, 2, whole, inner, 2, whole)
                && (rest == 0 || ((outer[whole] ^ inner[whole]) & 0xff << 8 - rest & 0xff) == 0);
    }

    /** Reads CIDR text in any spelling; null when it is none. Bits behind the length are dropped. */
    public static byte @Nullable [] parse(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || cidr.length() - slash > 4) {
            return null;
        }
        int bits = 0;
        for (int i = slash + 1; i < cidr.length(); i++) {
            int digit = cidr.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            bits = bits * 10 + digit;
        }
        byte[] text = cidr.substring(0, slash).getBytes(StandardCharsets.UTF_8);
        byte[] address = new byte[16];
        int length = IpAddress.parse(text, 0, text.length, address);
        if (length == 0 || slash + 1 == cidr.length() || bits > length * 8) {
            return null;
        }
        byte[] out = new byte[BYTES_MAX];
        return Arrays.copyOf(out, write(address, 0, length, bits, out, 0));
    }
}
