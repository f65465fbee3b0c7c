package logtail.core.time;

/**
 * The wall clock was set while the process ran (D15).
 *
 * @param byMs how far, milliseconds; negative for back
 * @param offsetMs how far bucket timestamps are ahead of the wall clock from now on, milliseconds
 */
public record ClockStep(long byMs, long offsetMs) {}
