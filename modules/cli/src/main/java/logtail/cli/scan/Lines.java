package logtail.cli.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a stream one by one, for looking at them, not for counting. */
public final class Lines {
    private final InputStream in;
    private final int lineBytes;

    /**
     * @param in buffered
     * @param lineBytes so much is kept of a longer line
     */
    public Lines(InputStream in, int lineBytes) {
        this.in = in;
        this.lineBytes = lineBytes;
    }

    /** The next line without its LF; null at the end. */
    public byte @Nullable [] next() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        while (b >= 0 && b != '\n') {
            if (line.size() < lineBytes) {
                line.write(b);
            }
            b = in.read();
        }
        return line.toByteArray();
    }
}
