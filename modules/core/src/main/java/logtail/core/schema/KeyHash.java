package logtail.core.schema;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * 64-bit hash of tuple keys, keyed with a secret per process so that nobody outside can aim at a slot (D13).
 *
 * <p>Multiply-and-fold over 16 bytes at a time, the construction of wyhash.
 */
public final class KeyHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long P0 = 0xa0761d6478bd642fL;
    private static final long P1 = 0xe7037ed1a0b428dbL;

    private final long secret0;
    private final long secret1;

    /** Two random numbers that nobody else knows. */
    public KeyHash(long secret0, long secret1) {
        this.secret0 = secret0 ^ P0;
        this.secret1 = secret1 ^ P1;
    }

    /** Hash of [from, to); the array has at least 8 bytes behind {@code to}. */
    public long hash(byte[] bytes, int from, int to) {
        long h = secret0;
        int at = from;
        for (; to - at > 16; at += 16) {
            h = fold((long) LONG.get(bytes, at) ^ secret1, (long) LONG.get(bytes, at + 8) ^ h);
        }
        int rest = to - at;
        long low;
        long high = 0;
        if (rest > 8) {
            low = (long) LONG.get(bytes, at);
            high = masked((long) LONG.get(bytes, at + 8), rest - 8);
        } else {
            low = masked((long) LONG.get(bytes, at), rest);
        }
        h = fold(low ^ secret1, high ^ h);
        return fold(h ^ P0, (to - from) ^ P1);
    }

    /** Hash of a sequence of numbers: begin with 0, then mix in one after the other. */
    public long mix(long h, int value) {
        return fold(h ^ secret0, value ^ secret1);
    }

    private static long masked(long word, int bytes) {
        return bytes == 8 ? word : bytes == 0 ? 0 : word & (1L << (bytes << 3)) - 1;
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }
}
