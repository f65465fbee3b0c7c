/** The dashboard: one page, no JavaScript. */
@NullMarked
package logtail.frontend;

import org.jspecify.annotations.NullMarked;
