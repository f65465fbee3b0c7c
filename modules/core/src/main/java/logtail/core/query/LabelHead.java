package logtail.core.query;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import logtail.core.schema.Prefix;

/**
 * The beginning of a label as an unsigned number: where those of two labels differ, they are in the order of the labels.
 * No label holds a zero. Not threadsafe.
 */
final class LabelHead {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int OCTETS = 3;

    /** The digits of an octet and the dot behind them, in the highest bytes. */
    private static final long[] OCTET = new long[256];

    static {
        for (int i = 0; i < OCTET.length; i++) {
            byte[] text = (i + ".").getBytes(StandardCharsets.US_ASCII);
            OCTET[i] = of(text, text.length);
        }
    }

    /** Where a prefix is written. */
    private final byte[] label = new byte[Prefix.TEXT_BYTES_MAX];

    private final byte[] address = new byte[16];

    /** Of a label: its first eight bytes, zeros behind a shorter one. */
    static long of(byte[] bytes, int length) {
        if (length >= Long.BYTES) {
            return (long) LONG.get(bytes, 0);
        }
        long head = 0;
        for (int i = 0; i < length; i++) {
            head |= (bytes[i] & 0xffL) << Long.SIZE - Byte.SIZE * (i + 1);
        }
        return head;
    }

    /** Of the label of an encoded prefix. */
    long ofPrefix(byte[] prefix) {
        if (prefix[0] != 4) {
            return of(label, Prefix.writeText(prefix, 0, prefix.length, address, label, 0));
        }
        // Three octets will do: labels that have all three in common have heads in common.
        long head = 0;
        int at = 0;
        for (int i = 2; i < 2 + OCTETS && at < Long.SIZE; i++) {
            int octet = i < prefix.length ? prefix[i] & 0xff : 0;
            head |= OCTET[octet] >>> at;
            at += Byte.SIZE * (octet < 10 ? 2 : octet < 100 ? 3 : 4);
        }
        return head;
    }
}
