package logtail.core.line;

/** The header that stock nginx {@code access_log syslog:} puts in front of a line (D7), RFC 3164 or RFC 5424. */
final class SyslogHeader {
    /** {@code Nov 20 08:59:41 }. */
    private static final int TIME_3164_BYTES = 16;

    private SyslogHeader() {}

    /** Where the message begins: behind the header, or at {@code from} when there is none. */
    static int end(byte[] raw, int from, int to) {
        int at = from + 1;
        while (at < to && at - from <= 3 && raw[at] >= '0' && raw[at] <= '9') {
            at++;
        }
        if (at == from + 1 || at >= to || raw[from] != '<' || raw[at] != '>') {
            return from;
        }
        at++;
        boolean versioned = at + 1 < to && raw[at] == '1' && raw[at + 1] == ' ';
        int message = versioned ? end5424(raw, at + 2, to) : end3164(raw, at, to);
        return message < 0 ? from : message;
    }

    /** Time, perhaps a host, then the tag, whose colon ends the header. */
    private static int end3164(byte[] raw, int from, int to) {
        int at = from + TIME_3164_BYTES;
        if (at > to || raw[from + 3] != ' ' || raw[from + 9] != ':' || raw[at - 1] != ' ') {
            return -1;
        }
        for (int words = 0; words < 2; words++) {
            int blank = Bytes.indexOf(raw, at, to, ' ');
            if (blank < 0) {
                return -1;
            }
            at = blank + 1;
            if (raw[blank - 1] == ':') {
                return at;
            }
        }
        return -1;
    }

    /** Time, host, program, process, message id, then structured data: a dash, or groups in brackets. */
    private static int end5424(byte[] raw, int from, int to) {
        int at = from;
        for (int words = 0; words < 5; words++) {
            int blank = Bytes.indexOf(raw, at, to, ' ');
            if (blank < 0) {
                return -1;
            }
            at = blank + 1;
        }
        if (at + 1 < to && raw[at] == '-' && raw[at + 1] == ' ') {
            return at + 2;
        }
        while (at < to && raw[at] == '[') {
            int close = Bytes.indexOf(raw, at, to, ']');
            while (close > 0 && raw[close - 1] == '\\') {
                close = Bytes.indexOf(raw, close + 1, to, ']');
            }
            if (close < 0) {
                return -1;
            }
            at = close + 1;
        }
        return at < to && raw[at] == ' ' ? at + 1 : -1;
    }
}
