/** The event bus in one place: addresses, message types, and what happens when a receiver is slow. */
@NullMarked
package logtail.runtime.bus;

import org.jspecify.annotations.NullMarked;
