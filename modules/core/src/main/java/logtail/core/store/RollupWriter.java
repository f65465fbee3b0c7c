package logtail.core.store;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import logtail.core.schema.Schema;

/** Writes rollups so that they can be read without their view. Not threadsafe. */
/*
 * All numbers are varints: seven bits a byte, lowest first, the top bit says that more follow.
 *
 *   1, the version
 *   per dimension of a dictionary kind: how many texts, then each text with its length in front
 *   per rollup, in the order of RollupDims.of: how many rows, then per row
 *     per dimension of the rollup: the number of its text, 1 for the first; or the number itself
 *     count, bound
 *     a bit for each class of statuses that is not 0, then the counts of those classes
 *   and behind its rows: other, the classes of it in the same way, missing
 */
final class RollupWriter {
    static final int VERSION = 1;

    private final View view;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
    private final int[][] numbers;
    private final List<List<byte[]>> texts = new ArrayList<>();

    RollupWriter(View view) {
        this.view = view;
        Schema schema = view.schema();
        this.numbers = new int[schema.size()][];
        for (int d = 0; d < schema.size(); d++) {
            numbers[d] = new int
                    [schema.get(d).kind().isDictionary() ? view.texts().get(d).limit() : 0];
            texts.add(new ArrayList<>());
        }
    }

    byte[] write(List<Rollup> rollups) {
        rollups.forEach(this::number);
        varint(VERSION);
        for (int d = 0; d < numbers.length; d++) {
            if (isDictionary(d)) {
                varint(texts.get(d).size());
                for (byte[] text : texts.get(d)) {
                    varint(text.length);
                    out.writeBytes(text);
                }
            }
        }
        rollups.forEach(this::write);
        return out.toByteArray();
    }

    private boolean isDictionary(int dimension) {
        return view.schema().get(dimension).kind().isDictionary();
    }

    /** Gives each text its number, in the order in which rows have them. */
    private void number(Rollup rollup) {
        for (int place = 0; place < rollup.dims().size(); place++) {
            int d = rollup.dims().get(place);
            for (int row = 0; isDictionary(d) && row < rollup.rows(); row++) {
                int id = rollup.values().get(place).get(row);
                if (numbers[d][id] == 0) {
                    texts.get(d).add(view.texts().get(d).get(id));
                    numbers[d][id] = texts.get(d).size();
                }
            }
        }
    }

    private void write(Rollup rollup) {
        varint(rollup.rows());
        for (int row = 0; row < rollup.rows(); row++) {
            for (int place = 0; place < rollup.dims().size(); place++) {
                int d = rollup.dims().get(place);
                int value = rollup.values().get(place).get(row);
                varint(isDictionary(d) ? numbers[d][value] : Integer.toUnsignedLong(value));
            }
            varint(rollup.counts().get(row));
            varint(rollup.bounds().get(row));
            int at = row;
            classes(rollup.classCounts().stream().mapToLong(c -> c.get(at)).toArray());
        }
        varint(rollup.other());
        classes(rollup.otherClassCounts().stream().mapToLong(n -> n).toArray());
        varint(rollup.missing());
    }

    private void classes(long[] counts) {
        int used = 0;
        for (int c = 0; c < counts.length; c++) {
            used |= counts[c] == 0 ? 0 : 1 << c;
        }
        varint(used);
        Arrays.stream(counts).filter(count -> count != 0).forEach(this::varint);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
