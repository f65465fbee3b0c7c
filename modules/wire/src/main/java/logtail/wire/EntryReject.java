package logtail.wire;

/** Why an entry of a peer's snapshot was not counted. */
public enum EntryReject {
    /** Its label has less than four fields, or more than there are dimensions. */
    FIELDS,
    /** Its client prefix is none. */
    PREFIX,
    /** A text is not UTF-8, or longer than a tuple key can hold. */
    TEXT,
    /** Its count is not positive, or more than can be added. */
    COUNT
}
