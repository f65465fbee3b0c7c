/** Where time comes from. */
@NullMarked
package logtail.runtime.time;

import org.jspecify.annotations.NullMarked;
