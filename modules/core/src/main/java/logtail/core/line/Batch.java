package logtail.core.line;

import java.util.Arrays;
import logtail.core.schema.KeyHash;
import org.jspecify.annotations.Nullable;

/**
 * Raw lines of one input on their way to the store, with what was decoded from them (D24).
 *
 * <p>Not threadsafe: whoever holds a batch owns it. Its source fills it, has it decoded, sends it to the store, and
 * does not touch it until the store has sent it back; that return acknowledges {@link #position()}.
 */
public final class Batch {
    /** Spare bytes behind the arrays, so that they can be read and written in whole words. */
    static final int SLACK = 16;

    private static final int VALUES = Measure.values().length + 1;
    private static final int METHOD = VALUES - 1;

    private final byte[] raw;
    private int rawLength;
    private InputStats stats;
    private @Nullable Position position;
    private long receivedAtMs;
    private long receivedAtNs;
    private boolean catchUp;

    private byte[] keys;
    private int keysLength;
    private int records;
    private int[] keyEnds;
    private long[] hashes;
    private long[] values;

    /**
     * @param rawBytes capacity for raw lines: at least one of the longest with its end
     * @param stats where its input counts
     */
    public Batch(int rawBytes, InputStats stats) {
        this.raw = new byte[rawBytes + SLACK];
        this.stats = stats;
        // A key is a good half of its line and a short line has 128 bytes; both arrays grow if that is wrong.
        this.keys = new byte[rawBytes * 3 / 4 + SLACK];
        int expected = Math.max(16, rawBytes / 128);
        this.keyEnds = new int[expected + 1];
        this.hashes = new long[expected];
        this.values = new long[expected * VALUES];
    }

    // ---- for the source ---------------------------------------------------------------------------------------

    /** Empties the batch for new lines of an input. */
    public void begin(InputStats input) {
        stats = input;
        rawLength = 0;
        position = null;
        catchUp = false;
        clearRecords();
    }

    /** The raw bytes; lines stand in [0, {@link #rawLength()}). */
    public byte[] raw() {
        return raw;
    }

    /** Raw bytes that fit. */
    public int rawCapacity() {
        return raw.length - SLACK;
    }

    public int rawLength() {
        return rawLength;
    }

    /** Says how many raw bytes hold lines; the last line may lack its LF. */
    public void rawLength(int lengthBytes) {
        rawLength = lengthBytes;
    }

    /**
     * Says when the lines arrived and where they end.
     *
     * @param arrivedAtMs Unix milliseconds, read once per batch where the bytes arrive (D14)
     * @param arrivedAtNs the monotonic clock, read beside it: buckets run by it (D15)
     * @param end where the input stands behind the last line; null when it has no positions
     * @param late whether the lines waited longer than a bucket before they were read
     */
    public void received(long arrivedAtMs, long arrivedAtNs, @Nullable Position end, boolean late) {
        receivedAtMs = arrivedAtMs;
        receivedAtNs = arrivedAtNs;
        position = end;
        catchUp = late;
    }

    // ---- for the decoder --------------------------------------------------------------------------------------

    void clearRecords() {
        records = 0;
        keysLength = 0;
    }

    /** Where the next key begins in {@link #keysFor(int)}. */
    int nextKey() {
        return keysLength;
    }

    /** The array for the next key, with room for so many bytes at {@link #nextKey()}. */
    byte[] keysFor(int bytes) {
        if (keysLength + bytes + SLACK > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(keys.length * 2, keysLength + bytes + SLACK));
        }
        return keys;
    }

    /** Adds the record whose key stands at {@link #nextKey()}; its measures are to be set. */
    void add(int keyBytes, int methodFrom, int methodLength) {
        if (records == hashes.length) {
            hashes = Arrays.copyOf(hashes, records * 2);
            keyEnds = Arrays.copyOf(keyEnds, records * 2 + 1);
            values = Arrays.copyOf(values, values.length * 2);
        }
        keysLength += keyBytes;
        values[records * VALUES + METHOD] = (long) methodFrom << 32 | methodLength;
        records++;
        keyEnds[records] = keysLength;
    }

    /**
     * Hashes the keys of all records. Not one by one as they are added: words read right after they were written in
     * pieces make the processor wait.
     */
    void hashKeys(KeyHash hash) {
        for (int i = 0; i < records; i++) {
            hashes[i] = hash.hash(keys, keyEnds[i], keyEnds[i + 1]);
        }
    }

    /** Sets a measure of the last record; negative for none. */
    void set(Measure measure, long value) {
        values[(records - 1) * VALUES + measure.ordinal()] = value;
    }

    // ---- for the store ----------------------------------------------------------------------------------------

    public InputStats stats() {
        return stats;
    }

    public @Nullable Position position() {
        return position;
    }

    public long receivedAtMs() {
        return receivedAtMs;
    }

    /** The monotonic clock, nanoseconds. */
    public long receivedAtNs() {
        return receivedAtNs;
    }

    public boolean catchUp() {
        return catchUp;
    }

    /** Accepted requests. */
    public int records() {
        return records;
    }

    /** The tuple keys, one behind the other, with at least eight spare bytes behind the last. */
    public byte[] keys() {
        return keys;
    }

    public int keyFrom(int record) {
        return keyEnds[record];
    }

    public int keyTo(int record) {
        return keyEnds[record + 1];
    }

    /** Keyed hash of the tuple key (D13). */
    public long hash(int record) {
        return hashes[record];
    }

    /** A number of the request: bytes, microseconds or a status; negative when it has none. */
    public long measure(int record, Measure measure) {
        return values[record * VALUES + measure.ordinal()];
    }

    /** Start of the request method in {@link #raw()}. */
    public int methodFrom(int record) {
        return (int) (values[record * VALUES + METHOD] >>> 32);
    }

    public int methodLength(int record) {
        return (int) values[record * VALUES + METHOD];
    }
}
