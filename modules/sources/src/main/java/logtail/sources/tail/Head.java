package logtail.sources.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file, by which it is known again: an inode alone does not tell a file from its successor on
 * the same inode, nor from what a writer put in after truncating it.
 */
final class Head {
    static final int BYTES_MAX = 1024;

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int resumedLength;
    private int resumedSum;

    /** Knows only length and checksum of the first bytes, from an earlier run. */
    static Head resumed(int length, int sum) {
        Head head = new Head();
        head.resumedLength = length;
        head.resumedSum = sum;
        return head;
    }

    /**
     * Compares the first bytes with those known, and learns what was added to them.
     *
     * @param toByte bytes behind this one may still change: they are not learnt
     * @return whether the file begins as it did
     */
    boolean check(FileChannel channel, byte[] scratch, long toByte) throws IOException {
        int length = read(channel, scratch);
        boolean same = resumedLength > 0
                ? length >= resumedLength && sum(scratch, resumedLength) == resumedSum
                : length >= bytes.length && Arrays.equals(scratch, 0, bytes.length, bytes, 0, bytes.length);
        int lasting = (int) Math.min(length, toByte);
        if (same && lasting > length()) {
            bytes = Arrays.copyOf(scratch, lasting);
            resumedLength = 0;
        }
        return same;
    }

    /** Whether a file that begins with these bytes can be a copy of this one. */
    boolean startsLike(byte[] other, int length) {
        return resumedLength > 0
                ? length >= resumedLength && sum(other, resumedLength) == resumedSum
                : length > 0 && length <= bytes.length && Arrays.equals(other, 0, length, bytes, 0, length);
    }

    /** Whether all is known that is worth knowing. */
    boolean isWhole() {
        return length() == BYTES_MAX;
    }

    /** Bytes known. */
    int length() {
        return resumedLength > 0 ? resumedLength : bytes.length;
    }

    /** Checksum of the bytes known. */
    int sum() {
        return resumedLength > 0 ? resumedSum : sum(bytes, bytes.length);
    }

    /** Reads the first bytes of a file; returns how many there are. */
    static int read(FileChannel channel, byte[] scratch) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(scratch, 0, BYTES_MAX);
        int at = 0;
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer, at);
            if (n <= 0) {
                break;
            }
            at += n;
        }
        return at;
    }

    private static int sum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
