package logtail.sources.tail;

import java.util.function.Supplier;
import logtail.core.line.LineDecoder;

/**
 * Log files to follow.
 *
 * @param glob a path or a pattern, as configured
 * @param decoder makes the decoder of its lines; asked once
 */
public record TailInput(String glob, Supplier<LineDecoder> decoder) {}
