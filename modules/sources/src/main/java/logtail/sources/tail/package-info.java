/** Follows log files: which there are, what happens to them, and their lines. */
@NullMarked
package logtail.sources.tail;

import org.jspecify.annotations.NullMarked;
