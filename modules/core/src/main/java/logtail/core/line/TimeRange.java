package logtail.core.line;

/**
 * A span of time, for lines that have one.
 *
 * @param fromMs first Unix millisecond
 * @param toMs the one after the last
 */
public record TimeRange(long fromMs, long toMs) {
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean isAll() {
        return equals(ALL);
    }

    boolean has(long ms) {
        return ms != LogTime.BAD && ms >= fromMs && ms < toMs;
    }
}
