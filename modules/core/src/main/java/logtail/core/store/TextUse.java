package logtail.core.store;

/** How many bytes the distinct texts of some rows have. Not threadsafe. */
final class TextUse {
    private final RowSet rows;

    /** By dimension and id: rows that use the text. Number kinds have none. */
    private final int[][] uses;

    private long bytes;

    TextUse(RowSet rows) {
        this.rows = rows;
        this.uses = new int[rows.dimensions()][];
        for (int d = 0; d < uses.length; d++) {
            uses[d] = new int[rows.kind(d).isDictionary() ? rows.texts(d).limit() : 0];
        }
    }

    TextUse(TextUse other) {
        this.rows = other.rows;
        this.uses = new int[other.uses.length][];
        for (int d = 0; d < uses.length; d++) {
            uses[d] = other.uses[d].clone();
        }
        this.bytes = other.bytes;
    }

    /** Distinct texts, added up. */
    long bytes() {
        return bytes;
    }

    /** Adds a row. */
    void add(int row) {
        for (int d = 0; d < uses.length; d++) {
            if (uses[d].length > 0 && rows.value(d, row) != Texts.OTHER) {
                add(d, rows.value(d, row));
            }
        }
    }

    /** Adds a text. */
    void add(int dimension, int id) {
        if (uses[dimension].length > 0 && uses[dimension][id]++ == 0) {
            bytes += rows.texts(dimension).length(id);
        }
    }

    /** By how much a text would add to the bytes. */
    long cost(int dimension, int id) {
        return uses[dimension].length == 0 || uses[dimension][id] > 0
                ? 0
                : rows.texts(dimension).length(id);
    }

    /** Takes texts of a row out: those of the dimensions in the mask. */
    void remove(int row, int mask) {
        for (int d = 0; d < uses.length; d++) {
            if (uses[d].length > 0 && (mask >>> d & 1) != 0) {
                int id = rows.value(d, row);
                if (--uses[d][id] == 0) {
                    bytes -= rows.texts(d).length(id);
                }
            }
        }
    }
}
