/** From raw bytes to batches of decoded requests. */
@NullMarked
package logtail.core.line;

import org.jspecify.annotations.NullMarked;
