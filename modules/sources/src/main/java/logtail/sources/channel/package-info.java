/** The bounded way from the sources of a node to its store. */
@NullMarked
package logtail.sources.channel;

import org.jspecify.annotations.NullMarked;
