package logtail.core.store;

import java.util.Arrays;
import logtail.core.schema.Prefix;

/** The labels of encoded prefixes, written when they are first asked for. Not threadsafe. */
final class PrefixLabels implements TextSource {
    private final TextSource prefixes;
    private final byte[] address = new byte[16];
    private byte[] labels = new byte[1024];

    /** By id: where the label begins, and in the lower half its length; 0 while it is not written. */
    private final long[] places;

    private int end;

    PrefixLabels(TextSource prefixes) {
        this.prefixes = prefixes;
        this.places = new long[prefixes.limit()];
    }

    private long place(int id) {
        if (places[id] == 0 && prefixes.length(id) > 0) {
            if (labels.length - end < Prefix.TEXT_BYTES_MAX) {
                labels = Arrays.copyOf(labels, labels.length * 2);
            }
            int written =
                    Prefix.writeText(prefixes.array(id), prefixes.from(id), prefixes.length(id), address, labels, end);
            places[id] = (long) end << 32 | written;
            end += written;
        }
        return places[id];
    }

    @Override
    public byte[] array(int id) {
        place(id);
        return labels;
    }

    @Override
    public int from(int id) {
        return (int) (place(id) >>> 32);
    }

    @Override
    public int length(int id) {
        return (int) place(id);
    }

    @Override
    public int limit() {
        return prefixes.limit();
    }
}
