package logtail.core.line;

/** A number of a request that feeds metrics but no dimension, and whose bad values are counted (D3). */
public enum Measure {
    BYTES_SENT("bytes_sent"),
    REQUEST_LENGTH("request_length"),
    REQUEST_TIME("request_time"),
    UPSTREAM_RESPONSE_TIME("upstream_response_time"),
    UPSTREAM_STATUS("upstream_status");

    private final String field;

    Measure(String field) {
        this.field = field;
    }

    /** As written in metrics. */
    public String field() {
        return field;
    }
}
