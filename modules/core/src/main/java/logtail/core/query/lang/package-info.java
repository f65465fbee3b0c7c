/** Filters as one line of text, the same on the command line, in the page's address and between nodes. */
@NullMarked
package logtail.core.query.lang;

import org.jspecify.annotations.NullMarked;
