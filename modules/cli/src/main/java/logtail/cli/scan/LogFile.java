package logtail.cli.scan;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * A log file to read from its beginning to its end, plain or compressed by gzip, whatever its name; or standard input.
 *
 * @param name as given; {@code -} is standard input
 */
public record LogFile(String name) {
    /** Standard input. */
    public static final String STDIN = "-";

    private static final int GZIP_BUFFER_BYTES = 64 << 10;
    private static final int MAGIC_BYTES = 4;

    public boolean isStdin() {
        return name.equals(STDIN);
    }

    /** Its size as it is stored; 0 where that is not known. */
    public long sizeBytes() {
        try {
            return isStdin() ? 0 : Files.size(Path.of(name));
        } catch (IOException e) {
            return 0;
        }
    }

    /** The last part of its name; that of standard input says nothing. */
    public String fileName() {
        return isStdin() ? "" : String.valueOf(Path.of(name).getFileName());
    }

    /**
     * Opens it for reading its lines.
     *
     * @param read receives every byte that was read of what is stored
     * @throws IOException also when it is compressed in a way that is not read here
     */
    public InputStream open(AtomicLong read) throws IOException {
        InputStream stored = isStdin() ? new FileInputStream(FileDescriptor.in) : new FileInputStream(name);
        InputStream counted = new Counted(stored, read);
        try {
            byte[] magic = new byte[MAGIC_BYTES];
            if (isStdin()) {
                BufferedInputStream buffered = new BufferedInputStream(counted, GZIP_BUFFER_BYTES);
                buffered.mark(MAGIC_BYTES);
                int n = buffered.readNBytes(magic, 0, MAGIC_BYTES);
                buffered.reset();
                return decompressed(magic, n, buffered);
            }
            int n;
            try (InputStream head = new FileInputStream(name)) {
                n = head.readNBytes(magic, 0, MAGIC_BYTES);
            }
            return decompressed(magic, n, counted);
        } catch (IOException e) {
            counted.close();
            throw e;
        }
    }

    private static InputStream decompressed(byte[] magic, int length, InputStream in) throws IOException {
        if (length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            return new GZIPInputStream(in, GZIP_BUFFER_BYTES);
        }
        if (length == MAGIC_BYTES && magic[0] == 0x28 && magic[1] == (byte) 0xb5 && magic[2] == 0x2f) {
            throw new IOException("is compressed by zstd; give it through zstd -dc FILE | logtail ... -");
        }
        if (length >= 3 && magic[0] == 'B' && magic[1] == 'Z' && magic[2] == 'h') {
            throw new IOException("is compressed by bzip2; give it through bzip2 -dc FILE | logtail ... -");
        }
        if (length == MAGIC_BYTES && magic[0] == (byte) 0xfd && magic[1] == '7' && magic[2] == 'z') {
            throw new IOException("is compressed by xz; give it through xz -dc FILE | logtail ... -");
        }
        return in;
    }

    /** Why it could not be read, for the operator. */
    public static String reason(IOException e) {
        // The streams of java.io say it between parentheses behind the name.
        String message = String.valueOf(e.getMessage());
        if (message.contains("(No such file")) {
            return "no such file";
        }
        if (message.contains("(Permission denied")) {
            return "permission denied";
        }
        return message.contains("s a directory") ? "is a directory" : message;
    }

    private static final class Counted extends FilterInputStream {
        private final AtomicLong read;

        Counted(InputStream in, AtomicLong read) {
            super(in);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            read.addAndGet(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            read.addAndGet(Math.max(0, n));
            return n;
        }
    }
}
