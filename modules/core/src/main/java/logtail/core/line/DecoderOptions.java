package logtail.core.line;

import logtail.core.schema.TupleLayout;

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

    /**
     * @throws IllegalArgumentException for a prefix length that no address has, or a limit out of its range
     */
    public DecoderOptions {
        if (v4Bits < 0 || v4Bits > 32 || v6Bits < 0 || v6Bits > 128) {
            throw new IllegalArgumentException("IPv4 prefixes have 0 to 32 bits, IPv6 prefixes 0 to 128");
        }
        if (lineBytes < 1 || fieldBytes < 1 || fieldBytes > TupleLayout.TEXT_BYTES_MAX) {
            throw new IllegalArgumentException("lines have at least a byte, fields 1 to " + TupleLayout.TEXT_BYTES_MAX);
        }
    }

    /** The defaults of the original, for files. */
    public static DecoderOptions defaults() {
        return new DecoderOptions(24, 48, LINE_BYTES, FIELD_BYTES, false);
    }

    public DecoderOptions withSyslogHeader(boolean allowed) {
        return new DecoderOptions(v4Bits, v6Bits, lineBytes, fieldBytes, allowed);
    }
}
