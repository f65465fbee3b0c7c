/** Formats of log lines, as nginx's {@code log_format} writes them. */
@NullMarked
package logtail.core.format;

import org.jspecify.annotations.NullMarked;
