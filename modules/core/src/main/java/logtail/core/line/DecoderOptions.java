package logtail.core.line;

/**
 * How lines are read.
 *
 * @param v4Bits prefix length of IPv4 clients, 0 to 32 (FR-1.3)
 * @param v6Bits prefix length of IPv6 clients, 0 to 128
 * @param lineBytes longer lines are rejected as {@code too_long}
 * @param fieldBytes longer texts are cut at a character boundary
 * @param syslogHeader whether an RFC 3164 or RFC 5424 header may stand in front of the version tag (D7)
 */
public record DecoderOptions(int v4Bits, int v6Bits, int lineBytes, int fieldBytes, boolean syslogHeader) {
    public static final int LINE_BYTES = 64 << 10;
    public static final int FIELD_BYTES = 8192;

    /** The defaults of the original, for files. */
    public static DecoderOptions defaults() {
        return new DecoderOptions(24, 48, LINE_BYTES, FIELD_BYTES, false);
    }

    public DecoderOptions withSyslogHeader(boolean allowed) {
        return new DecoderOptions(v4Bits, v6Bits, lineBytes, fieldBytes, allowed);
    }
}
