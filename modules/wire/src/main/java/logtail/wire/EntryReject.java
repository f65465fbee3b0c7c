package logtail.wire;

/** Why an entry of a peer's snapshot was not counted, or its rollups were not read. */
public enum EntryReject {
    /** Its label has less than four fields, or more than there are dimensions. */
    FIELDS,
    /** Its client prefix is none. */
    PREFIX,
    /** A text is not UTF-8, or longer than a tuple key can hold. */
    TEXT,
    /** Its count is not positive, or more than can be added. */
    COUNT,
    /** Its rollups are of another version, make no sense, or do not add up to its rows. */
    ROLLUPS
}
