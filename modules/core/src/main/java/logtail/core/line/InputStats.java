package logtail.core.line;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;

/**
 * What one input accepted and refused. One thread writes (the one that decodes the input's lines); any thread may
 * read.
 */
public final class InputStats {
    /** Rejected lines kept for the status page; the oldest goes first. */
    public static final int REJECTS_KEPT = 20;

    /** Bytes of a rejected line that are kept. */
    public static final int REJECT_BYTES = 256;

    /**
     * A line that was refused.
     *
     * @param receivedAtMs when it arrived, Unix milliseconds
     * @param reason why
     * @param column byte in the line at which it stopped making sense, from 0
     * @param text the first {@value #REJECT_BYTES} bytes
     * @param lengthBytes of the whole line
     */
    public record Reject(long receivedAtMs, RejectReason reason, int column, byte[] text, int lengthBytes) {}

    private final String input;
    private final List<String> fields;
    private final AtomicLongArray rejected = new AtomicLongArray(RejectReason.values().length);
    private final AtomicLongArray fieldErrors;
    private final AtomicLongArray totals = new AtomicLongArray(2);
    private final ArrayDeque<Reject> rejects = new ArrayDeque<>(REJECTS_KEPT);

    /**
     * @param input its name in metrics: {@code udp}, or {@code file:} and the configured glob
     */
    public InputStats(String input, Schema schema) {
        this.input = input;
        List<String> names = new ArrayList<>();
        schema.dimensions().stream().map(Dimension::name).forEach(names::add);
        Arrays.stream(Measure.values()).map(Measure::field).forEach(names::add);
        this.fields = List.copyOf(names);
        this.fieldErrors = new AtomicLongArray(names.size());
    }

    public String input() {
        return input;
    }

    /** Adds lines that were accepted, and the bytes of all lines, their ends included. */
    public void accepted(long lines, long bytes) {
        add(totals, 0, lines);
        add(totals, 1, bytes);
    }

    /** Counts a refused line and keeps its beginning. */
    public void rejected(RejectReason reason, long receivedAtMs, int column, byte[] raw, int from, int to) {
        add(rejected, reason.ordinal(), 1);
        byte[] text = Arrays.copyOfRange(raw, from, Math.min(to, from + REJECT_BYTES));
        synchronized (rejects) {
            if (rejects.size() == REJECTS_KEPT) {
                rejects.removeFirst();
            }
            rejects.addLast(new Reject(receivedAtMs, reason, column, text, to - from));
        }
    }

    /** Counts values of a dimension that are neither valid, {@code -} nor empty. */
    public void badDimension(int dimension) {
        add(fieldErrors, dimension, 1);
    }

    /** Counts values of a measure that are neither valid, {@code -} nor empty. */
    public void badMeasure(Measure measure) {
        add(fieldErrors, fields.size() - Measure.values().length + measure.ordinal(), 1);
    }

    private static void add(AtomicLongArray array, int index, long n) {
        // One writer: a plain read and an ordered write are enough, and cost no lock on the hot path.
        array.setRelease(index, array.getPlain(index) + n);
    }

    public long acceptedLines() {
        return totals.getAcquire(0);
    }

    public long bytes() {
        return totals.getAcquire(1);
    }

    public long rejected(RejectReason reason) {
        return rejected.getAcquire(reason.ordinal());
    }

    /** Names of the fields whose bad values are counted, in the order of {@link #fieldErrors(int)}. */
    public List<String> fields() {
        return fields;
    }

    public long fieldErrors(int field) {
        return fieldErrors.getAcquire(field);
    }

    /** The newest rejected lines, oldest first. */
    public Collection<Reject> rejects() {
        synchronized (rejects) {
            return List.copyOf(rejects);
        }
    }
}
