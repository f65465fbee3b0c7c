package logtail.core.schema;

/** How the values of a dimension are held: as a dictionary id, or as the number itself. */
public enum ColumnKind {
    /** UTF-8 without NUL; in a row a dictionary id. */
    TEXT(0),
    /** A truncated client address (see {@link Prefix}); in a row a dictionary id. */
    PREFIX(0),
    /** An HTTP status, 0 to 9999; in a row the number. */
    STATUS(2),
    /** 0 or 1; in a row the number. */
    FLAG(1),
    /** An autonomous system number, unsigned 32 bits; in a row the same bits. */
    ASN(4);

    private final int keyBytes;

    ColumnKind(int keyBytes) {
        this.keyBytes = keyBytes;
    }

    /** True when rows hold a dictionary id instead of the value. */
    public boolean isDictionary() {
        return keyBytes == 0;
    }

    /** Bytes of a number in a tuple key; 0 for the kinds that are held in a dictionary. */
    int keyBytes() {
        return keyBytes;
    }
}
