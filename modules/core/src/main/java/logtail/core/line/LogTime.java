package logtail.core.line;

/** Times as nginx writes them. */
public enum LogTime {
    /** {@code 1763628000.123}: Unix seconds with a fraction. */
    MSEC("msec"),
    /** {@code 2026-11-20T08:59:41+00:00}. */
    ISO8601("time_iso8601"),
    /** {@code 20/Nov/2026:08:59:41 +0000}. */
    LOCAL("time_local");

    /** What is no time. */
    public static final long BAD = Long.MIN_VALUE;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private final String variable;

    LogTime(String variable) {
        this.variable = variable;
    }

    /** The way that variable is written. */
    static LogTime of(String variable) {
        for (LogTime time : values()) {
            if (time.variable.equals(variable)) {
                return time;
            }
        }
        throw new IllegalArgumentException("no time: " + variable);
    }

    /** Unix milliseconds, or {@link #BAD}. */
    long millis(byte[] raw, int from, int to) {
        switch (this) {
            case MSEC:
                long micros = Numbers.seconds(raw, from, to);
                return micros < 0 ? BAD : micros / 1000;
            case ISO8601:
                return iso(raw, from, to);
            default:
                return local(raw, from, to);
        }
    }

    private static long iso(byte[] raw, int from, int to) {
        if (to - from < 20 || raw[from + 4] != '-' || raw[from + 7] != '-' || raw[from + 10] != 'T') {
            return BAD;
        }
        long day = day(number(raw, from, 4), number(raw, from + 5, 2), number(raw, from + 8, 2));
        long offset = to - from == 20 && raw[from + 19] == 'Z'
                ? 0
                : to - from == 25 ? offset(raw, from + 19, from + 23) : BAD;
        return time(raw, from + 11, day, offset);
    }

    private static long local(byte[] raw, int from, int to) {
        if (to - from != 26 || raw[from + 2] != '/' || raw[from + 6] != '/' || raw[from + 11] != ':') {
            return BAD;
        }
        long day = day(number(raw, from + 7, 4), month(raw, from + 3), number(raw, from, 2));
        return time(raw, from + 12, day, offset(raw, from + 21, from + 24));
    }

    /** {@code 08:59:41} on a day. */
    private static long time(byte[] raw, int from, long day, long offsetMinutes) {
        int hour = number(raw, from, 2);
        int minute = number(raw, from + 3, 2);
        int second = number(raw, from + 6, 2);
        boolean good = day != BAD
                && offsetMinutes != BAD
                && hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second <= 60
                && raw[from + 2] == ':'
                && raw[from + 5] == ':';
        return good ? (((day * 24 + hour) * 60 + minute - offsetMinutes) * 60 + second) * 1000 : BAD;
    }

    /** {@code +0130} or, with the minutes further on, {@code +01:30}. */
    private static long offset(byte[] raw, int from, int minutes) {
        int hour = number(raw, from + 1, 2);
        int minute = number(raw, minutes, 2);
        if (hour < 0 || minute < 0 || raw[from] != '+' && raw[from] != '-') {
            return BAD;
        }
        return (raw[from] == '-' ? -1 : 1) * (hour * 60L + minute);
    }

    private static int month(byte[] raw, int from) {
        for (int m = 0; m < 12; m++) {
            if (raw[from] == MONTHS.charAt(m * 3)
                    && raw[from + 1] == MONTHS.charAt(m * 3 + 1)
                    && raw[from + 2] == MONTHS.charAt(m * 3 + 2)) {
                return m + 1;
            }
        }
        return -1;
    }

    private static int number(byte[] raw, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = raw[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Days since the epoch of a date of the Gregorian calendar. */
    private static long day(int year, int month, int dayOfMonth) {
        if (year < 0 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) {
            return BAD;
        }
        // Years that begin in March have their leap day at their end.
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }
}
