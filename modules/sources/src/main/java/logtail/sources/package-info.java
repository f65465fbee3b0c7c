/** What produces lines, as operators see it: the inputs of a node and what they counted. */
@NullMarked
package logtail.sources;

import org.jspecify.annotations.NullMarked;
