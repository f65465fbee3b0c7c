package logtail.sources.tail;

/** Tells compressed files by their first bytes; their lines are never parsed. */
final class Compression {
    private static final byte[][] MAGIC = {
        {0x1f, (byte) 0x8b}, // gzip
        {'B', 'Z', 'h'},
        {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
        {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, // zstd
        {0x04, 0x22, 0x4d, 0x18}, // lz4
        {'P', 'K', 3, 4},
    };

    private Compression() {}

    static boolean isCompressed(byte[] head, int length) {
        for (byte[] magic : MAGIC) {
            if (startsWith(head, length, magic)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] head, int length, byte[] magic) {
        if (length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (head[i] != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
