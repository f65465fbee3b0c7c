package logtail.core.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** IP addresses as text and bytes (D4); never a look-up. */
public final class IpAddress {
    /** Longest text of an IPv6 address. */
    static final int TEXT_BYTES_MAX = 39;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long DOTS = 0x2e2e2e2e2e2e2e2eL;
    private static final long LOW = 0x7f7f7f7f7f7f7f7fL;

    /** By the number of digits, in bytes: the smallest number that has so many. */
    private static final int LEAST = 100 << 24 | 10 << 16;

    private static final int BAD = 0;

    private IpAddress() {}

    /**
     * Reads a dotted quad (four decimal parts, no leading zeros) or RFC 4291 text; a zone id is cut, an IPv4-mapped
     * address becomes IPv4.
     *
     * @param out at least 16 bytes; 4 or 16 of them are written from its start
     * @return 4, 16, or 0 when it is no address
     */
    public static int parse(byte[] text, int from, int to, byte[] out) {
        int length = to - from;
        if (length >= 7 && length <= 15) {
            boolean roomy = from >= Integer.BYTES && from + 2 * Long.BYTES <= text.length;
            int v4 = roomy ? quad(text, from, to, out) : v4(text, from, to, out, 0);
            if (v4 != BAD) {
                return 4;
            }
        }
        return v6(text, from, to, out);
    }

    /**
     * Reads a dotted quad without a branch per part, which addresses are too irregular for: finds the dots in sixteen
     * bytes at once, then reads each part as three digits of which those in front of it count nothing. Errors are
     * collected: anything negative is one.
     */
    private static int quad(byte[] text, int from, int to, byte[] out) {
        int behind = 1 << to - from;
        int dots = zeroBytes((long) LONG.get(text, from) ^ DOTS)
                | zeroBytes((long) LONG.get(text, from + Long.BYTES) ^ DOTS) << Long.BYTES;
        int ends = dots & behind - 1 | behind;
        if (Integer.bitCount(ends) != 4) {
            return BAD;
        }
        int bad = 0;
        int start = 0;
        for (int part = 0; part < 4; part++) {
            int end = Integer.numberOfTrailingZeros(ends);
            ends &= ends - 1;
            int length = end - start;
            int digits = ((int) INT.get(text, from + end - Integer.BYTES) >>> 8 ^ 0x303030) & -1 << (3 - length << 3);
            int value = (digits & 0xff) * 100 + (digits >>> 8 & 0xff) * 10 + (digits >>> 16 & 0xff);
            int least = LEAST >>> (length << 3) & 0xff;
            int noDigits = (digits + 0x767676 | digits) & 0x808080;
            bad |= length - 1 | 3 - length | value - least | 255 - value | -noDigits;
            out[part] = (byte) value;
            start = end + 1;
        }
        return bad >= 0 ? 4 : BAD;
    }

    /** Bit i: byte i is zero. */
    private static int zeroBytes(long word) {
        long zeros = ~((word & LOW) + LOW | word | LOW);
        return (int) ((zeros >>> 7) * 0x0102040810204080L >>> 56);
    }

    /** As {@link #quad}, wherever it stands. */
    private static int v4(byte[] text, int from, int to, byte[] out, int at) {
        int i = from;
        for (int part = 0; part < 4; part++) {
            int start = i;
            int value = 0;
            while (i < to && i - start < 3 && text[i] >= '0' && text[i] <= '9') {
                value = value * 10 + text[i++] - '0';
            }
            boolean ends = part == 3 ? i == to : i < to && text[i] == '.';
            boolean zeroInFront = i - start > 1 && text[start] == '0';
            if (i == start || value > 255 || zeroInFront || !ends) {
                return BAD;
            }
            out[at + part] = (byte) value;
            i++;
        }
        return 4;
    }

    private static int v6(byte[] text, int from, int end, byte[] out) {
        int to = end;
        for (int i = from; i < end; i++) {
            if (text[i] == '%') {
                // An empty zone is a slip, not an address.
                if (i + 1 == end) {
                    return BAD;
                }
                to = i;
                break;
            }
        }
        if (to - from < 2) {
            return BAD;
        }
        int groups = 0;
        int gap = -1;
        int i = from;
        if (text[i] == ':') {
            if (text[i + 1] != ':') {
                return BAD;
            }
            gap = 0;
            i += 2;
        }
        while (i < to) {
            if (groups == 8) {
                return BAD;
            }
            int start = i;
            int value = 0;
            while (i < to && i - start < 5) {
                int digit = hex(text[i]);
                if (digit < 0) {
                    break;
                }
                value = value << 4 | digit;
                i++;
            }
            if (i < to && text[i] == '.') {
                if (groups > 6 || v4(text, start, to, out, groups * 2) == BAD) {
                    return BAD;
                }
                groups += 2;
                i = to;
                break;
            }
            if (i == start || i - start > 4) {
                return BAD;
            }
            out[groups * 2] = (byte) (value >> 8);
            out[groups * 2 + 1] = (byte) value;
            groups++;
            if (i == to) {
                break;
            }
            if (text[i] != ':' || i + 1 == to) {
                return BAD;
            }
            i++;
            if (text[i] == ':') {
                if (gap >= 0) {
                    return BAD;
                }
                gap = groups;
                i++;
            }
        }
        if (gap < 0 ? groups != 8 : groups > 7) {
            return BAD;
        }
        if (gap >= 0) {
            int behind = (groups - gap) * 2;
            System.arraycopy(out, gap * 2, out, 16 - behind, behind);
            Arrays.fill(out, gap * 2, 16 - behind, (byte) 0);
        }
        return unmap(out);
    }

    /** {@code ::ffff:a.b.c.d} is the IPv4 client, in whatever spelling. */
    private static int unmap(byte[] out) {
        for (int i = 0; i < 10; i++) {
            if (out[i] != 0) {
                return 16;
            }
        }
        if (out[10] != -1 || out[11] != -1) {
            return 16;
        }
        System.arraycopy(out, 12, out, 0, 4);
        return 4;
    }

    private static int hex(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** 16 address bytes as RFC 5952 text. */
    public static String rfc5952(byte[] a) {
        byte[] out = new byte[TEXT_BYTES_MAX];
        return new String(out, 0, writeV6(a, out, 0), StandardCharsets.US_ASCII);
    }

    /** Writes 4 address bytes as a dotted quad; returns where it ends. */
    static int writeV4(byte[] a, byte[] out, int at) {
        int to = at;
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                out[to++] = '.';
            }
            to = writeDecimal(a[i] & 0xff, out, to);
        }
        return to;
    }

    /** Writes a number of up to three digits; returns where it ends. */
    static int writeDecimal(int value, byte[] out, int at) {
        int to = at;
        if (value >= 100) {
            out[to++] = (byte) ('0' + value / 100);
        }
        if (value >= 10) {
            out[to++] = (byte) ('0' + value / 10 % 10);
        }
        out[to++] = (byte) ('0' + value % 10);
        return to;
    }

    /** Writes 16 address bytes as RFC 5952 text; returns where it ends. */
    static int writeV6(byte[] a, byte[] out, int at) {
        int gapFrom = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && group(a, i + length) == 0) {
                length++;
            }
            if (length > gapLength) {
                gapFrom = i;
                gapLength = length;
            }
            i += length;
        }
        int to = at;
        for (int i = 0; i < 8; i++) {
            if (i == gapFrom) {
                out[to++] = ':';
                out[to++] = ':';
                i += gapLength - 1;
                continue;
            }
            if (to > at && out[to - 1] != ':') {
                out[to++] = ':';
            }
            to = writeHex(group(a, i), out, to);
        }
        return to;
    }

    private static int writeHex(int group, byte[] out, int at) {
        int to = at;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = group >>> shift & 0xf;
            if (digit != 0 || to > at || shift == 0) {
                out[to++] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            }
        }
        return to;
    }

    private static int group(byte[] a, int i) {
        return (a[2 * i] & 0xff) << 8 | a[2 * i + 1] & 0xff;
    }
}
